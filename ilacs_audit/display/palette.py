"""The colours of drawings: tokens of the page's stylesheet, `palette.css`, each with its light value.

A page has a light and a dark value for each token, and the reader's own where colours are forced. A drawing names
a token with its light value behind it, so that it keeps its colours in JupyterLab and follows the page's theme
everywhere else. Contrast is held by `tests/display/test_palette.py`; colour is never the only cue.
"""

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "ink": "#16202b",
    "soft": "#4a5663",
    "bg": "#ffffff",
    "wash": "#f3f5f7",
    "line": "#d5dbe1",
    "rule": "#77838f",
    "accent": "#12436d",
    "met": "#12695f",
    "met-band": "#5f9f98",
    "not": "#86164f",
    "not-band": "#c06f9a",
    "unk": "#7c4a00",
    "unk-band": "#b98433",
    "none": "#4a5663",
    "none-band": "#7d8894",
    "tint-1": "#f7dfea",
    "tint-2": "#f8ecd6",
    "tint-3": "#dfeeec",
}


def paint(token: str) -> str:
    """A colour for a drawing: the page's token, or its light value where there is no page.

    >>> paint("ink")
    'var(--ink,#16202b)'
    """
    return f"var(--{token},{LIGHT[token]})"

"""The colours of the product, in one place, for both themes.

A colour is a token with a light and a dark value. Pages get the tokens as custom properties
(`stylesheet`), drawings name a token with its light value behind it (`paint`), so that a
drawing keeps its colours in JupyterLab and follows the page's theme everywhere else.
Contrast is held by `tests/display/test_palette.py`; colour is never the only cue.
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
DARK: Mapping[str, str] = {
    "ink": "#eef2f6",
    "soft": "#b7c1cb",
    "bg": "#10161c",
    "wash": "#19222b",
    "line": "#37424d",
    "rule": "#7b8894",
    "accent": "#8fc1ec",
    "met": "#7adccf",
    "met-band": "#3f8f86",
    "not": "#f5a8cc",
    "not-band": "#a9567f",
    "unk": "#f2c078",
    "unk-band": "#a0762f",
    "none": "#b7c1cb",
    "none-band": "#7b8894",
    "tint-1": "#43202f",
    "tint-2": "#3d2f17",
    "tint-3": "#17393a",
}
_FORCED: Mapping[str, str] = {
    **dict.fromkeys(LIGHT, "CanvasText"),
    **dict.fromkeys(("bg", "wash", "tint-1", "tint-2", "tint-3"), "Canvas"),
    **dict.fromkeys(("line", "rule", "met-band", "not-band", "unk-band", "none-band"), "GrayText"),
    "accent": "LinkText",
}


def paint(token: str) -> str:
    """A colour for a drawing: the page's token, or its light value where there is no page.

    >>> paint("ink")
    'var(--ink,#16202b)'
    """
    return f"var(--{token},{LIGHT[token]})"


def stylesheet() -> str:
    """The custom properties of a page: light, dark on a dark screen, the reader's own if forced."""
    return "\n".join(
        (
            f":root{{color-scheme:light dark;{_properties(LIGHT)}}}",
            f"@media screen and (prefers-color-scheme:dark){{:root{{{_properties(DARK)}}}}}",
            f"@media (forced-colors:active){{:root{{{_properties(_FORCED)}}}}}",
        )
    )


def _properties(theme: Mapping[str, str]) -> str:
    return ";".join(f"--{token}:{value}" for token, value in theme.items())

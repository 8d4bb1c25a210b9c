"""What a piece wears where no page carries the stylesheet: in JupyterLab, VS Code, nbconvert's HTML and Voila.

The rules are those of the page, so that both look alike. They are nested under one class, which also outdoes
whatever the notebook says of tables and headings, and nothing of them reaches past it. A piece takes the rules
that it needs and no others, and so looks right wherever its cell is moved, cleared or run alone.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

SHEETS = Path(__file__).parent / "templates"
OPENS, ENDS = '<div class="ilacs"><div>\n', "\n</div></div>"
# Two identifiers that no page has: whatever is nested here is stronger than a notebook's own classes.
_US = ":is(.ilacs,#_#_)"
_FIRST = """&{all:revert;display:block;container-type:inline-size;--rem:var(--jp-content-font-size1,14px);\
font-size:var(--rem)}*:not(:where(svg,svg *)){all:revert}"""
_GROUND = r"--bg:var(--jp-layout-color0,var(--vscode-editor-background,\1))"
_DARK = ':where([data-jp-theme-light="false"],.vscode-dark,.vscode-high-contrast:not(.vscode-high-contrast-light)) &'
_LAST = """&>div{margin:.3em 0 .6em}.ia-part:first-child{margin-top:0}.ia-facts+.ia-part{margin-top:1.4em}\
.ia-filter,.ia-of-team{display:none}.ia-asks>:not(ol),.ia-asks>div *{display:revert}"""
_WIDTH = re.compile(r"\((?:min|max)-width:[\d.]+rem\)")
_OUT_OF_SIGHT = re.compile(r'<(\w+) class="ia-(?:narrowed|filtered)".*?</\1>', re.DOTALL)


class _Rule(NamedTuple):
    """One rule of a sheet: the condition it stands under, whom it is for, and what it says."""

    when: str
    whom: str
    says: str

    def serves(self, worn: set[str]) -> bool:
        """Whether a piece with these classes has anything that the rule is for; brackets are not asked."""
        outside = self.whom
        while (less := re.sub(r"\([^()]*\)", "", outside)) != outside:
            outside = less
        return any(set(re.findall(r"\.([a-z][\w-]*)", one)) <= worn for one in outside.split(","))


def dressed(html: str, *, css: str = "") -> str:
    """A piece with the rules that it needs; `css` is what it brings of its own. An empty piece stays empty.

    >>> dressed("<p>Two of nine.</p>")[:43]
    '<style>:is(.ilacs,#_#_){&{all:revert;displa'
    """
    if not html:
        return ""
    worn = {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()}
    kept = groupby((rule for rule in (*_sheet(), *_rules(css)) if rule.serves(worn)), key=lambda rule: rule.when)
    rules = ((when, "".join(f"{rule.whom}{{{rule.says}}}" for rule in group)) for when, group in kept)
    said = "".join(f"{when}{{{each}}}" if when else each for when, each in rules)
    return f"<style>{_US}{{{_FIRST}{said}{_LAST}}}</style>{OPENS}{html}{ENDS}"


def undressed(html: str) -> str:
    """The piece as it was before it was dressed: a page has the stylesheet in its head.

    >>> undressed(dressed("<p>Two of nine.</p>"))
    '<p>Two of nine.</p>'
    """
    return html.partition(OPENS)[2].removesuffix(ENDS) or html


def spoken(html: str) -> str:
    """What a piece says before its table or drawing, as plain text; of a table alone, what it is a table of.

    >>> spoken("<h2>Two are not met</h2><p>Read <b>with</b> care.</p><table>...</table>")
    'Two are not met. Read with care.'
    """
    before = re.split(r"<(?:table|figure|svg|details)\b", _OUT_OF_SIGHT.sub("", html))[0]
    named = re.findall(r"<(?:caption|summary)>(.*?)</", html, re.DOTALL)
    return _plain(before) or _plain("".join(named[:1]))


def copied(html: str) -> str:
    r"""The whole of a piece as text: its sentences, and its tables with a tab between cells.

    >>> copied("<h2>One</h2><table><tr><th>CON-1</th><td>7 of 10 <small>70%</small></td></tr></table>")
    'One\nCON-1\t7 of 10 70%'
    """
    cells = re.sub(r"\s+", " ", _OUT_OF_SIGHT.sub("", html))
    cells = re.sub(r"</t[hd]>\s*(?=<t[hd])", "\t", cells)
    lines = re.split(r"</?(?:h\d|p|li|tr|caption|dt|section|figcaption|summary|dl)\b[^>]*>", cells)
    said = (
        "\t".join(" ".join(cell.split()) for cell in unescape(re.sub(r"<[^>]+>", "", line)).split("\t"))
        for line in lines
    )
    return "\n".join(filter(str.strip, said))


def _plain(html: str) -> str:
    parts = re.split(r"</(?:h\d|p|li|dd|small|dt)>", re.sub(r"<(?!/(?:h\d|p|li|dd|small|dt)>)[^>]*>", "", html))
    said = (" ".join(unescape(part).split()) for part in parts)
    return " ".join(each if each[-1] in ".:?!" else f"{each}." for each in said if each)


@cache
def _sheet() -> list[_Rule]:
    return [rule for name in ("palette.css", "page.css") for rule in _rules((SHEETS / name).read_text("utf-8"))]


def _rules(css: str, when: str = "") -> list[_Rule]:
    """The rules of a sheet as they stand in a notebook: widths are of the cell, sizes follow the notebook's."""
    found: list[_Rule] = []
    for prelude, body in _blocks(css):
        if "prefers-color-scheme" in prelude:
            found += [_Rule("", _DARK, f"{rule.says};color-scheme:dark") for rule in _rules(body)]
        elif prelude.startswith(("@media print", "@supports", "html", "body:has")):
            continue  # of paper and of boxes that narrow a page
        elif widths := _WIDTH.findall(prelude):
            found += _rules(body, f"@container {' and '.join(widths)}".replace("rem", "em"))
        elif prelude.startswith("@"):
            found += _rules(body, prelude)
        else:
            whom = {":root": "&", "body": "&>div"}.get(prelude, prelude)
            found.append(_Rule(when, whom, _sized(re.sub(r"--bg:(#\w+)", _GROUND, body))))
    return found


def _sized(body: str) -> str:
    sized = re.sub(r"(-?[\d.]+)rem", r"calc(\1*var(--rem))", body)
    return re.sub(r"([\d.]+)vw", r"\1cqi", sized)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """What stands before each pair of outer braces, and between them."""
    depth = start = brace = 0
    for place, sign in enumerate(css):
        if sign == "{":
            brace, depth = (place if not depth else brace), depth + 1
        elif sign == "}":
            depth -= 1
            if not depth:
                yield css[start:brace].strip(), css[brace + 1 : place]
                start = place + 1

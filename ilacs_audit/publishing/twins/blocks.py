"""A finished page as what a document is made of: headings, words, lists, tables and drawings, in their order.

What stands on the page's own paper stands here: folds, boxes that narrow and links to other pages are of the screen.
The method, which a fold keeps from the page's paper, is kept, because whoever is handed a document has no page.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from ilacs_audit.display.looks import NO_VERDICT, NOT_CALLED_MET, VERDICTS, WARNING

_OF_THE_SCREEN = frozenset(
    {"ia-near", "ia-screen", "ia-down", "ia-narrowed", "ia-filtered", "ia-filter", "ia-of-team", "ia-defs", "ia-scale"}
)
_WHOLE = {"p", "figcaption", "small", "dt", "dd", "li"}
_SYMBOL = {look.word: look.symbol for look in (*VERDICTS.values(), WARNING, NO_VERDICT, NOT_CALLED_MET)}
_METHOD = "Method"


@dataclass(frozen=True)
class Heading:
    """A heading of a level from 1, the page's title, to 3."""

    text: str
    level: int


@dataclass(frozen=True)
class Words:
    """A paragraph; the `lead` is the answer under the title, `small` what stands under a table."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Items:
    """A list; what stands under a line on the page is a line of its own."""

    each: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Picture:
    """A drawing of the page, with what it shows in words."""

    drawing: Tag
    alt: str


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its first line, what stands smaller under it, and its drawings."""

    text: str
    small: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row is its heading."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def widths(self, paper: float) -> list[float]:
        """The columns in centimetres of a paper: drawings and counts have their own, words share the rest by length."""
        wide = max((len(row) for row in self.rows), default=len(self.heads))
        asked = [
            _asked([row[place] for row in self.rows if place < len(row)], *self.heads[place : place + 1])
            for place in range(wide)
        ]
        fixed = sum(width for width, _ in asked)
        share = max(paper - fixed, paper / 3) / max(sum(length for _, length in asked), 1)
        return [width or length * share for width, length in asked]


_MARK, _COUNT, _SHORT = 3.4, 2.1, 12  # centimetres of a drawing and of a count, and letters that a count has


def _asked(cells: Sequence[Cell], head: str = "") -> tuple[float, float]:
    """The width that a column has to have, or how much it has to say."""
    if any(cell.pictures for cell in cells):
        return _MARK, 0
    longest = max((len(text) for cell in cells for text in (cell.text, *cell.small)), default=1)
    return (_COUNT, 0) if longest <= _SHORT else (0, min(max(longest, len(head), 2 * _SHORT), 90) ** 0.6)


Block = Heading | Words | Items | Picture | Table


@dataclass(frozen=True)
class Paper:
    """A page: what stands in its frame, and what it says."""

    title: str
    frame: tuple[str, ...]
    foot: tuple[str, ...]
    blocks: tuple[Block, ...]


def read_page(html: str) -> Paper:
    """What a finished page says, in order.

    >>> read_page("<title>T</title><main><h1>Is it so?</h1><p class='ia-lead'>In 2 of 9.</p></main>").blocks
    (Heading(text='Is it so?', level=1), Words(text='In 2 of 9.', kind='lead'))
    """
    page = BeautifulSoup(html, "html.parser")
    main, band, foot = page.find("main"), page.select_one(".band"), page.find("footer")
    title = page.title.get_text().strip() if page.title else ""
    frame = tuple(_said(each) for each in band.select("b, span")) if band else ()
    feet = tuple(_said(each) for each in foot.find_all("p")) if foot else ()
    blocks = tuple(_blocks(main)) if isinstance(main, Tag) else ()
    return Paper(title, frame, feet, blocks)


def _blocks(node: Tag) -> Iterator[Block]:
    for each in node.children:
        if isinstance(each, NavigableString):
            if said := " ".join(each.split()):
                yield Words(said)
        elif isinstance(each, Tag) and not _unseen(each, ()):
            yield from _of(each)


def _of(node: Tag) -> Iterator[Block]:
    if re.fullmatch(r"h[1-6]", node.name):
        yield Heading(_said(node), min(int(node.name[1]), 3))
    elif node.name in _WHOLE:
        yield from _words(node)
    elif node.name in ("ol", "ul"):
        items = tuple(_in_lines(each) for each in node.find_all("li", recursive=False))
        yield Items(items, node.name == "ol") if items else Words("")
    elif node.name == "dl":
        yield _facts(node)
    elif node.name == "table":
        yield _table(node)
    elif node.name == "svg":
        if node.get("role") == "img":
            yield Picture(node, str(node.get("aria-label", "")))
    elif node.name == "details":
        yield from _fold(node)
    else:
        yield from _blocks(node)


def _words(node: Tag) -> Iterator[Block]:
    names = _classes(node)
    kind = "lead" if "ia-lead" in names else "small" if {"ia-key", "ia-sub"} & set(names) else ""
    if said := _said(node):
        yield Words(said, "small" if node.name in ("figcaption", "small") else kind)


def _fold(node: Tag) -> Iterator[Block]:
    summary = node.find("summary")
    if summary is not None and _said(summary) == _METHOD:
        yield Heading(_METHOD, 2)
        yield from (Words(_said(each), "small") for each in node.find_all("p"))


def _facts(node: Tag) -> Table:
    rows = [
        (Cell(_said(each.dt)), _cell(each.dd)) for each in node.find_all("div", recursive=False) if each.dt and each.dd
    ]
    return Table("", ("What", "How far"), tuple(rows))


def _table(node: Tag) -> Table:
    heads = tuple(_said(each) for each in node.select("thead th"))
    rows = (row.find_all(["th", "td"], recursive=False) for row in node.select("tbody tr"))
    caption = node.caption
    return Table(_said(caption) if caption else "", heads, tuple(tuple(map(_cell, row)) for row in rows))


def _cell(node: Tag) -> Cell:
    """A cell's own words, each smaller line and its drawings; small marks stand as the words they have."""
    drawn = tuple(Picture(each, str(each.get("aria-label", ""))) for each in node.select("svg.ia-mark"))
    under = [each for each in node.select("small, a + span") if each.get("aria-hidden") != "true"]
    return Cell(_said(node, small=False, without=under), tuple(filter(None, map(_said, under))), drawn)


def _in_lines(node: Tag) -> str:
    """The words of a list's item: the line, and each smaller one under it."""
    under = [each for each in node.find_all(["small", "p"]) if each is not node.find("p")]
    first = _said(node, without=under)
    return "\n".join(filter(None, (first, *map(_said, under))))


def _said(node: Tag, *, small: bool = True, without: Collection[Tag] = ()) -> str:
    """The words of a node as they are read: a verdict has its symbol before it, a drawing is not read out here."""
    said = " ".join(" ".join(_spoken(node, small=small, without=without)).split())
    return re.sub(r" (?=[,.:;](\s|$))", "", said)


def _spoken(node: Tag, *, small: bool, without: Collection[Tag]) -> Iterator[str]:
    for each in node.children:
        if isinstance(each, NavigableString):
            yield str(each)
        elif not isinstance(each, Tag) or each.name == "svg" or _unseen(each, without):
            continue
        elif "ia-chip" in _classes(each):
            word = each.get_text().strip()
            yield f"{_SYMBOL.get(word, '')} {word}"
        elif each.get("role") == "img":
            yield str(each.get("aria-label", ""))
        elif each.name != "small" or small:
            yield from _spoken(each, small=small, without=without)


def _unseen(node: Tag, without: Collection[Tag]) -> bool:
    return bool(_OF_THE_SCREEN & set(_classes(node))) or any(node is each for each in without)


def _classes(node: Tag) -> list[str]:
    found = node.get("class")
    return [] if found is None else [found] if isinstance(found, str) else list(found)

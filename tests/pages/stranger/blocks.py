"""A page cut into the pieces a reader takes in one at a time: a paragraph, a cell with its headings, a label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.pages.reading import Node, Page
from tests.pages.stranger.truth.facts import World

WHOLE = {"td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "caption", "summary", "figcaption", "text", "p", "li", "title"}
NEVER = {"style", "script", "select", "option", "head"}
CODE = re.compile(r"⟦([^⟧:]+)⟧")
AXIS = re.compile(r"(?:[A-Z][\w ]*)?(?:[+-]?\d+%? ?)+(?:files)?", re.ASCII)
TEAM = re.compile(r"⟦team:([^⟧]+)⟧")
NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *(f"{each}teen" for each in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
    "twenty",
)
TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {each: str(place) for place, each in enumerate(NUMBERS)} | {
    each: str(30 + 10 * n) for n, each in enumerate(TENS)
}
_AFTER = (
    r"of|more|others?|missing|not|cannot|are|is|have|has|met|standards?|files?|requests?|enquiries|workers?|children|"
    r"referrals|people|audits?|agenc\w+|returns?|groups?|teams?|critical|themes?|areas?|things?|assessments|plans|visits|answered|replied|lists?"
)
_ONE = r"(?!one (?:file that fails|standard|team|cell)\b)"
_COUNTABLE = re.compile(
    rf"(?<![\w-])(?<!not ){_ONE}(?:{'|'.join(WORDS)})(?= (?:the )?(?:{_AFTER}|we cannot)\b)", re.IGNORECASE
)


@dataclass(frozen=True)
class Block:
    """A piece of text, its numbers in figures; where it stands: the heading of its part, its row, its column."""

    text: str
    kind: str
    part: str = ""
    row: str = ""
    line: str = ""
    column: str = ""
    table: str = ""
    links: tuple[str, ...] = ()

    @property
    def codes(self) -> list[str]:
        """The standards of which it speaks, its own first, then its row's, then its part's."""
        for text in (self.text, self.row, self.part):
            if found := CODE.findall(text):
                return list(dict.fromkeys(found))
        return []

    @property
    def team(self) -> str:
        """The team of which a cell speaks: its column's, else its row's, else that of the whole table."""
        found = (TEAM.search(text) for text in (self.column, self.line, self.table))
        return next((each[1] for each in found if each), "")


class Marks:
    """What is quoted from the catalogue becomes a mark: ⟦CON-1⟧ for a standard's code or words, ⟦team:..⟧."""

    def __init__(self, world: World) -> None:
        found: dict[str, str] = {}
        for code, standard in world.standards.items():
            texts = [each for name, each in standard.items() if isinstance(each, str) and len(each) > 12]
            found |= {each.strip().rstrip("."): f"⟦{code}⟧" for each in (code, *texts)}
        for theme in world.themes.values():
            found |= {theme[each]: "⟦theme:⟧" for each in ("title", "question")}
        for entry in world.programme.values():
            listed = entry["population"]
            for text in (f"{listed.get('list', '')} {listed.get('when', '')}".strip(), listed.get("list", "")):
                found[text] = "⟦list:⟧"
            found[entry["title"]] = f"⟦title:{mark_of(entry['title'])}⟧"
            found |= {each["title"]: f"⟦course:{each['id']}⟧" for each in entry.get("interventions", [])}
        for facts in world.audits.values():
            found |= {team: f"⟦team:{team}⟧" for _, team in facts.met if team not in ("", "all")}
        for part in world.courses.values():
            found |= {team: f"⟦team:{team}⟧" for team in part["team"].dropna()}
        found["Others, put together"] = "⟦team:others⟧"
        found["Section 47"] = found["section 47"] = "⟦law:⟧"
        found |= {_small(each): mark for each, mark in found.items() if mark.startswith("⟦") and " " in each}
        self.found = {" ".join(each.split()): mark for each, mark in found.items() if each.strip()}
        every = sorted(self.found, key=len, reverse=True)
        self.known: dict[str, str] = {}
        self.pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, every)) + r")(?![\w-])")

    def put(self, text: str) -> str:
        """A text with its quotations marked and its numbers in figures."""
        if text not in self.known:
            said = " ".join(text.replace("−", "-").split())
            said = self.pattern.sub(lambda found: self.found[found[0]], said)
            pieces = re.split(r"(⟦[^⟧]*⟧)", said)
            said = "".join(each if each.startswith("⟦") else _figures(each) for each in pieces)
            self.known[text] = said
        return self.known[text]


def mark_of(title: str) -> str:
    """The letters of a title, by which a page and a fact about its audit know one another."""
    return re.sub("[^a-z]", "", title.lower())


def _figures(text: str) -> str:
    return re.sub(r"\b[Nn]one of", "0 of", _COUNTABLE.sub(lambda found: WORDS[found[0].lower()], text))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def blocks(page: Page, marks: Marks) -> list[Block]:
    """Every piece of a page's main part, and of what is read aloud in place of its drawings."""
    found: list[Block] = []
    _walk(page.main, {}, marks, found)
    return found


def _walk(node: Node, around: dict[str, str], marks: Marks, found: list[Block]) -> None:
    if node.name in NEVER:
        return
    around = around | _context(node, around, marks)
    for name in ("aria-label", "alt", "title"):
        if node.attrs.get(name):
            found.append(_block(node.attrs[name], f"@{name}", around, marks))
    cell = node.name in ("td", "th", "dd", "text")
    if node.name in WHOLE and (text := _spaced(node, without=set() if cell else WHOLE)):
        found.append(_block(text, node.name, around, marks))
    for child in node.children:
        if isinstance(child, Node) and not cell and _of_register(child):
            found.append(_quoted(child, marks))
        elif isinstance(child, Node):
            _walk(child, around | {"inside": "yes"} if cell else around, marks, found) if not cell else _aloud(
                child, around, marks, found
            )


def _aloud(node: Node, around: dict[str, str], marks: Marks, found: list[Block]) -> None:
    """Inside a cell only what is read aloud is still to be told, and what speaks of another page: a register's."""
    for each in node.walk():
        if _of_register(each):
            found.append(_quoted(each, marks))
        for name in ("aria-label", "alt", "title"):
            if each.attrs.get(name):
                found.append(_block(each.attrs[name], f"@{name}", around, marks))


def _quoted(node: Node, marks: Marks) -> Block:
    links = " ".join(a.attrs.get("href", "") for a in node.all("a"))
    return _block(node.text, "register", {"links": links}, marks)


def _block(text: str, kind: str, around: dict[str, str], marks: Marks) -> Block:
    told = {name: around.get(name, "") for name in ("part", "row", "line", "column", "table")}
    return Block(marks.put(text), kind, **told, links=tuple(around.get("links", "").split()))


def _context(node: Node, around: dict[str, str], marks: Marks) -> dict[str, str]:
    """What a piece stands under, for all that lies in it."""
    new = {}
    if node.name in ("section", "article"):
        heads = [*node.all("h1", "h2", "h3")[:1], *node.classed("ia-sub")[:1]]
        new = {
            "part": marks.put(" ".join(each.text for each in heads)),
            "row": "",
            "line": "",
            "table": "",
            "column": "",
        }
    elif node.name == "table":
        heads = node.all("thead")[0].all("th") if node.all("thead") else []
        caption = " ".join(each.text for each in node.all("caption"))
        new = {"table": marks.put(caption), "heads": "\t".join(each.text for each in heads), "row": ""}
    elif node.name == "tr":
        cells = node.all("th") or node.all("td")
        line = " | ".join(each.text for each in node.all("th", "td"))
        new = {"row": marks.put(cells[0].text) if cells else "", "line": marks.put(line)}
    elif node.name in ("td", "th") and node.parent is not None:
        heads = around.get("heads", "").split("\t")
        place = [each for each in node.parent.children if isinstance(each, Node)].index(node)
        new = {"column": node.attrs.get("data-l") or (heads[place] if place < len(heads) else "")}
    elif node.name == "dd" and node.parent is not None:
        beside = [each for each in node.parent.children if isinstance(each, Node)]
        terms = [each for each in beside[: beside.index(node)] if each.name == "dt"]
        new = {"row": marks.put(terms[-1].text) if terms else ""}
    if node.name in ("li", "article", "tr", "div") and (links := node.all("a")) and node.name != "main":
        new["links"] = " ".join(dict.fromkeys(each.attrs.get("href", "") for each in links))
    return new


def _of_register(node: Node) -> bool:
    return "ia-of-register" in (node.attrs.get("class") or "").split()


_LOOSE = {"br", "small", "div", "p", "span", "b", "strong", "li", "ul"}


def _spaced(node: Node, *, without: set[str]) -> str:
    """The words of a piece, its parts kept apart; without those of pieces in it."""
    return " ".join("".join(_parts(node, without)).split())


def _parts(node: Node, without: set[str]) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.name not in NEVER and child.name not in without and child.name != "svg" and not _of_register(child):
            loose = " " if child.name in _LOOSE else ""
            yield f"{loose}{''.join(_parts(child, without))}{loose}"

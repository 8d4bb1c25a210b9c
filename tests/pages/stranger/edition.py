"""An edition read from cover to cover: each page's statements, what share was understood, and all that is untrue."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.pages.reading import Page, page
from tests.pages.stranger import (
    datafile,
    days,
    forms,
    learning,
    mirror,
    numbers,
    pairs,
    plan,
    programme,
    readers,
    registers,
    sense,
    sources,
    spans,
    words,
)
from tests.pages.stranger.blocks import AXIS, TEAM, Block, Marks, blocks
from tests.pages.stranger.piece import NUMBER, Reading, Untrue
from tests.pages.stranger.truth.facts import World
from tests.pages.stranger.truth.scope import Scope, scope_of

LAST = ("index.html", "improvement-plan.html")  # made of what the others released, without a data file


@dataclass
class Read:
    """What came of reading: numbers on the pages, numbers held, words held, untruths, and what was not understood."""

    numbers: int = 0
    held: int = 0
    words: int = 0
    untrue: list[Untrue] = field(default_factory=list)
    left: list[tuple[str, str, str]] = field(default_factory=list)
    keyed: dict[tuple, dict[object, str]] = field(default_factory=dict)

    @property
    def share(self) -> float:
        return self.held / self.numbers if self.numbers else 0.0


class Reader:
    """Somebody who knows the data of a council and reads its pages."""

    def __init__(self, world: World) -> None:
        self.world, self.marks = world, Marks(world)
        self.known: dict[tuple, tuple[Reading, int]] = {}

    def edition(self, folder: Path, *, audience: str, without: Collection[str] = ()) -> Read:
        told = Read()
        for path in sorted(folder.glob("*.html")):
            if path.name not in without:
                self.page(page(path), audience, told)
        told.untrue += contradictions(told)
        return told

    def page(self, page: Page, audience: str, told: Read | None = None) -> Read:
        told = told if told is not None else Read()
        pieces, own = self.scoped(page, audience)
        teams = self.teams([block for block, _ in pieces], own)
        if page.path.name not in LAST:
            told.untrue += sense.of_page([block for block, _ in pieces], own, page.name)
            told.untrue += datafile.of_file(own, page.name)
        for block, scope in pieces:
            self.block(block, scope, quoting(block, page.name), teams, told)
        return told

    def scoped(self, page: Page, audience: str) -> tuple[list[tuple[Block, Scope]], Scope]:
        """Each piece of a page with what it may speak of, and what the page speaks of: on the index, what it links."""
        siblings = {each.name: each for each in page.path.parent.glob("*.html")}
        index = page.path.name in LAST
        own = scope_of(self.world, audience, [page.path] if not index else [*siblings.values()])
        pieces = blocks(page, self.marks)
        narrow: dict[tuple, Scope] = {}
        scoped = []
        for block in pieces:
            scope = own
            if index:
                links = tuple(sorted(each for each in self.about(block, page, siblings) if each in siblings))
                if links not in narrow:
                    narrow[links] = scope_of(self.world, audience, [siblings[each] for each in links]) if links else own
                scope = narrow[links]
            scoped.append((block, scope))
        return scoped, own

    def about(self, block: Block, page: Page, siblings: dict[str, Path]) -> Collection[str]:
        """The pages of which a piece of a last page speaks: those it links, or those on its area of the plan."""
        if page.path.name == "index.html" or not (code := plan.code_of(block)):
            return {*block.links} - {*LAST}
        return plan.pages_on(self.world, code, siblings)

    def teams(self, pieces: list[Block], scope: Scope) -> set[str]:
        """The teams that a page, or the data file beside it, shows by name."""
        if told := {
            each["level"] for each in scope.rows if each["group"] == "team" and each["measure"] == "compliance"
        }:
            return told
        shown = {self.marks.put(text) for block in pieces for text in (block.column, block.line)}
        return {each for text in shown for each in TEAM.findall(text)}

    def piece(self, block: Block, scope: Scope, name: str, teams: set[str]) -> Reading:
        """One piece, read once."""
        return self._known(block, scope, name, teams)[0]

    def block(self, block: Block, scope: Scope, name: str, teams: set[str], told: Read) -> None:
        reading, understood = self._known(block, scope, name, teams)
        told.words += understood
        told.untrue += [replace(each, page=name) for each in reading.untrue]
        for about, value in reading.keyed:
            place = (scope.audience if about[0] == "rise" else "", *about)
            told.keyed.setdefault(place, {}).setdefault(value, name)
        self._count(block, reading, name, told)

    def _known(self, block: Block, scope: Scope, name: str, teams: set[str]) -> tuple[Reading, int]:
        """What stands word for word in two exact editions is read once."""
        exact = scope.audience if scope.audience == "public" else "exact"
        key = (block, exact, name.split("/")[-1], tuple(each.id for each in scope.now), tuple(sorted(teams)))
        if key not in self.known:
            self.known[key] = self._read(block, scope, name, teams)
        return self.known[key]

    def _read(self, block: Block, scope: Scope, name: str, teams: set[str]) -> tuple[Reading, int]:
        reading = Reading(replace(block, column=self.marks.put(block.column)), scope, name, teams)
        if AXIS.fullmatch(block.text):
            return reading, 0
        plan.plan(reading)
        registers.registers(reading)
        sources.sources(reading)
        readers.readers(reading)
        forms.forms(reading)
        mirror.mirror(reading)
        learning.learning(reading)
        programme.programme(reading)
        days.dates(reading)
        spans.points(reading)
        spans.ranges(reading)
        pairs.counts(reading, teams)
        numbers.numbers(reading)
        return reading, words.words(reading)

    def _count(self, block: Block, reading: Reading, name: str, told: Read) -> None:
        if AXIS.fullmatch(block.text) or (block.kind == "th" and not block.row):
            return
        for found in NUMBER.finditer(block.text):
            told.numbers += 1
            a, b = found.start() + len(found[0]) - len(found[0].lstrip("+-")), found.end() - found[0].endswith("%")
            if any(x <= a and b <= y for x, y in reading.held):
                told.held += 1
            elif not any(x <= a and b <= y for x, y in reading.read):
                told.left.append(
                    (name, found[0], f"{block.text[max(0, a - 50) : a]}«{found[0]}»{block.text[b : b + 40]}")
                )


def quoting(block: Block, name: str) -> str:
    """The page of which a piece speaks: on a last page, where a register's is quoted, that one."""
    quoted = [link for link in block.links if link.removesuffix(".html") in registers.FACTS]
    alone = block.kind in ("register", "li") and len(quoted) == len(block.links) == 1
    return f"{name.rpartition('/')[0]}/{quoted[0]}" if alone and name.endswith(LAST) else name


def contradictions(told: Read) -> list[Untrue]:
    """What is said of one thing in two ways."""
    found = []
    for key, values in told.keyed.items():
        if len(values) > 1:
            said = "; ".join(f"{value} ({where})" for value, where in values.items())
            found.append(
                Untrue("; ".join(sorted(set(values.values()))), f"{key[1]} of {key[2]}", said, "one of them", str(key))
            )
    return found

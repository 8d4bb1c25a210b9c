"""Faults planted in finished pages: a count, date, share or verdict is changed, and a stranger sees it or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.pages.reading import Node, Page
from tests.pages.stranger.blocks import AXIS, NEVER, WHOLE, blocks
from tests.pages.stranger.edition import Reader, quoting
from tests.pages.stranger.piece import PAIR
from tests.pages.stranger.truth.scope import MONTH, MONTHS, Scope

Change = Callable[[re.Match, Random], str]
SWAPS = {
    "not met": "Met",
    "met": "Not met",
    "cannot tell": "Not met",
    "no verdict": "Met",
    "not comparable": "Better",
    "better": "Worse",
}


def _other(number: int, chance: Random, *, least: int = 0, most: int = 10**6) -> int:
    near = [number + step for step in (-4, -3, -2, -1, 1, 2, 3, 4) if least <= number + step <= most]
    return chance.choice(near)


def _count(found: re.Match, chance: Random) -> str:
    k, n = int(found[1]), int(found[3])
    return f"{_other(k, chance, most=max(n, 1))}{found[2]}{n}"


def _base(found: re.Match, chance: Random) -> str:
    return f"{found[1]}{found[2]}{_other(int(found[3]), chance, least=max(int(found[1]), 1))}"


def _day(found: re.Match, chance: Random) -> str:
    return f"{_other(int(found[1]), chance, least=1, most=28)} {found[2]}"


def _month(found: re.Match, chance: Random) -> str:
    return f"{chance.choice([each for each in MONTHS if not each.startswith(found[1][:3])])} {found[2]}"


def _share(found: re.Match, chance: Random) -> str:
    return f"{_other(int(found[1]), chance, most=100)}%"


def _verdict(found: re.Match, chance: Random) -> str:
    return SWAPS[found[1].lower()]


def _number(found: re.Match, chance: Random) -> str:
    return str(_other(int(found[0]), chance, least=0))


KINDS: dict[str, tuple[str, Change]] = {
    "count": (r"(?<![\d.,])(\d+)( of (?:the )?)(\d+)(?![\d%])", _count),
    "base": (r"(?<![\d.,])(\d+)( of (?:the )?)(\d+)(?![\d%])", _base),
    "day": (rf"(?<!\d)(\d{{1,2}}) ({MONTH})(?! \d{{5}})", _day),
    "month": (rf"\b({MONTH}) (\d{{4}})", _month),
    "share": (r"(?<![\w.+−-])(\d+)%", _share),
    "verdict": (r"(?i)^\s*(not met|met|cannot tell|no verdict|not comparable|better)\b", _verdict),
    "number": (r"(?<![\w.,+−:-])\d+(?![\d%,.]|\w)(?! of\b)", _number),
}


@dataclass
class Spot:
    """A text of the page that can be changed: in a node's children, or in its attributes."""

    node: Node
    at: int | str

    @property
    def text(self) -> str:
        return self.node.attrs[self.at] if isinstance(self.at, str) else self.node.children[self.at]

    def put(self, text: str) -> None:
        if isinstance(self.at, str):
            self.node.attrs[self.at] = text
        else:
            self.node.children[self.at] = text


def spots(page: Page) -> Iterator[Spot]:
    """Every text of a page's main part that says something."""
    for node in page.main.walk():
        if node.name in NEVER or any(each.name in (*NEVER, "svg") for each in node.ancestors):
            continue
        if node.attrs.get("aria-label"):
            yield Spot(node, "aria-label")
        if node.name != "svg":
            yield from (
                Spot(node, place) for place, each in enumerate(node.children) if isinstance(each, str) and each.strip()
            )


def plant(reader: Reader, page: Page, audience: str, chance: Random, *, faults: int) -> Iterator[tuple[str, bool, str]]:
    """Change so many texts of a page, each in another piece, and tell of each whether its piece is now found untrue."""
    before, own = reader.scoped(page, audience)
    teams = reader.teams([block for block, _ in before], own)
    said = Counter(
        about
        for block, scope in before
        for about, _ in reader.piece(block, scope, quoting(block, page.name), teams).keyed
    )
    planted = [*_change(page, chance, faults)]
    after = blocks(page, reader.marks)
    for spot, old in planted:
        spot.put(old)
    for (one, scope), two in zip(before, after, strict=True):
        if one.text != two.text and not AXIS.fullmatch(two.text) and one.text.count("⟦") == two.text.count("⟦"):
            seen = _seen(reader, one, two, scope, quoting(one, page.name), teams, said)
            yield _kind(one.text, two.text), seen, f"{page.name}: {one.text[:150]} -> {two.text[:150]}"


def _change(page: Page, chance: Random, faults: int) -> Iterator[tuple[Spot, str]]:
    """Change texts of the page, at most one in a piece; gives each with its old text."""
    places, taken = [*spots(page)], set()
    chance.shuffle(places)
    every = list(KINDS)
    for spot in places:
        piece = next((id(each) for each in [spot.node, *spot.node.ancestors] if each.name in WHOLE), id(spot.node))
        kinds = [name for name in every if re.search(KINDS[name][0], spot.text)]
        if not kinds or piece in taken:
            continue
        if len(taken) == faults:
            return
        taken.add(piece)
        pattern, change = KINDS[chance.choice(kinds)]
        old, found = spot.text, chance.choice([*re.finditer(pattern, spot.text)])
        spot.put(old[: found.start()] + change(found, chance) + old[found.end() :])
        yield spot, old


def _kind(one: str, two: str) -> str:
    """What was changed between two texts."""
    patterns = {
        "count": PAIR,
        "date": re.compile(rf"\d+ (?:{MONTH})|(?:{MONTH}) \d{{4}}"),
        "share": re.compile(r"\d+%"),
    }
    patterns["verdict"] = re.compile(KINDS["verdict"][0])
    found = (
        name
        for name, each in patterns.items()
        if [m[0] for m in each.finditer(one)] != [m[0] for m in each.finditer(two)]
    )
    return next(found, "number")


def _seen(reader: Reader, one, two, scope: Scope, name: str, teams: set[str], said: Counter) -> bool:
    old, new = (reader.piece(each, scope, name, teams) for each in (one, two))
    if {(each.said, each.value) for each in new.untrue} - {(each.said, each.value) for each in old.untrue}:
        return True
    return any(
        about not in dict(old.keyed) or (dict(old.keyed)[about] != value and said[about] > 1)
        for about, value in new.keyed
    )

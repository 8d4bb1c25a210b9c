"""The figures of a claim, each read as what it is, and held against the rows that the claim names.

"12 of 41" is a count of this round or of the earlier one, of files that met a standard or of those that did not;
"85%" may be a share, an end of a range or a target. A figure stands where a row holds it as what it is said to be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ilacs_audit.claims.prose.findings import EARLIER, stems
from ilacs_audit.claims.prose.rules import number, rule
from ilacs_audit.claims.sentences.sentences import children, failed_of
from ilacs_audit.claims.words import count_of, percent, period_words, points
from ilacs_audit.domain.measures import Row

NOT_APPLICABLE = "not_applicable"
_KINDS = ("dated", "tallied", "children", "target", "range", "moved", "count", "part", "share", "bare")
_NEAR = 0.03  # how far from "a third" a share may be
_PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}


class Figure(NamedTuple):
    """A number as it stands in a claim: what kind it is, what it says, and where it stands."""

    kind: str
    said: tuple[int, ...]
    text: str
    start: int
    end: int


class Held(NamedTuple):
    """A count that a row holds, and whether it is the earlier round's.

    What is left of it is a count too, but not where both were rounded.
    """

    met: int
    of: int
    then: bool
    rounded: bool = False

    def told(self, *, missed: bool) -> int | None:
        """How many met it, or how many did not."""
        return self.met if not missed else None if self.rounded else self.of - self.met


class Claim(NamedTuple):
    """What is said, the figures in it, and the same text with marks in their place."""

    text: str
    figures: tuple[Figure, ...]
    masked: str

    @property
    def counts(self) -> list[Figure]:
        """The figures that say k of n."""
        return [each for each in self.figures if each.kind == "count"]


@lru_cache(maxsize=1 << 12)
def read(text: str) -> Claim:
    """A claim with its figures, in the order in which they stand.

    >>> [(each.kind, each.said) for each in read("12 of 40 files in June, target 85%").figures]
    [('count', (12, 40)), ('target', (85,))]
    """
    found: list[Figure] = []
    masked = text
    for kind in _KINDS:
        for match in rule(kind).finditer(masked):
            said = tuple(number(each) for each in match.groups() if each)
            said = said[::-1] if kind == "count" and match.group().lower().startswith("of") else said
            found.append(Figure(kind, said, match.group().strip(" ,"), *match.span()))
        mark = "~" if kind in ("dated", "tallied") else "#"
        masked = rule(kind).sub(lambda match, mark=mark: mark * len(match.group()), masked)  # type: ignore[misc]  # a bound default
    return Claim(text, tuple(sorted(found, key=lambda each: each.start)), masked)


def wrong_figure(claim: Claim, rows_at: Callable[[Figure], Sequence[Row]], own: frozenset[str] = frozenset()) -> str:
    """The first figure of a claim that no row holds, as a reason; or nothing.

    `rows_at` gives the rows of which a figure is told; `own` are words of theirs.

    >>> wrong_figure(read("It improved by 60 points."), lambda figure: ())
    '60 points is no figure of this report on it'
    """
    for figure in claim.figures:
        judge = _JUDGES.get(figure.kind)
        if judge and (why := judge(figure, claim, rows_at(figure), own)):
            return why
    return ""


def held(rows: Sequence[Row], text: str = "") -> Iterator[Held]:
    """Every count that rows hold, of this round and of the earlier one, or of whom a standard applies to."""
    applies = rule("applying").search(text)
    for row in rows:
        if row.numerator is None or not row.denominator or failed_of(row):
            continue
        rounded = row.status == "rounded"
        if row.measure != NOT_APPLICABLE:
            yield Held(row.numerator, row.denominator, row.measure == EARLIER, rounded)
        elif applies and not rounded:
            yield Held(row.denominator - row.numerator, row.denominator, then=False)
        if row.measure == "change":
            for met, of in re.findall(r"(\d[\d,]*) of ([1-9][\d,]*)", row.note):
                yield Held(number(met), number(of), then=True)


def numbers(row: Row) -> Iterator[str]:
    """Every number that a sentence on this row could carry, as the report prints it."""
    for text in (row.reason, row.note):
        yield from re.findall(r"\d+ points?|\d[\d,]* of \d[\d,]*", text)
    for share in (share for share in (row.value, row.lower, row.upper) if share is not None):
        yield points(share) if row.measure == "change" else percent(share)
    if row.population and row.lower is not None and row.upper is not None:
        yield from (f"{end} of {row.population:,}" for end in children(row))


def denied(claim: Claim, figure: Figure, own: frozenset[str]) -> bool:
    """Whether a count is told of those that did not: not where "nobody" is a word of the standard itself."""
    near = claim.text if rule("opens").search(claim.text) else _around(claim, figure, "apart")
    if rule("not_met_on").search(near):
        return True
    near = rule("verdict_said").sub("", near)
    return any(not stems(word.group()) <= own for word in rule("denied").finditer(near))


def _count(figure: Figure, claim: Claim, rows: Sequence[Row], own: frozenset[str]) -> str:
    k, n = figure.said[0], figure.said[1] if len(figure.said) > 1 else None
    missed, then = denied(claim, figure, own), _then(claim, figure, rows)
    ours = [each for each in held(rows, claim.text) if n in (None, each.of) and then in (None, each.then)]
    if any(k == each.told(missed=missed) for each in ours):
        people = any(row.standard_id for row in rows) and rule("of_families").match(claim.text[figure.end :])
        read_as_people = people and "workers" in people.group() and stems("supervision") <= own
        return f"{figure.text} counts files, not {people.group().strip()}" if people and not read_as_people else ""
    if n and rule("bounded").search(claim.text) and any(count_of(k, n) in numbers(row) for row in rows):
        return ""
    if any(k == each.told(missed=not missed) for each in ours):
        if not any(row.standard_id for row in rows):
            return ""  # "29 of 92 did not attend": who was reached is told either way
        return f"{figure.text} counts those that {'met it' if missed else 'did not'}"
    return f"{figure.text} is no figure of this report on it"


def _share(figure: Figure, claim: Claim, rows: Sequence[Row], own: frozenset[str]) -> str:
    missed, then, counts = denied(claim, figure, own), _then(claim, figure, rows), list(held(rows))
    ours = [each for each in counts if then in (None, each.then)]
    known = ((each.told(missed=missed), each.of) for each in ours)
    if any(percent(count / of) == figure.text for count, of in known if count is not None):
        people = rule("of_people").match(claim.text[figure.end :])
        return "a percentage of people needs the count of files, 'k of n', beside it" if people else ""
    edges = rule("bounded").search(claim.text) or rule("of_target").search(claim.text)
    if edges and any(figure.text in (*numbers(row), percent(row.target or 0)) for row in rows):
        return ""
    return f"{figure.text} is no figure of this report on it"


def _range(figure: Figure, claim: Claim, rows: Sequence[Row], own: frozenset[str]) -> str:
    low, high = figure.said
    ends = [
        (round(100 * row.lower), round(100 * row.upper))
        for row in rows
        if row.lower is not None and row.upper is not None
    ]
    if claim.text[: figure.start].endswith(("−", "+", "-")):
        low = low if claim.text[: figure.start].endswith("+") else -low
        high = -high if re.search(r"to [−-]", figure.text) else high
    if (low, high) in ends:
        return ""
    before = claim.text[: figure.start].rstrip()
    told = before.endswith(("from", "difference between")) or not rule("ranged").search(claim.text)
    from_to = "%" in figure.text and told
    moved = {(percent(was.met / was.of), percent(now.met / now.of)) for was, now in _rounds(rows)}
    apart = {points(end / 100) for end in figure.said} <= _gaps(rows)
    right = apart or (from_to and (f"{low}%", f"{high}%") in moved)
    return "" if right else f"{figure.text} is no range of this report on it"


def _rounds(rows: Sequence[Row]) -> Iterator[tuple[Held, Held]]:
    for row in rows:
        if row.measure == "change":
            both = list(held([row]))
            yield from ((was, both[0]) for was in both if was.then)


def _children(figure: Figure, claim: Claim, rows: Sequence[Row], own: frozenset[str]) -> str:
    low, high, of = figure.said
    ends = [(*map(number, children(row)), row.population) for row in rows if row.population and row.lower is not None]
    return "" if (low, high, of) in ends else f"{figure.text} is no range of this report on it"


def _target(figure: Figure, claim: Claim, rows: Sequence[Row], own: frozenset[str]) -> str:
    right = any(row.target is not None and percent(row.target) == f"{figure.said[0]}%" for row in rows)
    return "" if right else f"{figure.said[0]}% is no target of this report on it"


def _moved(figure: Figure, claim: Claim, rows: Sequence[Row], own: frozenset[str]) -> str:
    said = points(figure.said[0] / 100)
    if rule("gap").search(_around(claim, figure, "apart")):
        return "" if said in _gaps(rows) else f"{figure.text} is not how far it is from the target"
    if rule("of_target").search(claim.text) and said in _gaps(rows):
        return ""
    moved = {points(row.value) for row in rows if row.measure == "change" and row.value is not None}
    if moved and rule("moved_by").search(claim.text[: figure.start]) and said not in moved:
        edges = rule("bounded").search(claim.text[: figure.end + 10])
        return "" if edges and any(said in numbers(row) for row in rows) else f"{figure.text} is not how far it moved"
    return "" if any(said in numbers(row) for row in rows) else f"{figure.text} is no figure of this report on it"


def _gaps(rows: Sequence[Row]) -> set[str]:
    """How far each result is from its target, as a page would print it."""
    return {
        points(abs(number(percent(row.target)) - number(percent(row.value))) / 100)
        for row in rows
        if row.measure == "compliance" and row.target is not None and row.value is not None
    }


def _part(figure: Figure, claim: Claim, rows: Sequence[Row], own: frozenset[str]) -> str:
    """Half, a third, nine in ten: they travel with their count, and agree with it."""
    part = figure.said[0] / figure.said[1] if len(figure.said) > 1 else _named_part(figure.text)
    shares = [each.said[0] / each.said[1] for each in claim.counts if len(each.said) > 1]
    over, under = (rule(name).search(figure.text) for name in ("over", "under"))
    low, high = (part, 1.0) if over else (0.0, part) if under else (part - _NEAR, part + _NEAR)
    right = any(low <= share <= high for share in shares)
    return "" if right else f"'{figure.text}' needs its count, 'k of n', beside it"


def _named_part(text: str) -> float:
    part = next(share for name, share in _PARTS.items() if name in text.lower())
    return part * (2 if "two" in text.lower() else 3 if "three" in text.lower() else 1)


def _bare(figure: Figure, claim: Claim, rows: Sequence[Row], own: frozenset[str]) -> str:
    """A number alone: how many were read, where that is what is told of it, or else how many met."""
    known = {each.of for each in held(rows)} | {row.population for row in rows} | {row.files_to_tell for row in rows}
    base = rule("of_reading").search(_around(claim, figure, "apart")) or rule("before_base").search(
        claim.text[: figure.start]
    )
    return "" if base and figure.said[0] in known else _count(figure, claim, rows, own)


_JUDGES: Mapping[str, Callable[[Figure, Claim, Sequence[Row], frozenset[str]], str]] = {
    "children": _children,
    "target": _target,
    "range": _range,
    "moved": _moved,
    "count": _count,
    "part": _part,
    "share": _share,
    "bare": _bare,
}


def _around(claim: Claim, figure: Figure, ends: str) -> str:
    """The text about a figure up to where another thing is said."""
    before = list(rule(ends).finditer(claim.masked, 0, figure.start))
    after = rule(ends).search(claim.masked, figure.end)
    return claim.text[before[-1].end() if before else 0 : after.start() if after else None]


def _then(claim: Claim, figure: Figure, rows: Sequence[Row]) -> bool | None:
    """Whether a figure is told of the earlier round (True), of this one (False), or of either."""
    earlier = _marks("earlier", [row.note for row in rows] + [_month(row) for row in rows if row.measure == EARLIER])
    later = _marks("later", [_month(row) for row in rows if row.measure != EARLIER])
    said_before = any(each.end <= figure.start and each.kind not in ("dated", "tallied") for each in claim.figures)
    before = claim.text[: figure.start]
    if (
        beside := [each for each in claim.figures if re.fullmatch(r"\W*\(", claim.text[each.end : figure.start])]
    ) and said_before:
        return _then(claim, beside[-1], rows)
    for text in (_around(claim, figure, "apart_in_time"), "" if said_before else before):
        then, now = bool(earlier.search(text)), bool(later.search(text))
        if then or now:
            return None if then and now else then
    if rule("comes_from").search(before) and any(each.then for each in held(rows)):
        return True
    either = earlier.search(claim.text) or rule("rounds").search(claim.text) or _in_order(claim, rows)
    return None if either else False


def _in_order(claim: Claim, rows: Sequence[Row]) -> bool:
    """Whether both counts of a row are told without a month, the earlier one first."""
    pairs = [[was[:2], now[:2]] for was, now in _rounds(rows)]
    return any([each.said for each in claim.counts if each.said in pair] == pair for pair in pairs)


def _month(row: Row) -> str:
    return period_words(row.period)


def _marks(name: str, texts: Sequence[str]) -> re.Pattern[str]:
    months = {month for text in texts for month in re.findall(r"([A-Z][a-z]+) \d{4}", text)}
    told = rf"(?<!since )(?<!between )(?<!than in )(?<!than )\b(?:{'|'.join(months) or '(?!)'})\b"
    return re.compile(rf"{rule(name).pattern}|{told}", re.I)

"""Every likely range and every change in points, each worked out again."""

from __future__ import annotations

import math
import re

from tests.pages.stranger.blocks import CODE
from tests.pages.stranger.piece import Reading, whole
from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.scope import MONTH, Scope

_ALL = re.compile(r"[Oo]f all (?:the )?(?P<n>\d[\d,]*) \w+, (?P<a>\d[\d,]*) to (?P<b>\d[\d,]*)(?!%)")
_CHILDREN = re.compile(
    r"(?:(?<![\w%+-])|between )(?P<a>\d[\d,]*) (?:to|and) (?P<b>\d[\d,]*)(?: of (?:all |the )?(?P<n>\d[\d,]*))?"
    r"(?! ?(?:files|months|requests read|auditors|points)\b)(?![%\d])"
)
_RISE = re.compile(r"rise (?:from|as large as) (\d+)% to (\d+)%")
_SHARES = re.compile(r"(?P<la>over |under )?(?<![\w+-])(?P<a>\d+)%? (?:to|and) (?P<lb>over |under )?(?P<b>\d+)%")
_POINTS = re.compile(
    r"(?<![\w%])(?<!rounds of )(?P<a>[+-]?\d+)(?: points (?P<la>lower|higher))? (?:to|and) "
    r"(?P<b>[+-]?\d+)(?: points(?: (?P<lb>lower|higher))?)?(?![%\d])"
)
_POINT = re.compile(
    r"(?:^|change is |: |\. )(?P<bare>\d+)(?= points?, likely| [+-]\d+ to| likely [+-]?\d+ to)|"
    r"(?<![\w%])(?P<number>[+-]\d+|\d+)(?: points?)? ?(?P<way>higher|lower)?(?= points|$|\b)"
)


def _about_change(reading: Reading, found: re.Match) -> bool:
    near = f"{reading.block.column} {reading.block.row if not CODE.match(reading.block.row) else ''}"
    said = reading.sentence(found.start())
    return bool(re.search(r"point|change", f"{near} {said}", re.IGNORECASE)) and not re.search(
        r"children|requests", found[0]
    )


def _alone(reading: Reading, at: int) -> bool:
    after = re.match(r"[^();.]{0,30}(?:by what was read|without the missing)", reading.text[at:])
    return bool(after) or bool(
        re.search(r"(read alone|files that came back|that were read)[^.;]{0,40}$", reading.text[max(0, at - 70) : at])
    )


def points(reading: Reading) -> None:
    for found in _POINTS.finditer(reading.text):
        code = reading.code(found.start())
        if not code or not _about_change(reading, found):
            continue
        value = tuple(_signed(found[name], found[f"l{name}"]) for name in "ab")
        alone = _alone(reading, found.start())
        if reading.scope.audience == "public":
            known = _of_file(reading.scope, code, "change")
        else:
            known = {
                (a, b)
                for _, low, high in reading.scope.changes(code, alone=alone)
                for a in _around(low)
                for b in _around(high)
            }
        reading.judge(*found.span(), value, known or None, "range of a change")
    for found in _POINT.finditer(reading.text):
        code = reading.code(found.start())
        single = found["bare"] or found["number"][0] in "+-" or found["way"]
        if not code or not single or not _about_change(reading, found):
            continue
        value = _signed(found["bare"] or found["number"], found["way"])
        if reading.scope.audience == "public":
            rows = [each["value"] for each in _file_rows(reading.scope, code, "change") if _number(each["value"])]
            known = {each for value in rows for each in _around(100 * float(value))}
        else:
            known = {each for seen, _, _ in reading.scope.changes(code) for each in _around(seen)}
        reading.judge(*found.span(), value, known or None, "change")


def _signed(number: str, word: str | None) -> int:
    return -int(number) if word == "lower" and number[0] not in "+-" else int(number)


def _around(value: float) -> set[int]:
    """A number as it may be printed: to the nearest; a half either way."""
    return {round(value - 1e-6), round(value + 1e-6)}


def _printed(value: float, said: str | None) -> set[int]:
    """A range's end as it may be printed: to the nearest, or, said to be over or under it, cut there."""
    return {math.floor(value + 1e-6), math.ceil(value - 1e-6)} if said else _around(value)


def _file_rows(scope: Scope, code: str, measure: str, level: str = "all") -> list[dict[str, str]]:
    rows = [each for each in scope.rows if each["measure"] == measure and each["standard_id"] == code]
    return [each for each in rows if each["level"] == level and each["period"] == scope.world.period]


def _number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", text))


def _of_file(scope: Scope, code: str, measure: str, level: str = "all") -> set[tuple[int, int]]:
    found = [
        each for each in _file_rows(scope, code, measure, level) if _number(each["lower"]) and _number(each["upper"])
    ]
    return {(round(100 * float(each["lower"])), round(100 * float(each["upper"]))) for each in found}


def ranges(reading: Reading) -> None:
    for found in _RISE.finditer(reading.text):
        code = reading.code(found.start())
        if code and reading.scope.audience != "public":
            known = reading.scope.booked_rises(code)
            reading.judge(*found.span(), (int(found[1]), int(found[2])), known or None, "a rise that could be shown")
    for pattern, percent in ((_SHARES, True), (_ALL, False), (_CHILDREN, False)):
        for found in pattern.finditer(reading.text):
            code = reading.code(found.start())
            if not code or not reading.free(*found.span()):
                continue
            value = (whole(found["a"]), whole(found["b"]))
            known = _known_ranges(reading, found, code, percent)
            if (
                not percent
                and found["n"] is None
                and not _alone(reading, found.start())
                and "it is between" not in reading.text
                and not reading.block.column.startswith("Likely range")
            ):
                continue
            if not percent and found["n"]:
                value = (*value, whole(found["n"]))
            reading.judge(*found.span(), value, known or None, "likely range")


def _known_ranges(reading: Reading, found: re.Match, code: str, percent: bool) -> set[tuple]:
    scope, period, level = reading.scope, reading.period(*found.span()), _level(reading)
    alone = _alone(reading, found.start())
    if (
        scope.audience == "public"
        and percent
        and (period not in (None, scope.world.period) or (period and reading.block.row[-4:].isdigit()))
    ):
        value = (whole(found["a"]), whole(found["b"]))
        wide = [
            value
            for low, high, listed in scope.ranges(code, period) | scope.shares(code, period)
            if listed is None and value[0] <= low + 1 and value[1] >= high - 1
        ]
        return {*wide} or {"a range that holds the true one"}
    if scope.audience == "public" and percent:
        return _of_file(scope, code, "compliance", "Others, put together" if level == "others" else level)
    known = set()
    months = bool(re.fullmatch(rf"({MONTH}) (\d{{4}})", reading.block.row))
    for low, high, listed in scope.ranges(code, period, level, alone=alone) | (
        scope.shares(code, period) if months else set()
    ):
        if percent == (listed is None):
            said = (found["la"], found["lb"]) if percent else (None, None)
            ends = [(a, b) for a in _printed(low, said[0]) for b in _printed(high, said[1])]
            known |= {(*each, listed) for each in ends} if listed and found["n"] else set(ends)
    if level == "others" and percent:
        lost = max((lost for lost, _ in scope.missing(code)), default=0)
        ends = [
            limits.share(k, n + lost)[:1] + limits.share(k + lost, n + lost)[1:]
            for k, n in scope.others(code, reading.teams)
        ]
        known |= {(a, b) for low, high in ends for a in _around(100 * low) for b in _around(100 * high)}
    return known


def _level(reading: Reading) -> str:
    return reading.block.team or "all"

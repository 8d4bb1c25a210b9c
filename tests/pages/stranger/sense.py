"""What no single number shows: statements that are untrue of this audit, or that another place of the page denies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.pages.stranger.blocks import Block
from tests.pages.stranger.pairs import agencies
from tests.pages.stranger.piece import PAIR, Untrue, whole
from tests.pages.stranger.truth.limits import BY_CHANCE
from tests.pages.stranger.truth.scope import Scope

Finding = tuple[str, str, str]


def of_page(pieces: list[Block], scope: Scope, name: str) -> Iterator[Untrue]:
    """Everything on a page that makes no sense beside what is known of its audits."""
    if not scope.now:
        return
    for rule in RULES:
        for block, said, known in rule(pieces, scope):
            text = f"{block.row[:50]} | {block.text[:160]}" if block.row else block.text[:200]
            yield Untrue(name, rule.__name__.replace("_", " "), said, known, text)


def _matching(pieces: list[Block], pattern: str) -> Iterator[tuple[Block, re.Match]]:
    for block in pieces:
        for found in re.finditer(pattern, block.text, re.IGNORECASE):
            yield block, found


def a_census_has_no_range(pieces: list[Block], scope: Scope) -> Iterator:
    if all(each.entry["selection"] == "census" for each in scope.now):
        for block, found in _matching(
            pieces, r"(high|low) end of the range|the band is where|the likely range holds|inside the range"
        ):
            yield block, found[0], "every file was read: there is no range"


def a_round_that_is_booked_is_not_denied(pieces: list[Block], scope: Scope) -> Iterator:
    if scope.next_rounds:
        when = ", ".join(f"{first} ({size} files)" for first, _, size in sorted(scope.next_rounds, key=str))
        for block, found in _matching(pieces, r"no (?:re-audit|later round|next round) is booked"):
            or_none = "no baseline, or" in block.text and not all(
                each.entry["selection"] in (*BY_CHANCE, "census") for each in scope.now
            )
            if not or_none:
                yield block, found[0], f"booked: {when}"


def what_was_done_between_the_rounds_was_over_before_this_one(pieces: list[Block], scope: Scope) -> Iterator:
    for block, found in _matching(pieces, r"between the rounds:([^.]*)\."):
        for name in re.findall(r"⟦course:([^⟧]+)⟧", found[1]):
            course = scope.courses.get(name, {})
            for each in scope.now:
                before = scope.before(each)
                if course and before and course.get("until", course["on"]) < before.days[0]:
                    yield block, f"{name} between the rounds", f"it ended before the earlier round, {before.days[0]}"
                elif course and course.get("until", course["on"]) >= each.entry["on"]:
                    yield (
                        block,
                        f"{name} between the rounds",
                        f"it ended on {course['until']}, the round began on {each.entry['on']}",
                    )


def a_range_that_leaves_out_zero_is_not_printed_with_zero(pieces: list[Block], scope: Scope) -> Iterator:
    for block in pieces:
        if block.kind != "td" or "leaves out zero" not in block.row:
            continue
        alone = "of the files read alone leaves out zero" in block.row
        said = re.search(
            r"read alone: ([+-]?\d+) to ([+-]?\d+)" if alone else r"^\S+ ([+-]?\d+) to ([+-]?\d+)", block.text
        )
        if said and int(said[1]) <= 0 <= int(said[2]):
            yield block, said[0], "the page says that it leaves out zero"


def a_row_stands_once(pieces: list[Block], scope: Scope) -> Iterator:
    seen: dict[tuple, Block] = {}
    for block in pieces:
        cells = block.line.split(" | ")
        if block.column != "Count" or len(cells) < 5 or cells[0] in ("reach", "sessions", "booked"):
            continue
        key = (block.part, block.table, *cells[:3], *cells[5:6])  # the sixth is the code of what it is
        if key in seen and seen[key].line != block.line:
            yield (
                block,
                " | ".join(cells),
                f"the same row with other numbers: {' | '.join(seen[key].line.split(' | ')[3:])}",
            )
        seen.setdefault(key, block)


def what_is_counted_is_what_was_audited(pieces: list[Block], scope: Scope) -> Iterator:
    units = {scope.world.themes[each.theme].get("unit", "child") for each in scope.now}
    if units & {"child", "file"}:
        return
    people = "|no child can be" if units == {"worker"} else ""
    pattern = rf"of (?:the )?(\d+) children|all children in scope|share of all children{people}"
    for block, found in _matching(pieces, pattern):
        yield block, found[0], f"counted: {', '.join(units)}"


def returns_of_agencies_that_are_missing_are_told(pieces: list[Block], scope: Scope) -> Iterator:
    for each in scope.now:
        missing = [name for name, count in each.partners.items() if count < each.read]
        if not missing or len(scope.now) > 1 or scope.audience == "public":
            continue
        one = Scope(scope.world, scope.audience, [each])
        known = {pair for pair in agencies(one) if pair[0] not in (0, pair[1])}
        told = {
            (whole(found[1]), whole(found[2]))
            for block in pieces
            if re.search("agenc|partner|police", f"{block.text} {block.row} {block.line}", re.IGNORECASE)
            for found in PAIR.finditer(block.text)
        }
        if not told & known:
            yield pieces[0], "nothing about returns of agencies", f"missing returns of {', '.join(missing)}"


def what_was_set_aside_is_called_what_it_is(pieces: list[Block], scope: Scope) -> Iterator:
    for block, found in _matching(pieces, r"\d+ files?:? [^;.]*?(unknown-answer|missing-answer|same-moderator)"):
        yield block, found[0], "no file was set aside, but an answer, a grade or a moderation"


def a_critical_standard_that_is_worse_is_a_change(pieces: list[Block], scope: Scope) -> Iterator:
    worse = [
        code
        for code in scope.standards
        if scope.world.standards[code]["critical"] and any(high < 0 for *_, high in scope.changes(code))
    ]
    if worse and scope.audience != "public":
        for block, found in _matching(pieces, r"nothing (?!else)[^.]{0,60}has changed"):
            yield block, found[0], f"{', '.join(worse)} is worse by its own range, and critical"


def a_day_that_the_plan_sets_is_not_denied(pieces: list[Block], scope: Scope) -> Iterator:
    if scope.measurable:
        for block, found in _matching(pieces, r"no date is set on which it can be measured"):
            yield block, found[0], f"the plan says {', '.join(map(str, sorted(scope.measurable)))}"


def what_was_put_right_is_told(pieces: list[Block], scope: Scope) -> Iterator:
    for block, found in _matching(pieces, r"no action on the register(?:\.| for any)"):
        if told := scope.put_right(None):
            yield block, found[0], f"the register of actions has {sorted(told)} closed of all"


def a_small_base_is_small(pieces: list[Block], scope: Scope) -> Iterator:
    for block, found in _matching(pieces, r"fewer than 10 make no percentage"):
        bases = [whole(each[2]) for each in PAIR.finditer(block.text)]
        if bases and min(bases) >= 10:
            yield block, found[0], f"it stands beside {min(bases)} files"


def nothing_told_is_called_not_recorded(pieces: list[Block], scope: Scope) -> Iterator:
    for block in pieces:
        if block.column in ("Auditors", "Moderators") and block.text == "not recorded":
            yield block, "not recorded", "every grade that was written is in the rows above"


RULES: tuple[Callable, ...] = (
    a_census_has_no_range,
    a_round_that_is_booked_is_not_denied,
    what_was_done_between_the_rounds_was_over_before_this_one,
    a_range_that_leaves_out_zero_is_not_printed_with_zero,
    a_row_stands_once,
    what_is_counted_is_what_was_audited,
    returns_of_agencies_that_are_missing_are_told,
    what_was_set_aside_is_called_what_it_is,
    a_critical_standard_that_is_worse_is_a_change,
    a_day_that_the_plan_sets_is_not_denied,
    what_was_put_right_is_told,
    a_small_base_is_small,
    nothing_told_is_called_not_recorded,
)

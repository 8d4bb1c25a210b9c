"""Decide which measures an audience may not see, and prove that they cannot be worked out.

Three steps: what is small by itself, groups that may not be seen at all, complementary cells. What a
more open audience may not see is hidden from a stricter one too.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ilacs_audit.disclosure import rules
from ilacs_audit.disclosure.additive.bounds import MANY
from ilacs_audit.disclosure.additive.complementary import SAFE, Suppressed, exposure, with_complementary, with_room
from ilacs_audit.disclosure.additive.roundings import told_exactly
from ilacs_audit.disclosure.additive.structure import are_parts_of, distinct, families, split_by_row, tables, total_of
from ilacs_audit.disclosure.additive.tables import AdditiveTable, Count, base, parts, shares
from ilacs_audit.disclosure.gate import lists
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.measures import CROSS, Row

MOST_HIDDEN = 0.25  # rule D10
LEAST_SHOWN = 0.25  # of a page's shares by one group: what is left of a table of [c] misleads more than it tells


@dataclass(frozen=True)
class Suppression:
    """Which measures are hidden, which of them for their own sake, which breakdowns were dropped.

    Of `rest` only the count is hidden: the files it is of are those under any other standard. Of `beside` not even the
    whole may stay: a number of its people would give back a part of a hidden list.
    """

    hidden: frozenset[int]
    small: frozenset[int]
    dropped: tuple[AdditiveTable, ...] = ()
    rest: frozenset[int] = frozenset()
    beside: frozenset[int] = frozenset()


def suppression(listed: Sequence[Row], about: Audience) -> Suppression:
    """Choose what this audience does not see of these measures."""
    again = lists.told_again(listed)
    small = frozenset(at for at in range(len(listed)) if rules.primary(listed[again.get(at, at)], about))
    stricter = (suppression(listed, other) for other in rules.laxer(about))
    seeds: Suppressed = small.union(*(each.hidden - each.rest for each in stricter))
    groups = _unseen_groups(listed, about)
    bases = frozenset(base(place) for place in groups)
    own = small | frozenset(base(place) for place in groups if rules.base_too_small(listed[place], about))
    found = list(tables(listed, small=about.smallest_count if about.protects == "all" else 0))
    suppressed = _settled(listed, found, seeds | groups | bases, own, about)
    told = _told_by_remainder if about.rounded_to == 1 else _told_by_roundings
    suppressed = _settled(listed, found, suppressed | told(listed, suppressed, about), own, about)
    while about.rounded_to > 1 and (exact := _left_exact(listed, found, suppressed, about)):
        suppressed = _settled(listed, found, suppressed | exact, own, about)
    hidden = frozenset(place for place in suppressed if isinstance(place, int))
    hidden |= _bare_breakdowns(listed, hidden) if about.protects == "all" else frozenset()
    hidden |= _levels_with_a_gap(listed, hidden)
    hidden, beside = lists.closed(listed, hidden, again, about)
    dropped = tuple(each for each in found if len(each.members) > 1 and hidden.issuperset(each.members))
    rest = _rest_of_bases(listed, hidden) - hidden
    open_bases = frozenset(place for place in rest if not rules.protected(listed[place], about))
    return Suppression(hidden | rest, small, dropped, open_bases, beside)


def _levels_with_a_gap(listed: Sequence[Row], hidden: frozenset[int]) -> frozenset[int]:
    """All that is told of a course of which one part is hidden, by team and role too: each is what the rest leave."""
    ours = {place: row for place, row in enumerate(listed) if row.measure in rules.OF_ONE_LEVEL}
    gaps = {_level(row) for place, row in ours.items() if place in hidden and CROSS not in row.group}
    return frozenset(place for place, row in ours.items() if _level(row) in gaps)


def _level(row: Row) -> Hashable:
    return (row.theme, row.period, row.level.split(CROSS)[0])


def _bare_breakdowns(listed: Sequence[Row], hidden: frozenset[int]) -> frozenset[int]:
    """All shares by a group of which hardly any could be shown, whatever the standard."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place, row in enumerate(listed):
        if row.measure == "compliance" and not rules.whole(row):
            found[_audited(row)].append(place)
    bare = (places for places in found.values() if len(hidden.intersection(places)) > (1 - LEAST_SHOWN) * len(places))
    return frozenset(place for places in bare for place in places)


def _told_by_remainder(listed: Sequence[Row], suppressed: Suppressed, about: Audience) -> Suppressed:
    """The breakdowns whose n would give back a hidden count of what is not in that n.

    20 files under one standard and 18 under the next leave 2 for whom the next did not apply. The n is the
    same number under every standard, so no complementary cell helps: the breakdown goes (rule D10).
    """
    hidden = [row for place, row in enumerate(listed) if place in suppressed and rules.protected(row, about)]
    left = {_breakdown(row, rules.REMAINDER_OF.get(row.measure, "")) for row in hidden}
    return frozenset(place for place, row in enumerate(listed) if _breakdown(row, row.measure) in left)


def _told_by_roundings(listed: Sequence[Row], suppressed: Suppressed, about: Audience) -> Suppressed:
    """The counts of what is not in an n that would say, rounded, nearly how many files an audit has.

    15 not applicable and an n of 15 are at most 34 files; an n of 35 under another standard is at least 33. So 1
    of them was not applicable there, though it was hidden. Where one such count of an audit is hidden, all are
    but the zeros of a whole: of the whole service for the whole service, of teams for teams, so that a page with
    teams and one without say the same of the whole.
    """
    counts = [(place, row) for place, row in enumerate(listed) if row.measure in rules.REMAINDER_OF]
    hidden = {_audited(row) for place, row in counts if place in suppressed and rules.protected(row, about)}
    told = (place for place, row in counts if row.numerator or not rules.whole(row))
    return frozenset(place for place in told if _audited(listed[place]) in hidden)


def _left_exact(
    listed: Sequence[Row], found: Sequence[AdditiveTable], suppressed: Suppressed, about: Audience
) -> Suppressed:
    """The measures whose rounded counts leave one number: alone (5 of 10 is 6 of 12), or in their table."""
    alone = (
        shares("", (), total=Count(place, "", row.numerator, row.denominator), small=about.smallest_count)
        for place, row in enumerate(listed)
        if place not in suppressed and rules.of_people(row) and row.numerator is not None and row.denominator
    )
    exact: set[Hashable] = set()
    for table in (*alone, *found):
        cells = told_exactly(table, suppressed, base=about.rounded_to, smallest=about.smallest_count)
        owners = {cell.owner[1] if isinstance(cell.owner, tuple) else cell.owner for cell in cells}
        exact |= owners.intersection(table.members) or owners  # the whole stays where its levels can go
    return frozenset(place for place in exact if isinstance(place, int)) - suppressed


def _rest_of_bases(listed: Sequence[Row], hidden: frozenset[int]) -> frozenset[int]:
    """The counts that a hidden base of a level leaves of its files, zeros too: 4 of 6 not applicable leave 2."""
    unseen = {_files(listed[place]) for place in hidden if listed[place].measure in rules.REMAINDER_OF.values()}
    rest = (place for place, row in enumerate(listed) if row.measure in rules.REMAINDER_OF and not rules.whole(row))
    return frozenset(place for place in rest if _files(listed[place]) in unseen)


def _files(row: Row) -> Hashable:
    return (row.theme, row.standard_id, row.period, row.group, row.level)


def _audited(row: Row) -> Hashable:
    return (row.theme, row.period, row.group)


def _breakdown(row: Row, measure: str) -> Hashable:
    return (measure, row.theme, row.standard_id, row.period, row.group)


def _settled(
    listed: Sequence[Row], found: Sequence[AdditiveTable], suppressed: Suppressed, small: Suppressed, about: Audience
) -> Suppressed:
    """Protect table after table until none needs more: tables share their margins."""
    before = None
    while before != suppressed:
        before = suppressed
        for table in found:
            suppressed = _protected(listed, table, suppressed, small, about)
    return suppressed


def _protected(
    listed: Sequence[Row], table: AdditiveTable, suppressed: Suppressed, small: Suppressed, about: Audience
) -> Suppressed:
    """What is suppressed once this table is safe: complementary cells, all of it, in the last resort its totals."""
    members: Suppressed = frozenset(table.members)
    first = listed[table.members[0]]
    threshold = rules.threshold(first, about)
    if not members <= suppressed:
        # More than a quarter is small (rules D10 and P2). In a one-way table a small level always takes a second one,
        # so there only the small ones count; a crossed one is judged again with its complementary cells.
        gone = len(members & small) > MOST_HIDDEN * len(members) or _needs_dropping(table, suppressed)
        more = suppressed | members
        more = more if gone else with_complementary(table, suppressed, small=small, threshold=threshold)
        more = more if rules.protected(first, about) else with_room(table, more)
        too_many = table.crossed and len(members & more) > MOST_HIDDEN * len(members)
        suppressed = more | members if too_many else more
    follows = first.measure in rules.REMAINDER_OF and about.rounded_to == 1  # the files less an n that stays
    if members <= suppressed and rules.protected(first, about) and not follows:
        state = exposure(table, suppressed, small=small, threshold=threshold, dropped=True)
        suppressed = suppressed if state == SAFE else suppressed | table.totals
    return suppressed


def _needs_dropping(table: AdditiveTable, suppressed: Suppressed) -> bool:
    """Whether a crossed table of k of n holds a group too small to be seen: it has no flat form (rule P5)."""
    ceilings = any(cell.highest < MANY for cell in table.cells)
    return table.crossed and ceilings and any(base(place) in suppressed for place in table.members)


def _unseen_groups(listed: Sequence[Row], about: Audience) -> frozenset[int]:
    """The measures of levels that rest on too few children, with complementary levels.

    A team has the same n under many standards, so the choice is made once for all tables with
    the same numbers of children; otherwise the n hidden in one would be shown in the next.
    """
    hidden: set[int] = set()
    files = {
        _files(row): row.denominator
        for row in listed
        if row.measure in rules.REMAINDER_OF and not rules.base_too_small(row, about)
    }
    for sizes, total, places in _bases(listed):
        most: dict[str, int] = {}
        for place, level in places:
            known = files.get(_files(listed[place])) if listed[place].measure not in rules.REMAINDER_OF else None
            most[level] = min(known or MANY, most.get(level, MANY))
        levels = [Count(at, name, n, most[name]) for at, (name, n) in enumerate(sizes)]
        table = parts("", levels, total=total)
        small = frozenset(place for place, (_, n) in enumerate(sizes) if rules.small(n, about.smallest_base))
        if small:
            suppressed = with_complementary(table, small, small=small, threshold=about.smallest_base)
            gone = {level for place, (level, _) in enumerate(sizes) if place in suppressed}
            hidden |= {place for place, level in places if level in gone}
    return frozenset(hidden)


def _bases(listed: Sequence[Row]) -> Iterator[tuple[list[tuple[str, int]], int, list[tuple[int, str]]]]:
    """The numbers of children by level, their total, and every measure that rests on them."""
    found: dict[Any, list[tuple[int, str]]] = defaultdict(list)
    for (_, theme, _, period), groups in families(listed).items():
        whole = total_of(groups)
        for group, counts in groups.items():
            for key, places in _sizes(group, counts, whole):
                found[(theme, period, *key)] += places
    for key, places in found.items():
        yield list(key[3]), key[4], places


def _sizes(
    group: str, counts: Sequence[Count], whole: Count | None
) -> list[tuple[tuple[str, tuple[tuple[str, int], ...], int], list[tuple[int, str]]]]:
    if group in rules.WHOLE or not distinct(counts) or counts[0].n is None or are_parts_of(counts, whole) is not None:
        return []
    first = rules.factors(group)[0]
    sizes = split_by_row(counts) if CROSS in group else {each.level: each.n or 0 for each in counts}
    if sizes is None:
        first, sizes = group, {each.level: each.n or 0 for each in counts}
    shared = CROSS in group and first != group
    places = [(each.place, each.level.split(CROSS)[0] if shared else each.level) for each in counts]
    together = sum(sizes.values())
    total = whole.n if whole is not None and whole.n is not None and whole.n >= together else together
    return [((first, tuple(sorted(sizes.items())), total), places)]

"""Find the additive tables in a list of measures by the words and the sums of its rows.

Nobody declares which numbers add up, so it is read from the numbers: levels that share a
denominator and add up to it are its parts; levels whose denominators add up to the whole
service are shares of it; a group "team x grade" is crossed.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from ilacs_audit.disclosure.additive.tables import UNSEEN, AdditiveTable, Count, base, crossed, parts, shares
from ilacs_audit.disclosure.rules import WHOLE, factors, of_people
from ilacs_audit.domain.measures import CROSS, Row

Family = tuple[str, str, str, str]
Groups = dict[str, list[Count]]
_TOTAL = frozenset({"", "all"})


def families(listed: Sequence[Row]) -> dict[Family, Groups]:
    """The counts of each measure, standard and period, by the group they break down."""
    found: dict[Family, Groups] = defaultdict(lambda: defaultdict(list))
    for place, row in enumerate(listed):
        k, n = row.numerator, row.denominator
        if k is not None and (n is None or k <= n) and of_people(row):
            family = (row.measure, row.theme, row.standard_id, row.period)
            found[family][row.group].append(Count(place, row.level, k, n))
    return found


def tables(listed: Sequence[Row], *, small: int) -> Iterator[AdditiveTable]:
    """Every additive table among the measures; an unpublished margin under `small` counts as unseen."""
    known = families(listed)
    for family, groups in known.items():
        for group, counts in groups.items():
            if distinct(counts) and len(factors(group)) == 2:
                yield from _crossed(family, group, counts, known, small)
            elif distinct(counts) and (group not in WHOLE or (group == "service" and len(counts) > 1)):
                yield one_way(_name(family, group), counts, total_of(groups), small=small)


def distinct(counts: Sequence[Count]) -> bool:
    """Whether each level stands once, and either all counts have an n or none has."""
    levels = {each.level for each in counts}
    return len(levels) == len(counts) and len({each.n is None for each in counts}) == 1


def total_of(groups: Mapping[str, list[Count]]) -> Count | None:
    """The row of the whole service, if there is exactly one."""
    found = [each for group, counts in groups.items() if group in _TOTAL for each in counts]
    return found[0] if len(found) == 1 else None


def one_way(name: str, counts: Sequence[Count], total: Count | None, *, small: int) -> AdditiveTable:
    """Parts of one denominator, or shares of the whole service."""
    whole = are_parts_of(counts, total)
    if whole is not None:
        return parts(name, counts, total=whole)
    if counts[0].n is None:
        count = sum(each.k for each in counts)
        given = total is not None and total.k >= count
        owner: Hashable = total.place if total and given else UNSEEN if 0 < count < small else None
        return parts(name, counts, total=total.k if total and given else count, owner=owner)
    # The total that the levels fit into; their own sum where there is none or where they overlap.
    k, n = sum(each.k for each in counts), sum(each.n or 0 for each in counts)
    fits = total is not None and total.n is not None and total.k >= k and total.n - total.k >= n - k
    return shares(name, counts, total=total if total and fits else Count(-1, "", k, n), small=small)


def are_parts_of(counts: Sequence[Count], total: Count | None) -> int | None:
    """The common denominator that the levels add up to, or None where they are shares."""
    n = counts[0].n
    if n is None or len(counts) < 2 or any(each.n != n for each in counts):
        return None
    together = sum(each.k for each in counts)
    within = total is not None and total.n == n and together <= n
    return n if together == n or within else None


def _crossed(
    family: Family, group: str, counts: Sequence[Count], known: Mapping[Family, Groups], small: int
) -> Iterator[AdditiveTable]:
    if any(each.level.count(CROSS) != 1 for each in counts):
        return
    cells = {(each.level.split(CROSS)[0], each.level.split(CROSS)[1]): each for each in counts}
    first, second = factors(group)
    by_row, by_column = (_lines((levels[axis], each) for levels, each in cells.items()) for axis in (0, 1))
    together = sum(each.k for each in counts)
    across = _margins(second, by_column, family, known, small)
    if _split_rows(by_row):
        margins: Mapping[str, tuple[int, Hashable]] = {
            level: (sum(each.k for each in line), base(line[0].place)) for level, line in by_row.items()
        }
        yield crossed(_name(family, group), cells, rows=margins, columns=across, total=(together, None))
    else:
        ceilings = any(each.n != together for each in counts)
        down = _margins(first, by_row, family, known, small)
        whole, owner = total_of(known[family]), None if not 0 < together < small else UNSEEN
        known_as: Hashable = whole.place if whole is not None and whole.k == together else owner
        total = (together, known_as if ceilings else None)
        yield crossed(_name(family, group), cells, rows=down, columns=across, total=total, ceilings=ceilings)


def split_by_row(counts: Sequence[Count]) -> dict[str, int] | None:
    """The n of each first level, where a crossed table splits it into parts; None where it does not."""
    lines = _lines((each.level.split(CROSS)[0], each) for each in counts)
    return {level: line[0].n or 0 for level, line in lines.items()} if _split_rows(lines) else None


def _split_rows(lines: Mapping[str, Sequence[Count]]) -> bool:
    return all({each.n for each in line} == {sum(each.k for each in line)} for line in lines.values())


def _lines(levels: Iterable[tuple[str, Count]]) -> dict[str, list[Count]]:
    lines: dict[str, list[Count]] = defaultdict(list)
    for level, each in levels:
        lines[level].append(each)
    return lines


def _margins(
    group: str, lines: Mapping[str, Sequence[Count]], family: Family, known: Mapping[Family, Groups], small: int
) -> dict[str, tuple[int, Hashable]]:
    """The total of each line, with the measure of any name that shows it, of the same standard and period."""
    sums = {level: sum(each.k for each in line) for level, line in lines.items()}
    nearest = sorted(known, key=lambda other: other != family)
    for other in (each for each in nearest if each[1:] == family[1:]):
        shown = {each.level: each for each in known[other].get(group, [])}
        if all(level in shown and shown[level].k == count for level, count in sums.items()):
            return {level: (count, shown[level].place) for level, count in sums.items()}
    return {level: (count, UNSEEN if 0 < count < small else None) for level, count in sums.items()}


def _name(family: Family, group: str) -> str:
    return f"{family[0]} by {group}"

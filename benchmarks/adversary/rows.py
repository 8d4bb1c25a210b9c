"""What the adversary's attacks came to, as rows of a table: what was tried, the goal, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from click.testing import CliRunner
from scipy.stats import binom

from benchmarks.adversary import canaries, changes, editions, planted, ranges, sensitive, twins
from benchmarks.adversary.editions import EDITIONS, Tally
from benchmarks.adversary.printed import lines
from ilacs_audit.cli import main as command

EXAMPLE = ("2024-11", "2024-11-21")
FIRST = 20250301
RARE = 0.01


class Row(NamedTuple):
    """One claim, what it was tried on, its goal, what was found, whether it holds, and what an owner should look at."""

    claim: str
    tried: str
    goal: str
    found: str
    kept: bool
    finds: tuple[str, ...] = ()


def none(claim: str, tried: str, finds: Iterable[str]) -> Row:
    """A row whose goal is that nothing is found."""
    finds = tuple(finds)
    return Row(claim, tried, "0", str(len(finds)), not finds, finds)


class Size(NamedTuple):
    """How much is tried: councils, three-month stories, grids, editions of changes, and whether the example is."""

    councils: int
    stories: int
    grids: int
    editions: int
    example: bool
    cells: int = len(ranges.GRID)


def sized(seeds: int, *, quick: bool) -> Size:
    """So many councils, and of the rest what goes with them."""
    if quick:
        return Size(1, 1, 1, 2, False, 6)
    return Size(seeds, -(-seeds // 2), -(-seeds // 2), 3 * seeds, True)


def hidden(size: Size) -> Iterator[Row]:
    """Hidden bases and counts that come out, alone, together, and over three months."""
    found = [each for seed in range(FIRST, FIRST + size.councils) for each in editions.one_month(seed)]
    if size.example:
        found += example()
    for which in EDITIONS:
        name = " and ".join(which)
        ours = [each for each in found if each.editions == name]
        about = f"months published: {len(ours)}" + (", one of them the example's" if size.example else "")
        yield from _tallied(f"{name.capitalize()} edition{'s together' if len(which) > 1 else ' alone'}", about, ours)
    back = (find for each in found if each.editions == "public" for find in each.given_back)
    yield none("A count that the public sees rounded comes out exactly", about, back)
    words = [each for each in found if each.editions == "words"]
    tried = f"{sum(each.hidden for each in words)} verdicts of wholes that the public is not shown"
    yield none("A verdict alone leaves one hidden count or two", tried, (find for each in words for find in each.finds))
    refused = (find for each in found if each.editions == "refused" for find in each.finds)
    yield none("A month with small groups is refused", f"councils: {size.councils}", refused)
    yield from alike(size)
    yield from over_months(size)


def alike(size: Size) -> Iterator[Row]:
    """Twins of which nobody may be told apart."""
    kinds = [(seed, each) for seed in range(FIRST, FIRST + size.stories) for each in planted.AUDIENCES[1:]]
    found = [pair for seed, audience in kinds for pair in twins.pairs(seed, audience=audience)]
    tried = f"{len(found)} pages, indexes and spreadsheets of councils that differ in hidden answers alone"
    yield none("A page tells them apart", tried, (f"{each.name}: {each.differ}" for each in found if each.differ))


def over_months(size: Size) -> Iterator[Row]:
    """The same of months in which returns come in late."""
    found = [each for seed in range(FIRST, FIRST + size.stories) for each in editions.three_months(seed)]
    about = f"audits with returns that come late, over three months: {size.stories}"
    for name in ("board", "public", "board and public"):
        ours = [each for each in found if each.editions == name]
        yield from _tallied(f"{name.capitalize()}, three months together", about, ours)
        late = [find for each in ours for find in each.finds if find.startswith("late ")]
        yield none(f"Answers of late files worked out, {name}", about, late)
    steps = [each for each in found if each.editions == "refused"]
    tried = f"{sum(each.hidden for each in steps)} runs, one or two files late"
    yield none("A late return refuses a run", tried, (find for each in steps for find in each.finds))


def _tallied(claim: str, tried: str, found: Sequence[Tally]) -> Iterator[Row]:
    every, one, two = (sum(each[place] for each in found) for place in (1, 2, 3))
    finds = [find for each in found for find in each.finds if not find.startswith("late ")]
    exact = tuple(each for each in finds if " or " not in each)
    either = tuple(each for each in finds if " or " in each)
    wrong = sum(each.wrong for each in found)
    note = f" ({wrong} of our own conclusions wrong)" if wrong else ""
    yield Row(f"{claim}: hidden numbers recovered", tried, "0", f"{one} of {every}{note}", not one and not wrong, exact)
    yield Row(f"{claim}: narrowed to two values", tried, "0", f"{two} of {every}", not two, either)


def example() -> list[Tally]:
    """The example's month, published and attacked."""
    with TemporaryDirectory(prefix="adversary-") as folder:
        told = ["run", EXAMPLE[0], "--as-of", EXAMPLE[1], "--outputs", folder, "--jobs", "1"]
        told += [word for each in planted.AUDIENCES for word in ("--audience", each)]
        ended = CliRunner().invoke(command, told)
        if ended.exit_code:
            return [Tally("refused", 0, 0, 0, (f"the example, exit {ended.exit_code}: {ended.output[-300:]}",), 1)]
        read = {each: list(lines(Path(folder) / each / EXAMPLE[0])) for each in planted.AUDIENCES}
        return [editions.tallied(which, [line for each in which for line in read[each]], {}) for which in EDITIONS]


def breakdowns(size: Size) -> Iterator[Row]:
    """Sensitive breakdowns under other names, and unknown ones; masked tables attacked."""
    for claim, names in (("A sensitive", sensitive.SENSITIVE), ("An unknown", sensitive.UNKNOWN)):
        shown = {name: sensitive.small_counts_shown(name)[0] for name in names}
        finds = (f"{name!r}: {count} counts of 1 to 5" for name, count in shown.items() if count)
        tried = f"{len(names)} names of breakdowns, through ia.release"
        yield none(f"{claim} breakdown shows the board counts of 1 to 5", tried, finds)
    bare = (name for name in sensitive.ORDINARY if not sensitive.small_counts_shown(name)[0])
    yield none("A breakdown that is not sensitive is hidden as if it were", ", ".join(sensitive.ORDINARY), bare)
    for audience in planted.AUDIENCES:
        found = list(sensitive.attacked(range(10 * size.councils), audience))
        yield from _tallied(
            f"Masked tables, {audience}", f"{len(found)} tables of one to four standards by ethnicity", found
        )


def verdicts(size: Size) -> Iterator[Row]:
    """Verdicts and printed ranges against the truth of whole lists."""
    grid = ranges.GRID[: size.cells]
    seen = [each for seed in range(FIRST, FIRST + size.grids) for each in ranges.seen(seed, grid)]
    gone = [each for each in seen if each.planted.missing and each.where != "team"]
    yield _share("A verdict contradicts the truth, answers missing not at random", gone, lambda each: each.wrong, 0.05)
    whole = [each for each in seen if not each.planted.missing and each.where == "data file"]
    yield _share("Nothing is missing, and a verdict is lost", whole, lambda each: each.lost, 0.0)
    for name in ranges.SHORT:
        ours = [each for each in seen if each.planted.cell.name == name and each.where == "page"]
        claim = f"A shortfall of 30 points at 60 files is found ({name})"
        yield _share(claim, ours, lambda each: each.verdict == "not met", 0.9, least=True)
    for edition, where in product(planted.AUDIENCES, ("page", "data file", "team")):
        ours = [each for each in seen if (each.edition, each.where) == (edition, where) and each.has_range]
        claim = f"A range on the {edition} edition's {where} holds the truth"
        yield from [_share(claim, ours, lambda each: not each.misses, 0.95, least=True)] * bool(ours)
    yield _share("A range or share contradicts its verdict", seen, lambda each: each.contradicts, 0.0)
    public = [each for each in seen if each.edition == "public" and each.where == "data file"]
    yield _share("A public row that is shown keeps a range", public, lambda each: each.has_range, 0.8, least=True)
    yield _share("A public row is left with one pair of counts", public, lambda each: each.one_reading, 0.01)


def _share(claim: str, seen: Sequence[Any], holds: Callable[[Any], bool], limit: float, *, least: bool = False) -> Row:
    ours = [each for each in seen if holds(each)]
    share = len(ours) / len(seen) if seen else float(least)
    rare = binom.cdf(len(ours), len(seen), limit) if least else binom.sf(len(ours) - 1, len(seen), limit)
    kept = bool(seen) and rare >= RARE
    odd = tuple(str(each) for each in seen if holds(each) != least)[:20]
    goal = f"{'at least' if least else 'at most'} {limit:.0%}"
    return Row(claim, f"{len(seen):,} rows", goal, f"{share:.1%}", kept, odd)


def texts(size: Size) -> Iterator[Row]:
    """Canaries in every way in and every form, and texts that name nobody."""
    found = canaries.search()
    let = (f"{each.door} | {each.form} | {each.text!a}" for each in found.let_through)
    tried = f"{found.tried} people and numbers; {len(found.known)} pass for a reason that docs/security.md names"
    yield none("A text that gives somebody away is let through", tried, let)
    yield none("A text that names nobody is refused", f"{len(canaries.harmless())} texts", found.refused)
    month = canaries.publish()
    yield none("A month prints somebody of its evidence", "three editions", month.printed)
    claim, stopped = "A commentary that names a child stops the month", f"{month.stopped} of {month.tried}"
    yield Row(claim, "board edition", "all", stopped, month.stopped == month.tried)


def moved(size: Size) -> Iterator[Row]:
    """Changes where nothing moved, and pages that disagree about one."""
    every = range(FIRST, FIRST + size.editions)
    still = [changes.edition(seed, audiences=("board", "public")) for seed in every]
    tried = f"{len(still)} editions of five re-audits with 35 changes, nothing moved"
    hit = ["; ".join(each.false) for each in still if each.false]
    yield _chance("An edition names a change that never happened", tried, len(still), hit)
    some = [changes.edition(seed, moved=changes.THEMES[1]) for seed in every]
    named = sum(len(each.named) for each in some)
    tried = f"{len(some)} editions, one of five audits up by 35 points, {named} changes named"
    yield _chance("A named change never happened", tried, named, [what for each in some for what in each.false])
    whole = changes.edition(FIRST, moved=changes.THEMES[2], audiences=planted.AUDIENCES, whole=True)
    for audience in planted.AUDIENCES:
        ranges_of = [held for each in (*still, *some, whole) for who, held in each.ranges if who == audience]
        claim = f"A range of a change in the {audience} edition holds the true change"
        yield from [_share(claim, ranges_of, bool, 0.95, least=True)] * bool(ranges_of)
    differ = [what for each in (*still, *some, whole) for what in each.disagree]
    tried = "the editions above, one with all pages for three audiences, one after --only"
    yield none("Two pages disagree about a change", tried, differ + changes.one_page_again(FIRST))


def _chance(claim: str, tried: str, number: int, finds: Sequence[str]) -> Row:
    """A row that promises one in twenty, and is broken where so many would be found in fewer than 1 of 100 runs."""
    most = int(binom.ppf(1 - RARE, max(number, 1), 0.05))
    goal = f"about 1 in 20, at most {most}"
    return Row(claim, tried, goal, str(len(finds)), len(finds) <= most, tuple(finds))


PARTS: dict[str, Callable[[Size], Iterator[Row]]] = {
    "hidden": hidden,
    "breakdowns": breakdowns,
    "texts": texts,
    "verdicts": verdicts,
    "changes": moved,
}

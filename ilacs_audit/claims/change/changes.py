"""The verdict on a change between two rounds.

"Is it better than last time?" is the question asked most and answered worst.

A difference between two small samples is mostly chance. The first rule that holds decides, in this order
(methods, 11.2), with D the worthwhile difference and [L, U] the interval for later minus earlier,
turned so that more is better:

    C0  no verdict: fewer than five files in a round
    C1  not comparable: reworded, another list, not drawn by chance, or too few returns
    C2  no worthwhile change: L > -D and U < D
    C3  better: L > 0, and above the rebound range where the area was chosen because it scored worst
    C4  worse: U < 0
    C5  cannot tell

C3 and C4 also have to stand when all changes of the month's audits are judged together (methods, 7.4): of 25
standards that never moved, one or two would otherwise be called changed. A critical standard is worse by its own
range (11.8): one status everywhere, because an alarm that is held back does harm.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import pandas as pd

from ilacs_audit.claims.change.chance import Judge, stand_together
from ilacs_audit.claims.change.comparable import Protocols, Returns, not_comparable
from ilacs_audit.claims.change.rebound import Counts, Guard, rebound_guard
from ilacs_audit.claims.change.two_rounds import Cells, Rounds, earlier_words, limits, pairs, two_rounds
from ilacs_audit.claims.verdicts.by_design import worth
from ilacs_audit.claims.verdicts.direction import LOWER
from ilacs_audit.claims.verdicts.verdicts import Verdict, critical_ids
from ilacs_audit.claims.words import CANNOT_TELL, NO_WORTHWHILE_CHANGE, NOT_COMPARABLE, capital, percent, points
from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import Row, measures, rows, select
from ilacs_audit.domain.standards import Standards
from ilacs_audit.stats.comparison import boschloo
from ilacs_audit.stats.intervals import Interval
from ilacs_audit.stats.sampling import sample_size_change

BETTER, WORSE = "better", "worse"
CRITICAL_UP = "A larger share of what was read failed it. For a critical standard we warn at once."
WORTHWHILE = 0.10
MODERATED_FLOOR = 0.10
TOO_FEW = "Too few were read in one of the rounds for a verdict."
LUCK = "luck could bring as much to one of all the standards compared this month"
AS_READ = "by the answers that came alone it hardly could"
NOT_MODERATED = "None was read again by a second reader."
UNMODERATED = f"Fewer than {percent(MODERATED_FLOOR)} were read again by a moderator."


@dataclass(frozen=True)
class Comparison:
    """What decides how two rounds are compared, besides their counts."""

    worthwhile: float
    standards: Standards | None
    protocols: Protocols | None
    paired: Mapping[str, Cells]
    returns: Returns | None
    moderated: float | None
    family: tuple[Counts, ...]

    @property
    def chosen_because_worst(self) -> bool:
        """Whether the area was picked on its earlier result."""
        return self.protocols is not None and self.protocols[1].chosen_because_worst


def change(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    worthwhile: float = WORTHWHILE,
    standards: Standards | None = None,
    protocols: Protocols | None = None,
    paired: Mapping[str, Cells] | None = None,
    returns: Returns | None = None,
    moderated: float | None = None,
    family: Sequence[Counts] | None = None,
    judge: Judge = stand_together,
) -> pd.DataFrame:
    """Say of each standard in the later round whether it moved, and by what rule.

    Parameters
    ----------
    before, after
        Measures with `compliance` rows of the two rounds.
    worthwhile
        The smallest difference worth acting on, as a share; ten points by default.
    standards, protocols
        The catalogue, and the earlier and the later audit: they decide comparability and rebound.
    paired
        Where the same files were read twice: four counts for a standard id (both, first only, second
        only, neither), and a fifth of files that lack a reading. Without it the rounds are different files.
    returns
        The share of drawn files that came back in each round.
    moderated
        The share of the later round's files that a moderator read again.
    family
        Met and read of every standard of the earlier round; taken from `before` if not given.
    judge
        Which changes stand, by the chance of each; among the standards compared here if not given.

    Returns
    -------
    Measures with `measure="change"`: `value`, `lower`, `upper` are later minus earlier, the counts and
    the period are the later round's, and `note` holds the earlier count in words. Of a change that does not stand
    among all compared, nor would by the answers that came, `lower_limit` is what the missing answers leave of it,
    `upper_limit` what luck could bring.

    >>> read = {"measure": "compliance", "standard_id": "c1", "denominator": 30, "selection": "random"}
    >>> may = measures([{**read, "numerator": 20, "period": "2024-05"}])
    >>> november = measures([{**read, "numerator": 24, "period": "2024-11"}])
    >>> found = change(may, november)
    >>> found["verdict"].item(), found["rule"].item(), found["note"].item()
    ('cannot tell', 'C5', '20 of 30 in May 2024')
    """
    before, after = doors.findings(before), doors.findings(after)
    given.of_kind(standards, Standards, "standards")
    given.share(worthwhile, "worthwhile")
    every = tuple(family) if family is not None else _family(before)
    how = Comparison(worthwhile, standards, protocols, paired or {}, returns, moderated, every)
    found = [_compared(was, now, how) for was, now in pairs(before, after)]
    judged = [(record, rounds) for record, rounds in found if rounds is not None]
    chances = [_chance(*each) for each in judged]
    for place, (stands, (record, rounds)) in enumerate(zip(judge(chances), judged, strict=True)):
        undone = record.get("would_turn") is not None  # by missing answers, which tell nothing where luck does as much
        if not undone and (stands or record["verdict"] not in (BETTER, WORSE)):
            continue
        as_read = _as_read(place, chances, rounds, judge)
        if not (undone and as_read):
            record |= {"would_turn": None} if undone else _withheld(record, rounds, how, as_read=as_read)
            record |= {} if rounds.paired else _hurdle(record, place, chances, rounds, judge)
    return measures(record for record, _ in found)


def withheld(row: Row) -> bool:
    """Whether a change is beyond luck on its own and does not stand among all that are compared."""
    return LUCK in row.reason.lower()


def warning(row: Row) -> bool:
    """Whether more failures of a critical standard are warned of before it is sure that there are more."""
    return row.reason.startswith(CRITICAL_UP) and withheld(row)


def decide(interval: Interval, *, worthwhile: float = WORTHWHILE, lower_is_better: bool = False) -> Verdict:
    """Name a change from its interval alone, turned so that more is better (rules C2 to C5).

    >>> decide(Interval(-0.30, 0.05))[:3]
    ('cannot tell', 'C5', 'A rise of 10 points or more is ruled out.')
    >>> decide(Interval(0.02, 0.08)).verdict
    'no worthwhile change'
    """
    low, high = interval
    rise, fall = ("fall", "rise") if lower_is_better else ("rise", "fall")
    size = points(worthwhile)
    if low > -worthwhile and high < worthwhile:
        return Verdict(NO_WORTHWHILE_CHANGE, "C2", f"Any change is smaller than {size} either way.")
    if low > 0:
        return Verdict(BETTER, "C3", f"The {rise} is at least {size}." if low >= worthwhile else "")
    if high < 0:
        return Verdict(WORSE, "C4", f"The {fall} is at least {size}." if high <= -worthwhile else "")
    ruled_out = rise if high < worthwhile else fall if low > -worthwhile else ""
    return Verdict(CANNOT_TELL, "C5", f"A {ruled_out} of {size} or more is ruled out." if ruled_out else "")


def _compared(was: Row | None, now: Row, how: Comparison) -> tuple[dict[str, Any], Rounds | None]:
    """The record of one standard's change, and the two rounds where they could be compared."""
    record = _about(was, now, how)
    barrier = not_comparable(was, now, standards=how.standards, protocols=how.protocols, returns=how.returns)
    if was is None or barrier:
        return {**record, **Verdict(NOT_COMPARABLE, "C1", barrier)._asdict()}, None
    rounds = two_rounds(was, now, cells=how.paired.get(now.standard_id))
    if rounds is None:
        return {**record, **Verdict("", "C0", TOO_FEW)._asdict()}, None
    guard = _guard(rounds, now, how) if how.chosen_because_worst else None
    by_itself = {"centre": guard.by_itself} if guard else {}
    return {**record, **limits(rounds, was, now), **by_itself, **_verdict(rounds, now, how, guard)._asdict()}, rounds


def _chance(record: Mapping[str, Any], rounds: Rounds) -> float:
    p = rounds.p_value if record["verdict"] in (BETTER, WORSE) else None
    return 1.0 if p is None else p


def _as_read(place: int, chances: Sequence[float], rounds: Rounds, judge: Judge) -> bool:
    """Whether a change that does not stand would stand by the answers that came, so that the missing ones decide."""
    alone = rounds.read_alone.p_value
    if alone is None or not any(rounds.missing):
        return False
    return judge([*chances[:place], alone, *chances[place + 1 :]])[place]


def _hurdle(
    record: Mapping[str, Any], place: int, chances: Sequence[float], rounds: Rounds, judge: Judge
) -> dict[str, float]:
    """What the missing answers leave of a change, and the most that luck could bring to one of all compared."""
    left = rounds.least if any(rounds.missing) else rounds
    (met, read), (now, of) = left.was, left.now

    def stands(later: int) -> bool:
        p = boschloo(met, read, later, of)
        return judge([*chances[:place], 1.0 if p is None else p, *chances[place + 1 :]])[place]

    beyond = range(now, of + 1) if left.difference > 0 else range(now, -1, -1)
    most = beyond[bisect_left(beyond, True, key=stands) - 1] / of - met / read
    turned = -1 if record["direction"] == LOWER else 1
    return {"lower_limit": turned * left.difference, "upper_limit": turned * most}


def _withheld(record: Mapping[str, Any], rounds: Rounds, how: Comparison, *, as_read: bool) -> dict[str, Any]:
    """A change that does not stand among all that are compared: its name and its size are not said, a warning is."""
    luck = f"With the missing answers counted against it, {LUCK}" if any(rounds.missing) else capital(LUCK)
    luck += f"; {AS_READ}." if as_read else "."
    if record["reason"].startswith(CRITICAL_UP):
        return {**record, "reason": f"{record['reason']} {luck}"}
    size = decide(rounds.interval, worthwhile=how.worthwhile, lower_is_better=record["direction"] == LOWER).reason
    reason = f"{luck} {record['reason'].removeprefix(size).strip()}".strip()
    return {**record, "verdict": CANNOT_TELL, "rule": "C5", "reason": reason}


def _about(was: Row | None, now: Row, how: Comparison) -> dict[str, Any]:
    shared = ("theme", "standard_id", "group", "level", "period", "selection", "direction", "target")
    cells = how.paired.get(now.standard_id)
    met, read = (now.numerator, now.denominator) if cells is None else (cells[0] + cells[2], sum(cells[:4]))
    return {
        "measure": "change",
        **{name: getattr(now, name) for name in shared},
        "numerator": met,
        "denominator": read,
        "method": "count",
        "note": earlier_words(was, cells),
    }


def _verdict(rounds: Rounds, now: Row, how: Comparison, guard: Guard | None) -> Verdict:
    lower_is_better = now.direction == LOWER
    found = decide(rounds.interval, worthwhile=how.worthwhile, lower_is_better=lower_is_better)
    if rounds.interval.upper < 0 and now.standard_id in critical_ids(how.standards):
        found = Verdict(WORSE, "C4", CRITICAL_UP)
    if any(rounds.missing):
        found = _missing(found, rounds)
    if guard and found.verdict == BETTER:
        found = _also(found, guard.reason) if guard.stands else Verdict(CANNOT_TELL, "C5", guard.reason)
    claimed = found.verdict != CANNOT_TELL
    if claimed and how.moderated is not None and how.moderated < MODERATED_FLOOR:
        found = _also(found, UNMODERATED if how.moderated else NOT_MODERATED)
    if found.verdict != CANNOT_TELL or rounds.paired:
        return found
    alone = _files_each_round(rounds.was[0] / rounds.was[1], how.worthwhile)
    return found._replace(files_to_tell=None if alone is None else ceil(alone / worth(now.note)))


def _missing(found: Verdict, rounds: Rounds) -> Verdict:
    """Say beside a verdict how little of what is missing undoes what the files read alone would show."""
    known = found.verdict in (BETTER, WORSE) or rounds.paired
    return found._replace(would_turn=None if known else _would_turn(rounds))


def _would_turn(rounds: Rounds) -> int | None:
    """The fewest missing answers that bring zero back into a range which leaves it out by the files read alone."""
    low, high = rounds.read_alone.interval
    (gone_was, gone_now), rise = rounds.missing, low > 0
    fillings = (
        (against_was + against_now, (against_was, gone_now - against_now))
        for against_was in range(gone_was + 1)
        for against_now in range(gone_now + 1)
    )
    for against, (met_was, met_now) in sorted(fillings) if rise or high < 0 else ():
        filled = rounds.filled(met_was, met_now) if rise else rounds.filled(gone_was - met_was, gone_now - met_now)
        if filled.interval.lower <= 0 <= filled.interval.upper:
            return against
    return None


def _guard(rounds: Rounds, now: Row, how: Comparison) -> Guard:
    """What an area picked on its result is to be held against, and the change that comes by itself."""
    family = [(n - k, n) for k, n in how.family] if now.direction == LOWER else how.family
    least = rounds.least
    how_told = {"lower_is_better": now.direction == LOWER, "filled": any(rounds.missing)}
    return rebound_guard(least.was, least.now, family=family, **how_told)


def _files_each_round(level: float, worthwhile: float) -> int | None:
    wanted = level + worthwhile
    return sample_size_change(level, wanted) if level > 0 and wanted < 1 else None


def _also(found: Verdict, more: str) -> Verdict:
    return found._replace(reason=f"{found.reason} {more}".strip())


def _family(before: pd.DataFrame) -> tuple[Counts, ...]:
    """Met and read of every standard of a round, for the whole service."""
    whole = (row for row in rows(select(before, measure="compliance")) if row.group in WHOLE_SERVICE or not row.group)
    return tuple((row.numerator, row.denominator) for row in whole if row.numerator is not None and row.denominator)

"""What was done about what audits found, as far as the register of actions says, and where its thread is lost.

A return tells that a file failed; only the register tells what became of it. An action is about a standard of
an audit and not about one file, so actions are counted as actions and never taken for children put right.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.loop import (
    AHEAD,
    CLOSED,
    FINDING,
    GONE,
    LATE,
    OF_NONE,
    STILL,
    UNCHECKED,
    UNDATED,
    UNREAD,
    standing,
)
from ilacs_audit.analysis.shares import Record, aside, counted, known_words, level_by_level, of_registers, share
from ilacs_audit.analysis.waits import time_to_end
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import bare
from ilacs_audit.domain.measures import Row, in_order, measures, rows
from ilacs_audit.domain.plan import Plan
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.stats.intervals import hypergeometric_interval
from ilacs_audit.stats.missing import ended_by
from ilacs_audit.stats.sampling import zero_failure_size


def put_right(failures: pd.DataFrame, *, actions: pd.DataFrame, audit: str, as_of: date | str) -> pd.DataFrame:
    """Count the actions that are put right, of those that name this audit and a critical standard that failed.

    Takes the `critical_failure` rows and the register of actions. An action is put right where it is closed and no
    check found it still a problem. Gives Measures, `put_right`: a standard that no action names has no row; the note
    tells by when the rest are due.
    """
    failed = [row for row in rows(failures) if row.measure == "critical_failure" and row.numerator]
    ours = actions[actions["audit_id"].map(bare) == bare(audit)] if failed and len(actions) else actions.iloc[:0]
    named = ours["standard_id"].map(bare)
    found = ((row, ours[named == bare(row.standard_id)]) for row in failed)
    return measures(_counted(row, about, pd.Timestamp(parse_day(as_of))) for row, about in found if len(about))


def _counted(row: Row, about: pd.DataFrame, day: pd.Timestamp) -> dict[str, Any]:
    closed = about["closed_on"] <= day
    again = closed & (about["still_a_problem"] == "yes") & ~(about["checked_on"] > day)
    rest = about[~closed | again]
    return {
        **{name: getattr(row, name) for name in ("theme", "standard_id", "group", "level", "period")},
        **{"measure": "put_right", "method": "count", "numerator": len(about) - len(rest), "denominator": len(about)},
        "note": _rest(rest["due_on"], day, again=int(again.sum())) if len(rest) else "",
    }


def _rest(due: "pd.Series[Any]", day: pd.Timestamp, *, again: int) -> str:
    """By when what is not put right is due, what is late, and what was closed too early."""
    dated, late = due.dropna(), int((due < day).sum())
    were = "were " if late == len(due) else ""
    told = [f"the rest {were}due by {date_words(dated.max().date())}"] if len(dated) else []
    told += [f"{late:,} already late"] if 0 < late < len(due) else []
    told += [f"no date set for {len(due) - len(dated):,}"] if len(dated) < len(due) else []
    told += [f"{again:,} closed, and a check found the problem still there"] if again else []
    return "; ".join(told)


NO_AREA = "no area of the plan"
PRIORITY, PARTNER = "priority", "agency asked to act"
AGES = ("up to four weeks late", "five to twelve weeks late", "more than twelve weeks late")
MEASURE_OF = {
    GONE: "action_done",
    LATE: "action_late",
    UNCHECKED: "action_unchecked",
    UNREAD: "action_unread",
    STILL: "action_again",
    AHEAD: "action_ahead",
    UNDATED: "action_undated",
}
ENDS = {GONE: 1, UNCHECKED: 2, UNREAD: 2, STILL: 3}
ENDED = ("action_ends_gone", "action_ends_unproven", "action_ends_still", "action_ends")
DAYS_SINCE = (14, 28, 56, 84)
FEWEST = 10  # fewer that have ended draw no curve
_CODE = re.compile(r"[A-Za-z]{0,6}[-_/ ]?\d[\d/_-]{0,11}")
TRULY = "0.9"  # what a clean check of closed actions is to show: that at least nine in ten are put right


def _handed(work: Dossier) -> Record:
    agencies = {name for audit in work.handed.planned() for name in audit.agencies}
    return {**of_registers("actions")(work), "plan": work.handed.plan(), "agencies": sorted(agencies)}


@accepts(Dossier, _handed)
def action_states(
    actions: pd.DataFrame,
    *,
    as_of: date | str,
    plan: Plan | None = None,
    agencies: Iterable[str] = (),
    period: str = "",
    theme: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count how the actions of a register stand: each in one state, of everything and by area of the plan.

    Returns Measures: `action_done` (closed, and a check found the problem gone), `action_late`, `action_unchecked`,
    `action_unread` (checked, and nobody knows what was found; where there is any), `action_again` (a check found it
    still there), `action_ahead` and `action_undated` are all actions raised by the day; `action_on_day` of those
    closed or late, and `action_unowned` of those open. `action_overdue` is by how late; `action_discussed` has no count
    where the register does not tell. `action_drawn` is, of those closed whose check chance drew, the ones put right,
    with a range for the list they were drawn from. `time_to_close` is the median in days (Kaplan-Meier); `action_ends`
    the share closed by a number of days, `action_ends_...` in each way (Aalen-Johansen), to five points. By priority,
    and by the agency asked to act, where the register tells: a word that few have is put together with others, save
    one of the `agencies`. By team only where `exact`.
    """
    told, day = standing(actions, as_of=as_of), parse_day(as_of)
    early = actions["closed_on"] < actions["raised_on"]
    found: list[Record] = []
    areas = told["area"].map(_areas(plan))
    checked = _checked(told)
    for state, name in MEASURE_OF.items():
        so = told["state"] == state
        found += _if_told(name, so, checked or state not in (GONE, STILL)) if so.any() or state != UNREAD else ()
        found += level_by_level(name, so, areas, group="plan area") if so.any() or state != UNREAD else ()
    found += _kept(told, pd.Timestamp(day))
    found += _drawn_checks(told)
    found += _overdue(told, pd.Timestamp(day))
    found += _times(told, day)
    found += _by_priority(told, day)
    found += _by_partner(told, agencies)
    if exact:
        teams = told["team"].mask(told["team"] == "")
        for state in (LATE, GONE):
            found += level_by_level(MEASURE_OF[state], told["state"] == state, teams, group="team")
    return counted([*found, *aside({"closed before it was raised": early}, "actions")], theme=theme, period=period)


def _if_told(measure: str, so: "pd.Series[Any]", told: bool) -> list[Record]:
    """A share where the register tells of it in any row, else a row without a number: silence is no finding."""
    return share(measure, so) if told or so.empty else [{"measure": measure, "group": "all", "level": "all"}]


def _checked(told: pd.DataFrame) -> bool:
    return bool(told["checked_on"].notna().any() or told["still_a_problem"].isin(("yes", "no")).any())


def _areas(plan: Plan | None) -> Callable[[str], str]:
    titles = {area.id: f"{area.id} {area.title}" for area in plan.areas} if plan else {}
    return lambda code: titles.get(code.strip().upper().partition(".")[0], NO_AREA)


def _kept(told: pd.DataFrame, day: pd.Timestamp) -> Iterator[Record]:
    """Of those whose time was up, closed by their day; of those open, without an owner; and what supervision heard."""
    closed = told["state"].isin(CLOSED)
    judged = told[(closed & told["due_on"].notna()) | (told["state"] == LATE)]
    yield from share("action_on_day", judged["closed_on"].le(judged["due_on"]) & judged["state"].isin(CLOSED))
    owned, heard = told["owner_ref"] != "", told["discussed_on"]
    yield from _if_told("action_unowned", ~owned[~closed], bool(owned.any()))
    yield from _if_told("action_discussed", heard <= day, bool(heard.notna().any()))


def _by_priority(told: pd.DataFrame, day: date) -> Iterator[Record]:
    """How soon actions of each priority are closed, and how many are late; none where no priority is told."""
    levels = known_words(told["priority"], told["action_id"], PRIORITY)
    for level in sorted(set(levels), key=in_order) if (told["priority"] != "").any() else ():
        ours = told[levels == level]
        done = ours["closed_on"].where(ours["state"].isin(CLOSED))
        yield from share("action_late", ours["state"] == LATE, group=PRIORITY, level=level)
        yield from time_to_end("time_to_close", ours["raised_on"], done, day, group=PRIORITY, level=level)


def _by_partner(told: pd.DataFrame, agencies: Iterable[str]) -> Iterator[Record]:
    """How the actions that other agencies were asked for stand, agency by agency; none where no agency is told."""
    ours = told[told["agency"].str.strip() != ""]
    named = {bare(each): each for each in agencies}
    levels = known_words(ours["agency"], ours["action_id"], "agency").where(
        ~ours["agency"].map(bare).isin(named), ours["agency"].map(bare).map(named)
    )
    for state in (GONE, UNCHECKED, LATE, AHEAD, UNDATED) if len(ours) else ():
        yield from level_by_level(MEASURE_OF[state], ours["state"] == state, levels, group=PARTNER)


def _drawn_checks(told: pd.DataFrame) -> Iterator[Record]:
    """Of closed actions that chance drew to be checked, those put right, with a range for the list they came from.

    The list is of those closed when the first of them was looked at, and not checked before that day. While one is not
    checked there is no range: those that are looked at first may be the easy ones. An unread check is none put right.
    """
    closed = told[told["state"].isin(CLOSED)]
    drawn = closed["check_drawn"] == "yes"
    waiting = int((drawn & (closed["state"] == UNCHECKED)).sum())
    first = closed.loc[drawn, "checked_on"].min()
    listed = int((drawn | ((closed["closed_on"] <= first) & ~(closed["checked_on"] < first))).sum())
    for row in share("action_drawn", closed.loc[drawn, "state"] == GONE):
        limits = None if waiting else hypergeometric_interval(row["numerator"], row["denominator"], listed)
        if limits is None:
            yield {**row, "note": f"{waiting} of them not checked yet, so there is no range"}
        else:
            about = {"confidence": 0.95, "population": listed, "method": "hypergeometric"}
            yield {**row, **about, "lower": limits.lower / listed, "upper": limits.upper / listed}


def _overdue(told: pd.DataFrame, day: pd.Timestamp) -> Iterator[Record]:
    late = told.loc[told["state"] == LATE, "due_on"]
    weeks = (day - late).dt.days
    band = weeks.map(lambda days: AGES[(days > 28) + (days > 84)]).astype(object)
    for age in AGES:
        yield from share("action_overdue", band == age, group="time overdue", level=age)


def _times(told: pd.DataFrame, day: date) -> Iterator[Record]:
    """How long actions take to be closed, and how many have been closed in which way by when."""
    ours = told[told["raised_on"].notna()]
    done = ours["closed_on"].where(ours["state"].isin(CLOSED))
    yield from time_to_end("time_to_close", ours["raised_on"], done, day)
    if int(done.notna().sum()) < FEWEST:
        return
    waits = (done.fillna(pd.Timestamp(day)) - ours["raised_on"]).dt.days
    ends = ours["state"].map(ENDS).fillna(0).astype(int)
    for days in DAYS_SINCE:
        if days > waits.max():
            return
        shares = [*ended_by(waits.tolist(), ends.tolist(), day=days), 0.0, 0.0][: max(ENDS.values())]
        for name, value in zip(ENDED, (*shares, sum(shares)), strict=True):
            about = {"measure": name, "group": "time since it was raised", "level": f"{days} days"}
            yield {**about, "method": "aalen-johansen", "value": round(20 * float(value)) / 20}


def loop_counts(
    loop: pd.DataFrame,
    findings: pd.DataFrame,
    *,
    programme: Programme,
    standards: Standards,
    seed: int,
    period: str = "",
    theme: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count what is closed on paper, what comes again, and where the thread from finding to last look is lost.

    Takes `action_loop` and `open_findings`. Returns Measures: `action_paper` of those closed, and by standard;
    `action_repeats`, by standard too; `finding_unacted` of findings older than four weeks, `finding_fresh` of the rest;
    `action_astray` of those that name a finding, where there is none such; `action_of_none`; `action_owner_left`;
    `action_not_reopened` of those that a check found still a problem; `action_recheck`, how many of those closed and
    never checked somebody should check, drawn by `seed`. Codes of actions are told only where `exact`.
    """
    state, closed = loop["state"], loop[loop["state"].isin(CLOSED)]
    naming, still = loop[loop["names"] != OF_NONE], loop[state == STILL]
    owned = loop[~state.isin(CLOSED) & (loop["owner_ref"] != "")]
    fresh, about = findings["fresh"].astype(bool), (programme, standards)
    named = bool((loop["standard_id"] != "").any())
    found = [
        *_on_paper(closed),
        *_if_told("action_repeats", loop["repeats"], named),
        *_if_told("finding_unacted", ~findings.loc[~fresh, "acted"], named),
        *_if_told("finding_fresh", ~findings.loc[fresh, "acted"], named),
        *share("action_astray", naming["names"] != FINDING),
        *_if_told("action_of_none", loop["names"] == OF_NONE, named),
        *share("action_owner_left", owned["owner_left"]),
        *share("action_not_reopened", ~still["reopened"]),
        *_by_standard("action_paper", closed, closed["paper"], about, "standard closed on paper"),
        *_by_standard("action_repeats", loop, loop["repeats"], about, "standard raised again"),
        *_recheck(closed[closed["state"].isin((UNCHECKED, UNREAD))], seed, exact),
    ]
    for each in closed[closed["paper"]].itertuples() if exact else ():
        found.append(_coded("action_paper", each) | {"note": _why(each, programme)})
    return counted(found, theme=theme, period=period)


def _on_paper(closed: pd.DataFrame) -> Iterator[Record]:
    """Those known to fail, and as `upper` those too of which neither a check nor a later audit says anything."""
    may = closed["paper"] | closed["state"].isin((UNCHECKED, UNREAD))
    for each in _if_told("action_paper", closed["paper"], bool((closed["paper"] | ~may).any())):
        yield each | ({"upper": float(may.mean())} if may.sum() > each.get("numerator", len(closed)) else {})


def _by_standard(
    measure: str, of: pd.DataFrame, so: "pd.Series[Any]", about: tuple[Programme, Standards], group: str
) -> Iterator[Record]:
    """The standards of which any is so, each with how many of its actions are; and what says that one is not met."""
    programme, standards = about
    for code, ours in of[of["standard"] != ""].groupby("standard"):
        if so[ours.index].any():
            seen = {programme[audit].title for audit in ours.loc[so[ours.index], "failing"] if audit}
            note = f"Not met in: {'; '.join(sorted(seen))}" if seen and measure == "action_paper" else ""
            level = f"{standards[str(code)].plain.rstrip('.')} ({code})"
            yield from share(measure, so[ours.index], group=group, level=level, note=note)


def _recheck(closed: pd.DataFrame, seed: int, exact: bool) -> Iterator[Record]:
    """How many of those closed without a check are to be checked, and which: drawn in the order of their codes."""
    if closed.empty:
        return
    ordered = closed.sort_values("action_id", kind="stable")
    size = zero_failure_size(len(ordered), target=TRULY) or len(ordered)
    told = {"measure": "action_recheck", "group": "all", "level": "all"}
    yield {**told, "numerator": size, "denominator": len(ordered), "note": f"Drawn with the seed {seed}."}
    drawn = sorted(random.Random(seed).sample(range(len(ordered)), size)) if exact else ()
    for each in ordered.iloc[[*drawn]].itertuples():
        yield _coded("action_recheck", each) | {"note": _closed(each)}


def _coded(measure: str, each: Any) -> Record:
    """A row about one action, under its code; what is no plain code may be a name, and is not told."""
    code = each.action_id if _CODE.fullmatch(each.action_id) else f"(code not shown, line {each.Index + 1})"
    return {"measure": measure, "group": "action", "level": code, "standard_id": each.standard, "numerator": 1}


def _closed(each: Any) -> str:
    return f"Closed on {date_words(each.closed_on.date())}"


def _why(each: Any, programme: Programme) -> str:
    """Why an action counts as closed on paper."""
    on = f" on {date_words(each.checked_on.date())}" if each.state == STILL and not pd.isna(each.checked_on) else ""
    told = [f"a check{on} found the problem still there" if each.state == STILL else "no check is recorded"]
    told += [f"not met in: {programme[each.failing].title}"] if each.failing else []
    return "; ".join((_closed(each), *told))

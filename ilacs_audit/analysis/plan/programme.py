"""Whether the audits that were promised are done, where nobody has looked, and how many there are to look.

Fed by the programme and by which file was read where, by whom and when: a blank is the finding, so what was never
looked at has a row as well.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.shares import Record, counted, share
from ilacs_audit.domain.calendar import add_months, date_words, parse_day
from ilacs_audit.domain.columns import FIRST
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP
from ilacs_audit.domain.measures import CROSS
from ilacs_audit.domain.plan import Area, Plan
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import Standards

FILES = ("audit_id", "team", "rater_ref", "on")
YEAR, SEASON = 12, 3  # months: how long a look counts; after how many an audit without a return is given up
PLACE = f"practice area{CROSS}team"


def read_once(answers: pd.DataFrame, *, roles: Collection[str] = FIRST) -> pd.DataFrame:
    """A row for each file that one of these roles read, as its latest answer tells it: its audit, team, reader, day."""
    first = answers[answers["role"].isin(roles)].sort_values("audited_on", kind="stable", na_position="first")
    once = first.drop_duplicates(["audit_id", "child_ref"], keep="last")
    return once.assign(on=once["audited_on"])[[*FILES]]


def programme_kept(
    programme: Programme, files: pd.DataFrame, *, as_of: date | str, period: str = "", theme: str = ""
) -> pd.DataFrame:
    """Count the audits whose last day came in the twelve months to a day: done, late, given up, or cut short.

    `files` has a row a file read (`FILES`). Returns Measures: `audit_done` (a return came), `audit_late` (none yet),
    `audit_abandoned` (none three months after the last day), all of those due; `audit_short`, fewer files than were
    intended, of those done; `round_held`, of the rounds that an audit booked for a day that has come, those begun
    within four weeks of it; and `audit_owed`, an audit without a return by its title and last day.
    """
    day = parse_day(as_of)
    came = {str(name): len(ours) for name, ours in files.groupby("audit_id")}
    due = [each for each in programme if add_months(day, -YEAR) < each.until <= day]
    done = _flags(each.id in came for each in due)
    old = _flags(each.until < add_months(day, -SEASON) for each in due)
    sized = [each for each in due if each.id in came and each.intended]
    booked = [each for each in programme if each.next_on and add_months(day, -YEAR) < each.next_on <= day]
    found = [
        *share("audit_done", done),
        *share("audit_late", ~done & ~old),
        *share("audit_abandoned", ~done & old),
        *share("audit_short", _flags(came[each.id] < (each.intended or 0) for each in sized)),
        *share("round_held", _flags(_held(each, programme, came) for each in booked)),
        *(_owed(each) for each in due if each.id not in came),
        *_told_to(programme, day),
    ]
    return counted(found, theme=theme, period=period)


def _flags(said: Any) -> "pd.Series[Any]":
    return pd.Series([*said], dtype=bool)


def _told_to(programme: Programme, day: date) -> list[Record]:
    """How many audits the programme tells of, and the last of its days that has come, for the trust box."""
    last = max((min(each.until, day) for each in programme if each.on <= day), default=None)
    level = f"audits of the programme to {date_words(last)}" if last else "audits of the programme"
    every = pd.Series(True, index=range(len(programme.audits)))
    return share("rows_read", every, group="register", level=level)


def _owed(audit: Audit) -> Record:
    level = f"{audit.title}, whose last day was {date_words(audit.until)}"
    return {"measure": "audit_owed", "group": "audit without a return", "level": level, "numerator": 0}


def _held(audit: Audit, programme: Programme, came: Collection[str]) -> bool:
    """Whether an audit of the theme was begun after this one and no later than four weeks after the day booked."""
    assert audit.next_on is not None
    later = (each for each in programme if each.theme == audit.theme and each.on > audit.until and each.id in came)
    return any((each.on - audit.next_on).days <= 28 for each in later)


def coverage(
    programme: Programme,
    files: pd.DataFrame,
    *,
    asked: Collection[str],
    standards: Standards,
    plan: Plan,
    teams: Collection[str],
    as_of: date | str,
    period: str = "",
    theme: str = "",
) -> pd.DataFrame:
    """Tell when each practice area was last looked at, in each of the teams, and where nobody ever was.

    `asked` are the standards that audits of the twelve months asked about. Returns Measures: of the pairs of a
    practice area and a team `place_never`, those without a file read at any time, where there may be no such work, and
    of the others `place_unseen`, those without one in twelve months; `area_seen` (areas of the plan) and
    `standard_asked` of all there are, and `area_unseen` by name; by "practice area" and, where there are teams, by area
    and team, `looked_at` (whole months since a file of it was last read) or `not_looked_at`.
    """
    day = parse_day(as_of)
    themes = {each.id: each for each in programme}
    seen = files.assign(theme=[themes[name].theme for name in files["audit_id"]])
    named = {*seen.loc[seen["team"] != "", "theme"]}  # where no return names a team, no blank is a finding
    told = [area for area in standards.themes if area.id in named or area.id not in set(seen["theme"])]
    places = [(area.id, area.title, team) for area in told for team in sorted(teams)]
    last = {pair: _day(ours["on"]) for pair, ours in seen.groupby(["theme", "team"])}
    since = [_months(last.get((code, team)), day) for code, _, team in places]
    own = {each.id: each.areas for each in standards.themes}
    recent = [each for each in programme if _fresh(each, files, day)]
    looked = {code.partition(".")[0] for each in recent for code in each.areas or own.get(each.theme, ())}
    found = [
        *share("place_never", _flags(months is None for months in since)),
        *share("place_unseen", _flags(months >= YEAR for months in since if months is not None)),
        *share("area_seen", _flags(area.id in looked for area in plan.areas)),
        *share("standard_asked", _flags(each.id in asked for each in standards)),
        *(_unseen(area) for area in plan.areas if area.id not in looked),
    ]
    for area in standards.themes:
        whole = _months(_day(seen.loc[seen["theme"] == area.id, "on"]), day)
        found.append(_since(whole, "practice area", area.title))
    for (_, title, team), months in zip(places, since, strict=True):
        found.append(_since(months, PLACE, f"{title}{CROSS}{team}"))
    return counted(found, theme=theme, period=period)


def _unseen(area: Area) -> Record:
    told = {"measure": "area_unseen", "group": "area nobody looked at", "numerator": 0}
    return {**told, "level": f"{area.id} {area.title}"}


def _day(days: "pd.Series[Any]") -> date | None:
    known = days.dropna()
    return known.max().date() if len(known) else None


def _months(last: date | None, day: date) -> int | None:
    """Whole months from a day to another; none where there was no such day."""
    if last is None:
        return None
    months = 12 * (day.year - last.year) + day.month - last.month
    return max(0, months - (add_months(last, max(0, months)) > day))


def _fresh(audit: Audit, files: pd.DataFrame, day: date) -> bool:
    return add_months(day, -YEAR) < audit.until and audit.on <= day and audit.id in set(files["audit_id"])


def _since(months: int | None, group: str, level: str) -> Record:
    told = {"measure": "looked_at", "numerator": months} if months is not None else {"measure": "not_looked_at"}
    return {"numerator": 0, **told, "group": group, "level": level}


def capacity(
    programme: Programme,
    files: pd.DataFrame,
    *,
    as_of: date | str,
    period: str = "",
    theme: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count who read in twelve months and how much, and what is booked for the next three.

    Returns Measures: `auditors_reading`, `auditor_files` (files an auditor, the median), `files_booked` and
    `files_booked_each`. Without a number where returns do not say who read; not made of fewer than five for a shared
    page, since each of them would be told of.
    """
    day = parse_day(as_of)
    recent = {audit.id for audit in programme if audit.until > add_months(day, -YEAR)}
    year = files[files["audit_id"].isin(recent) & (files["rater_ref"] != "")]
    each = year.groupby("rater_ref").size()
    if len(each) and len(each) < FEWEST_IN_A_GROUP and not exact:
        return counted((), theme=theme, period=period)
    ahead = [size or 0 for on, _, size in programme.booked(day) if on <= add_months(day, SEASON)]
    found: Iterator[tuple[str, int | None]] = iter((
        ("auditors_reading", len(each) or None),
        ("auditor_files", int(each.median()) if len(each) else None),
        ("files_booked", sum(ahead)),
        ("files_booked_each", -(-sum(ahead) // len(each)) if len(each) else None),
    ))  # fmt: skip  # a table, a line a row
    about = {"group": "all", "level": "all", "note": date_words(day)}
    return counted(
        ({**about, "measure": name, "numerator": count} for name, count in found), theme=theme, period=period
    )

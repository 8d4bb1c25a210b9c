"""The tables of a report on a register: counts of everybody, or one line a team, outcome or plan."""

from calendar import month_name
from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.registers import DAYS, LEFT, is_register, most_words, name_of, of_whom
from ilacs_audit.claims.sentences.teams import GROUP_MET, equity_help, finding, heading
from ilacs_audit.claims.words import capital, counted, period_words, written_out
from ilacs_audit.disclosure.gate.emptied import LOW_BASE
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.gate.release import DROPPED
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.display.figures import k_of_n, likely_range, rounding_words, share
from ilacs_audit.display.fragments import Fragment, Fragments, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable, text_table
from ilacs_audit.display.tables.marks import Bar, place
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import CROSS, Row
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards

PSEUDONYMS = "Workers stand under the pseudonyms that the store gives them."
UNNAMED = "not recorded"
TOO_SMALL = "Too small to show this month."
COUNT, SCALE = "Count", ("0", "50", "100%")


@accepts(Page, lambda page: {"released": page.released})
def register_table(
    released: pd.DataFrame,
    *,
    by: str = "all",
    measures: Sequence[str] = (),
    finding: str = "",
    caption: str = "",
    fold: str = "",
) -> Fragment:
    """Show what a report on a register counted: a line a measure, or with `by` a line a month or a level of that group.

    `measures` chooses and orders what is shown. One measure has a bar a line; several by a group stand side by side.
    Nothing is shown where nothing was counted. Under a `fold` it stays off paper.
    """
    group = "all" if by == "month" else by
    known = [row for row in released_rows(released) if is_register(row) and row.group == group]
    months = [row._replace(level=_of_month(row)) for row in sorted(known, key=lambda row: row.period)]
    found = months if by == "month" else known
    kinds = list(measures) or list(dict.fromkeys(row.measure for row in found))
    ours = sorted((row for row in found if row.measure in kinds), key=lambda row: kinds.index(row.measure))
    gone = {row.measure for row in ours if row.level == DROPPED} - {row.measure for row in ours if not row.hidden}
    shown = [row for row in ours if row.level != DROPPED and row.measure not in gone]
    dropped = " ".join(dict.fromkeys(row.note for row in ours if row.level == DROPPED))
    if not shown:
        left = fragment("register_table", template="list.html.j2", heading=finding, items=[dropped or TOO_SMALL])
        return left if ours else nothing("register_table")
    wide = CROSS in by or (by != "all" and len(kinds) > 1)
    columns, lines = _side_by_side(shown, by) if wide else _barred(shown, by)
    return fragment(
        "register_table",
        template="part.html.j2",
        data={"released": records(row._replace(level=group) if by == "month" else row for row in ours)},
        finding=finding,
        table=PageTable(caption or _caption(shown, by), columns, lines),
        note=" ".join(
            filter(None, (dropped, *_left(ours), PSEUDONYMS if by == "worker" else "", rounding_words(ours)))
        ),
        fold=fold,
    )


def _of_month(row: Row) -> str:
    return ", ".join(filter(None, (period_words(row.period), row.as_told)))


def _left(ours: Sequence[Row]) -> tuple[str, ...]:
    """Why counts are left as an earlier edition told them, and on which day that was where their lines do not say."""
    days = dict.fromkeys(row.as_told for row in ours if row.as_told)
    lined = {row.group for row in ours} == {"all"}
    return (*(() if lined else map(capital, (f"{each}." for each in days))), *((LEFT,) if days else ()))


_HEADINGS = {
    "all": "Of everything on the register",
    "survey": "Who answered, of those who were asked",
    "survey question": "What those who answered said",
    "plan area": "Actions, area by area of the plan",
    "role with a vacant post": "Posts",
    "support": "Support that young people are named for",
    "risk": "How great the risk is",
    "screening theme": "What the risk is about",
    "recommendation": "What was recommended",
    "reason of contact": "Why other authorities made contact",
    "panel decision": "What panels decided",
    "panel": "Which panel heard it",
    "placement type": "Where children live",
    "cost band": "What it costs",
    "bed state": "Beds of our own homes",
    "how matched": "How they were found in the hubs' register",
    "cohort": "Who came, cohort by cohort",
}


@accepts(Page, lambda page: {"released": page.released})
def register_tables(released: pd.DataFrame) -> Fragments:
    """Show all that a report on a register counted, a table a group, in the order in which the report gives them."""
    groups = dict.fromkeys(row.group for row in released_rows(released) if is_register(row))
    made = [register_table(released, by=each, finding=_HEADINGS.get(each, capital(each))) for each in groups]
    return Fragments(tuple(made))


def _caption(shown: Sequence[Row], by: str) -> str:
    """What the lines are: of one measure whom it counts, of several by what."""
    if by == "all":
        return "What was counted, of how many."
    of = capital(of_whom(shown[0]) if len({row.measure for row in shown}) == 1 else "counts")
    return f"{of}, by {by.replace(CROSS, ' and ')}."


def _barred(shown: Sequence[Row], by: str) -> tuple[tuple[Column, ...], tuple[Line, ...]]:
    """A line a row, with the share as a bar."""
    columns = (
        Column("What was counted" if by == "all" else capital(by)),
        Column("Share", "chart", SCALE),
        Column(COUNT if len({row.measure for row in shown}) > 1 else name_of(shown[0]), "num"),
    )
    named = (
        ", ".join(filter(None, (name_of(row), row.as_told)))
        if by == "all"
        else capital(written_out(row.level)) or UNNAMED
        for row in shown
    )
    return columns, tuple(
        Line(name, (_bar(row), Cell(k_of_n(row), _most(row))), reference=row.reference)
        for name, row in zip(named, shown, strict=True)
    )


def _side_by_side(shown: Sequence[Row], by: str) -> tuple[tuple[Column, ...], tuple[Line, ...]]:
    """A line a level, with a column a measure; of a two-way table the second level has the line, the first a column."""
    placed = {(_line(row, by), _kind(row, by)): row for row in shown}
    levels, kinds = (list(dict.fromkeys(place[at] for place in placed)) for at in (0, 1))
    unseen = {level for (level, _), row in placed.items() if row.hidden}  # an empty count of a hidden group would tell
    cells = {level: tuple(_count(placed.get((level, kind)), level in unseen) for kind in kinds) for level in levels}
    columns = (Column(capital(by.rpartition(CROSS)[2])), *(Column(capital(title), "num") for title in kinds))
    return columns, tuple(Line(capital(written_out(level)) or UNNAMED, cells[level]) for level in levels)


def _line(row: Row, by: str) -> str:
    return row.level.split(CROSS, 1)[1] if CROSS in by else row.level


def _kind(row: Row, by: str) -> str:
    return row.level.split(CROSS, 1)[0] if CROSS in by else name_of(row)


def _count(row: Row | None, unseen: bool) -> Cell:
    return (
        Cell(CONFIDENTIAL if unseen else UNNAMED)
        if row is None
        else Cell(k_of_n(row), (*filter(None, (share(row) if row.numerator is not None else "",)), *_most(row)))
    )


def _most(row: Row) -> tuple[str, ...]:
    return tuple(filter(None, (most_words(row),)))


def _bar(row: Row) -> Cell:
    told = share(row) if row.denominator != 0 and row.method != DAYS else ""
    if not told:
        if row.method == DAYS:
            return Cell(small=(f"likely {likely_range(row)}",) if row.lower else ("no range",))
        untold = None in (row.numerator, row.denominator)
        return Cell(small=("hidden" if row.hidden else "no share" if untold else "too few to draw",))
    ranged = (
        (f"likely {likely_range(row, people='').strip()}",) if row.lower is not None and row.method != "count" else ()
    )
    return Cell(bars=(Bar(f"{k_of_n(row)}, {told}.", place(row.value) or 0.0, told, "accent"),), small=ranged)


AIMS = "What each course should move, and when that is looked at again. To have attended moves nothing by itself."
NO_AIM, NO_LOOK = "no standard is named in the programme", "no round after it is planned"


def _aims(page: Page) -> dict[str, Any]:
    about = {"standards": page.about.standards, "as_of": page.about.as_of}
    return {"released": page.released, "programme": page.about.handed.planned(), **about}


@accepts(Page, _aims)
def aims_table(
    released: pd.DataFrame,
    *,
    programme: Programme,
    standards: Standards,
    as_of: date | str,
    finding: str = "",
    caption: str = AIMS,
) -> Fragment:
    """Show of each course the standards that it should move, and the round that looks at them after it has ended.

    It ends with its last day in the programme or its last session in the register, whichever is later.
    """
    found = [row for row in released_rows(released) if row.group == "course"]
    held = {row.level: _last_session(row) for row in found if row.measure == "session_days"}
    day, courses = parse_day(as_of), dict.fromkeys(row.level for row in found)
    lines = [
        (capital(written_out(each)), *_aim(each, programme, standards, day, held.get(each, date.min)))
        for each in courses
    ]
    columns = ("Course", "Standards that it should move", "First looked at after it", "Next")
    table = text_table(caption, columns, lines)
    return (
        fragment("aims_table", template="part.html.j2", finding=finding, table=table)
        if lines
        else nothing("aims_table")
    )


def _last_session(row: Row) -> date:
    day, month, year = row.note.split()[:3]
    return date(int(year), [*month_name].index(month), int(day))


def _aim(course: str, programme: Programme, standards: Standards, day: date, held: date) -> tuple[str, ...]:
    named = [(audit, each) for audit in programme for each in audit.interventions if each.title == course]
    if not named:
        return NO_AIM, NO_LOOK, "none"
    codes = dict.fromkeys(code for _, each in named for code in each.standards)
    plain = "; ".join(f"{standards[code].plain.rstrip('.')} ({code})" for code in codes) or NO_AIM
    ended = max(held, *(each.until for _, each in named))
    theirs = {each for audit, _ in named for each in programme.series(audit.id)}
    looks = {on: each.title for each in theirs if (on := each.ahead(day))} | {each.on: each.title for each in theirs}
    after = sorted(each for each in looks.items() if each[0] > ended)
    told = [f"{title}, {date_words(on)}{' (booked)' if on > day else ''}" for on, title in after]
    ahead = [words for (on, _), words in zip(after, told, strict=True) if on > day]
    return plain, (told or [NO_LOOK])[0], ahead[0] if ahead and ahead[0] != told[0] else "none"


ACTION, PAPER, AGAIN = "action", "standard closed on paper", "standard raised again"
BY_CODE, ONE_BY_ONE = ("Action", "Standard", "What is known"), "Action by action"
_ACTIONS = {  # what is told of actions by standard or by code: what its table finds, its caption, its columns
    ("action_paper", PAPER): (
        "Closed on paper, failing in practice",
        "Standards on which a closed action has not worked, and the later audit that says so.",
        ("Standard", "Actions, of those closed", "What a later audit says"),
    ),
    ("action_repeats", AGAIN): (
        "Found again after it was closed",
        "Standards on which an action was closed, and another has been raised since.",
        ("Standard", "Raised again, of all actions on it"),
    ),
    ("action_paper", ACTION): ("Which are closed on paper", "Actions that failed in practice.", BY_CODE),
    ("action_recheck", ACTION): ("Which to check now", "Actions to look at again, drawn by chance.", BY_CODE),
}


_FOLDS = {ACTION: ONE_BY_ONE, AGAIN: "Standard by standard"}


@accepts(Page, lambda page: {"released": page.released})
def actions_table(released: pd.DataFrame, *, by: str = "standard") -> Fragments:
    """Show the standards on which actions are closed on paper or raised again, or `by` "action" the actions by code."""
    found, made = [row for row in released_rows(released) if not row.hidden], []
    for (measure, group), (title, caption, columns) in _ACTIONS.items():
        ours = [row for row in found if (row.measure, row.group) == (measure, group)]
        if ours and (group == ACTION) is (by == ACTION):
            lines = [(row.level, *_told(row))[: len(columns)] for row in ours]
            table, data = text_table(caption, columns, lines), {"released": records(ours)}
            said: dict[str, Any] = {"finding": title, "table": table, "fold": _FOLDS.get(group, "")}
            made.append(fragment("actions_table", template="part.html.j2", data=data, **said))
    return Fragments(tuple(made))


def _told(row: Row) -> tuple[str, str]:
    first = row.standard_id or UNNAMED if row.group == ACTION else k_of_n(row)
    return first, row.note.replace(LOW_BASE, "").strip() or "A check found the problem still there"


WOULD_HELP = "What would help"
GROUPS_CAPTION = "Files that met the first standard of each theme, of those read in twelve months."
GROUPS_COLUMNS = ("Group and standard", "This group", "All others", "What can be said")


_EQUITY = (GROUP_MET, "children_known", "compared_enough")


@accepts(Page, lambda page: {"released": page.of(measure=_EQUITY), "standards": page.about.standards})
def equity_tables(released: pd.DataFrame, *, standards: Standards) -> Fragments:
    """Show what would let somebody tell, and each group of children beside all others, folded, by characteristic."""
    told = released_rows(released)
    found = [row for row in told if row.measure == GROUP_MET and not row.hidden]
    names = {each.id: each.plain for each in standards}
    groups = dict.fromkeys(row.group for row in found)
    made = [_group_table([row for row in found if row.group == group], names) for group in groups]
    helps = equity_help(told)
    first = fragment("equity_tables", template="list.html.j2", heading=WOULD_HELP, items=helps)
    return Fragments((first if helps else nothing("equity_tables"), *made))


def _group_table(found: Sequence[Row], names: dict[str, str]) -> Fragment:
    apart = [row for row in found if row.verdict == "different"]
    said = f"{len(apart) or 'none'} {'stand' if len(apart) > 1 else 'stands'} out from luck"
    lines = [
        (
            f"{heading(row)}: {names.get(row.standard_id, row.standard_id)}",
            k_of_n(row),
            row.reason,
            capital(finding(row)),
        )
        for row in found
    ]
    return fragment(
        "equity_tables",
        template="part.html.j2",
        data={"released": records(found)},
        finding=f"{capital(found[0].group)}: of {counted(len(found), 'comparison')} {said}",
        table=text_table(GROUPS_CAPTION, GROUPS_COLUMNS, lines),
        fold="Group by group",
    )

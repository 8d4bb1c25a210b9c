"""Who did not return, what each source says side by side, where sources conflict, and what a grade follows from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.registers import name_of
from ilacs_audit.claims.sources import (
    APART_ON,
    BESIDE,
    CAME,
    READ_BY,
    READERS,
    READERS_AGREE,
    SECOND,
    SHORT_REGISTER,
    SURVEY,
    WHOLE_REGISTER,
    Names,
    alone,
    each_once,
    ends_words,
    kind_of,
    longer_list,
    of_month,
    same_list,
    turning_words,
)
from ilacs_audit.claims.verdicts.missing_returns import APART, TOGETHER
from ilacs_audit.claims.words import clause, listed, percent, period_words
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL, IN_TABLE
from ilacs_audit.display.figures import asks, k_of_n, share
from ilacs_audit.display.fragments import Fragment, Fragments, fragment, nothing, records, released_rows
from ilacs_audit.display.looks import verdict_of
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row, in_order
from ilacs_audit.domain.plan import Plan
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import Standards

CAME_OF = "Answers that came, of those asked for: of agencies, those of partners; the council's own are in no share."
NO_RETURNS = "It has sent no return here: what it found stands on no page."
OTHERS_THINK = "People who did not answer a survey may think otherwise than those who did."
HOW_TO_READ = (
    "Read across: in each cell the files that met the standard, and what that source alone says of it. Conflicts come "
    "first, then where one source is sure and another is not. A dash: it says nothing. Same on: files on which it and "
    "the auditors agree. Sources of other months or lists contradict nobody, however far they part."
)
OTHER_LIST = "of another list than the files that were read"
SAY_THE_SAME = "Standards on which no source says otherwise"
NOTHING_SAID = Cell("–", tint="none")
WIDE = "stack ia-sources"
FOLD = "Each audit with grades, and the questions that decide them"
NONE_AGAINST = "No grade contradicts the answers of its file."
SIDE_BY_SIDE = "What each source says, with its own verdict; none is put together with another."
BOUNDS = (
    "First what came; under it the fewest and the most of what was asked: if every missing return failed the standard, "
    "and if every one met it. “Cannot tell” has two reasons. Where what came reaches the target or falls short, the "
    "missing returns could turn that, and how few of them is told. Where nothing more stands, what came is too few."
)


def _of_page(page: Page) -> dict[str, Any]:
    about = page.about
    return {"released": page.released, "programme": about.handed.planned(), "period": about.period}


def _judged(page: Page) -> dict[str, Any]:
    about = {name: each for name, each in _of_page(page).items() if name != "period"}
    return {**about, "standards": page.about.standards, "plan": page.about.handed.plan()}


@accepts(Page, _of_page)
def returns_table(released: pd.DataFrame, *, programme: Programme, period: str = "", finding: str = "") -> Fragment:
    """Show how many answered of those who were asked: agencies by audit, partners by themselves, families."""
    found = released_rows(released)
    came = [row for row in found if row.measure == CAME and row.group == "audit"]
    families = [row for row in found if row.measure == "survey_answered"]
    lines = [_asked_line(row, found, programme, period) for row in came]
    lines += [_line(f"Survey: {row.level}", row, "") for row in families]
    columns = (Column("Who was asked"), Column("Came", "num"), Column("Who sent how many", "words"))
    table = PageTable(CAME_OF, columns, tuple(lines), layout=WIDE)
    data = {"released": records([row for row in found if row.measure == CAME] + families)}
    made: dict[str, Any] = {"finding": finding, "table": table, "data": data, "note": OTHERS_THINK if families else ""}
    return fragment("returns_table", template="part.html.j2", **made) if lines else nothing("returns_table")


def _line(title: str, row: Row, told: str) -> Line:
    return Line(title, (Cell(", ".join(filter(None, (k_of_n(row), share(row))))), Cell(told) if told else NOTHING_SAID))


def _asked_line(row: Row, found: Sequence[Row], programme: Programme, period: str) -> Line:
    month = f", {period_words(row.period)}" if row.period != period else ""
    each = [one for one in found if one.measure == CAME and one.group == "agency"]
    ours = [(one, name) for one in each for name, _, audit in [one.level.rpartition(" in ")] if audit == row.level]
    owing = [f"{name} {k_of_n(one)}" for one, name in ours if one.hidden or one.numerator != one.denominator]
    told = f"{listed(owing)}." if owing else "Every return came."
    return _line(f"{programme[row.level].title}{month}", row, told if ours else NO_RETURNS if not row.numerator else "")


@accepts(Page, lambda page: {name: each for name, each in _judged(page).items() if name != "plan"})
def bounds_table(released: pd.DataFrame, *, programme: Programme, standards: Standards, finding: str = "") -> Fragments:
    """Show each standard as agencies answered it, between its ends; for each audit of which returns are missing."""
    found = [row for row in released_rows(released) if row.measure in (TOGETHER, APART)]
    whole = [row for row in found if row.measure == TOGETHER]
    audits = dict.fromkeys(row.level for row in whole if row.missing)
    return Fragments(tuple(_bounds(each, found, programme, standards, finding) for each in audits))


def _bounds(audit: str, found: Sequence[Row], programme: Programme, standards: Standards, finding: str) -> Fragment:
    ours = each_once([row for row in found if row.level == audit or row.level.endswith(f" in {audit}")])
    levels = dict.fromkeys(row.level for row in ours)
    placed = {(row.standard_id, row.level): row for row in ours}
    names = ["All together" if level == audit else level.rpartition(" in ")[0] for level in levels]
    codes = dict.fromkeys(row.standard_id for row in ours)
    lines = tuple(
        Line(
            asks(code, standards),
            tuple(_bound(placed.get((code, level))) for level in levels),
            code=code,
            remark=_target(code, standards),
        )
        for code in codes
    )
    columns = (Column("Standard"), *map(Column, names))
    return fragment(
        "bounds_table",
        template="part.html.j2",
        data={"released": records(ours)},
        finding=finding or f"What the missing returns could change: {clause(programme[audit].title)}",
        explain=BOUNDS,
        table=PageTable("Each standard as partner agencies answered it.", columns, lines, layout=WIDE),
    )


def _bound(row: Row | None) -> Cell:
    return _verdict_cell(row, [*filter(None, (_asked(row), turning_words(row)))]) if row else Cell("nothing came")


def _target(code: str, standards: Standards) -> str:
    target = standards[code].target
    return f"target {percent(float(target))}" if target else "no target is set"


def _asked(row: Row) -> str:
    return f"{ends} asked" if (ends := ends_words(row)) else ""


def _verdict_cell(row: Row, small: Sequence[str]) -> Cell:
    """The count of a source, its verdict, and what else is known of it; nothing of one that is hidden."""
    told = tuple(filter(None, small)) if not row.hidden else ()
    judged = not row.hidden and row.target is not None
    return Cell(k_of_n(row), told, verdict=verdict_of(row) if judged else None)


@accepts(Page, _judged)
def sources_table(
    released: pd.DataFrame, *, programme: Programme, standards: Standards, plan: Plan | None = None, finding: str = ""
) -> Fragments:
    """List where sources conflict, in words, and show every source of each standard side by side.

    What registers and families say of an area of the plan stands under it, without a verdict: an area has no target.
    """
    found = released_rows(released)
    conflicts = [row for row in found if row.measure == APART_ON]
    spoken = [row for row in found if kind_of(row) and row.standard_id and row.measure != APART]
    told = [row for row in spoken if row.standard_id in standards]
    apart = {row.standard_id for row in conflicts}
    codes = sorted(
        dict.fromkeys(row.standard_id for row in told), key=lambda code: (_alike(code, told, apart), in_order(code))
    )
    if not codes:
        return Fragments(())
    agree = [row for row in found if row.measure == READERS_AGREE and row.group == "audit"]
    lines = {code: [*_lines(code, told, agree, programme, standards, code in apart)] for code in codes}
    first = [code for code in codes if _alike(code, told, apart) < 2] or codes
    names = Names([programme[each] for each in dict.fromkeys(row.level for row in told if row.group == "audit")])
    said = [_conflict(row, found, standards, names) for row in conflicts] or ["No source contradicts another."]
    columns = (Column("Standard"), *map(Column, READERS.values()), Column("Families and registers"))
    shown: dict[str, Any] = {"data": {"released": records([*conflicts, *told, *agree])}, "explain": _how_to_read(told)}
    parts = (first, [code for code in codes if code not in first])
    tables = [
        PageTable(SIDE_BY_SIDE, columns, tuple(line for code in part for line in lines[code]), layout=WIDE)
        for part in parts
    ]
    heading = finding or "What each source says, side by side"
    listing = fragment("conflicts", template="list.html.j2", heading="Where sources conflict", items=said)
    made = listing + fragment("sources_table", template="part.html.j2", finding=heading, table=tables[0], **shown)
    if parts[1]:
        rest: dict[str, Any] = {"finding": "", "table": tables[1], "fold": f"{SAY_THE_SAME}: {len(parts[1])}"}
        made += fragment("sources_table", template="part.html.j2", data={"released": records([])}, **rest)
    return made + _areas([row for row in spoken if row not in told], plan)


def _alike(code: str, told: Sequence[Row], apart: set[str]) -> int:
    """How far the sources of a standard say one thing: 0 where they conflict, 1 where not all say the same."""
    said = {row.verdict for row in told if row.standard_id == code and row.verdict and not row.hidden}
    return 0 if code in apart else 1 if len(said) > 1 else 2


def _how_to_read(told: Sequence[Row]) -> str:
    judged = any(kind_of(row) == "registers" for row in told)
    return f"{HOW_TO_READ} {WHOLE_REGISTER}" if judged else HOW_TO_READ


def _areas(spoken: Sequence[Row], plan: Plan | None) -> Fragment:
    """What registers and families say of each area of the plan that names them."""
    areas = [(each, [row for row in spoken if row.standard_id == each.id]) for each in (plan.lines if plan else ())]
    items = [f"{each.id} {each.title}: {'; '.join(map(_counted, ours))}." for each, ours in areas if ours]
    items += [IN_TABLE] if any(CONFIDENTIAL in each for each in items) else []
    heading, data = "Areas of the plan, as registers and families tell them", {"released": records(spoken)}
    made = fragment("areas_of_plan", template="list.html.j2", heading=heading, items=items, data=data)
    return made if items else nothing("areas_of_plan")


def _counted(row: Row) -> str:
    return f"{_said_by(row)}: {k_of_n(row)}"


def _said_by(row: Row) -> str:
    """The question that families were asked, or what a register counts."""
    return row.level.rpartition(" (")[0] if row.measure == SURVEY else f"{name_of(row)}{alone(row)}"


def _lines(
    code: str,
    told: Sequence[Row],
    agree: Sequence[Row],
    programme: Programme,
    standards: Standards,
    apart: bool,
) -> Iterator[Line]:
    """A line for each audit that asked, and as many more as families and registers have counts of it."""
    ours = [row for row in told if row.standard_id == code]
    beside = [row for row in ours if kind_of(row) in BESIDE]
    audits = list(dict.fromkeys(row.level for row in ours if row not in beside))
    alike = [(each, row) for row in beside for each in audits if same_list(programme[each], row)]  # stand on one line
    audits = list(dict.fromkeys([*(each for each, _ in alike), *audits]))
    beside = [*(row for _, row in alike), *(row for row in beside if not any(row is each for _, each in alike))]
    same = {row.level: row for row in agree if row.standard_id == code}
    for place in range(max(len(audits), len(beside))):
        audit = audits[place] if place < len(audits) else ""
        read = {kind_of(row): row for row in ours if row.level == audit and row not in beside}
        cells = [_source(read.get(kind), same, audit) for kind in READERS]
        other = beside[place] if place < len(beside) else None
        apart_by = bool(other and of_month(other)) and not any(other is row for _, row in alike)
        fewer = longer_list((programme[each] for each in audits), other) if other else 0
        cells += [_source(other, same, "", SHORT_REGISTER.format(size=fewer) if fewer else OTHER_LIST * apart_by)]
        about = _remark(programme[audit], several=len(audits) > 1) if audit else ""
        remark = ", ".join(filter(None, (_target(code, standards), about)))
        flag = "sources conflict" if apart and not place else ""
        yield Line(asks(code, standards), tuple(cells), code=code, flag=flag, remark=remark)


def _remark(audit: Audit, *, several: bool) -> str:
    """Which audit it was, where there are several; and the month in which files were read, where it was another."""
    read = f"{audit.until:%Y-%m}"
    when = f"files read in {period_words(read)}" if read != str(audit.period) else ""
    return ", ".join(filter(None, (audit.title if several else "", when)))


def _source(row: Row | None, same: Mapping[str, Row], audit: str, when: str = "") -> Cell:
    if row is None:
        return NOTHING_SAID
    pair = same.get(f"{READ_BY[row.measure]} in {audit}") if row.measure in (SECOND, TOGETHER) else None
    both = f"same on {k_of_n(pair)}" if pair else ""
    gone = f"{row.missing} missing" if row.missing and row.measure == TOGETHER else ""
    return _verdict_cell(
        row, [_said_by(row), when] if kind_of(row) in BESIDE else ["; ".join(filter(None, (both, gone)))]
    )


def _conflict(row: Row, found: Sequence[Row], standards: Standards, names: Names) -> str:
    """A conflict in words, and the counts of all who speak of it."""
    told = each_once([each for each in found if each.standard_id == row.standard_id and kind_of(each)])
    counts = [f"{names.of(each)} {k_of_n(each)}" for each in told if k_of_n(each) != CONFIDENTIAL]
    asked = asks(row.standard_id, standards).rstrip(".")
    return f"{asked} ({row.standard_id}): {row.level}. Met: {'; '.join(counts)}."


@accepts(Page, lambda page: {name: each for name, each in _judged(page).items() if name != "plan"})
def grades_table(released: pd.DataFrame, *, programme: Programme, standards: Standards, finding: str = "") -> Fragment:
    """Show of each audit with grades how many contradict the answers, and which questions decide the grade."""
    found = released_rows(released)
    lines = tuple(_grade_line(row, found, programme) for row in found if row.measure == "grade_contradicted")
    if not lines:
        return nothing("grades_table")
    columns = (
        Column("Audit"),
        Column("Graded against the answers", "num"),
        Column("Decided by, met in good files", "words"),
    )
    caption = "Overall grades beside the answers of the same files; a good file is graded good or better."
    measures = ("grade_contradicted", *_AGAINST, "met_where_good", "met_where_lower")
    data = {"released": records([row for row in found if row.measure in measures])}
    told = [_against(row, found, programme) for row in found if row.measure == "grade_contradicted" and row.numerator]
    shown: dict[str, Any] = {"explain": " ".join(told) or NONE_AGAINST, "fold": FOLD, "data": data}
    heading, table = finding or "Do grades follow from the answers?", PageTable(caption, columns, lines)
    return fragment("grades_table", template="part.html.j2", finding=heading, table=table, **shown)


_AGAINST = {
    "good_though_failed": "good or better with {code} failed (critical): {count}",
    "good_though_most_failed": "good or better with half or more not met: {count}",
    "low_though_all_met": "below good with every standard met: {count}",
}


def _against(row: Row, found: Sequence[Row], programme: Programme) -> str:
    kinds = [
        _AGAINST[each.measure].format(code=each.standard_id, count=k_of_n(each))
        for each in found
        if each.measure in _AGAINST and each.numerator and each.level == row.level
    ]
    return f"{programme[row.level].title}: {k_of_n(row)} graded against the answers ({'; '.join(kinds)})."


def _grade_line(row: Row, found: Sequence[Row], programme: Programme) -> Line:
    ours = [each for each in found if each.level == row.level and each.group == "audit"]
    others = {each.standard_id: each for each in ours if each.measure == "met_where_lower"}
    decide = [
        f"{each.standard_id}: {k_of_n(each)}, others {k_of_n(others[each.standard_id])}"
        for each in ours
        if each.measure == "met_where_good" and each.standard_id in others
    ]
    cells = (Cell(k_of_n(row)), Cell("; ".join(decide) or "no question by more than luck"))
    return Line(programme[row.level].title, cells)

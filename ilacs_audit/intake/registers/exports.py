"""Registers that nobody keeps by themselves: tables of the Standard Safeguarding Dataset, and lists of Annex A.

A table goes by its own name (`registers/ssd_cp_visits.csv`), an Annex A by its (`registers/Annex A.xlsx`). The names
of their columns stand with all other names in `fields`: those of data-to-insight/ssd-data-model (commit 4987c73),
Ofsted's headers, and what that project's own query of an Annex A calls them. A register's own file goes before a
table, and a table before a list.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pandas as pd

from ilacs_audit.domain.columns import plan_of
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.cells.spelling import fold, named_words, squeezed
from ilacs_audit.intake.cells.typed import LETTER, tidy
from ilacs_audit.intake.files.workbook import READABLE, read_sheets
from ilacs_audit.intake.registers.fields import CHILD, HUBS, PAST, REGISTERS, TEXT, YES_NO, Field
from ilacs_audit.intake.registers.files import FOLDER, Raw, find_register, no_columns, own_files, read_grid, read_raw
from ilacs_audit.intake.tables.headers import WITHIN

# For each register its tables, or the headings that only its lists have, each with the plan that it is about.
_TABLES: Mapping[str, tuple[str, ...]] = named_words("""
cases = ssd_cp_plans: child protection | ssd_cin_plans: child in need | ssd_cla_episodes: care
visits = ssd_cp_visits: child protection | ssd_cin_visits: child in need | ssd_cla_visits: care
assessments = ssd_cin_assessments
conferences = ssd_initial_cp_conference
workforce = ssd_professionals
attendance = hub_children | hub_records
care_leavers = ssd_care_leavers
missing = ssd_missing
""")
_LISTS: Mapping[str, tuple[str, ...]] = named_words("""
visits = date of the last statutory visit: child protection | date of last statutory visit: child protection |
    date of last social work visit: care | last social work visit date: care |
    date child was last seen | date child last seen
assessments = continuous assessment start date | continuous assessment start
cases = child protection plan start date: child protection | date started to be looked after: care |
    looked after start date: care | loooked after start date: care | cin start date
conferences = strategy discussion initiating section 47 enquiry start date | strat discussion date
care_leavers = la in touch
missing = was the child offered a return interview after their last missing episode (y/n)?
""")
_ENQUIRIES = "ssd_s47_enquiry"  # which says on which day the strategy discussion of a conference was
_BESIDE = {"enquiry": TEXT, "ended": TEXT, "status": TEXT, "episodes": TEXT}  # what joins tables, ends plans, counts
_PAIR = ("child_ref", "enquiry")
# The columns of every register, and of every table that fills one.
COLUMNS: Mapping[str, Mapping[str, Field]] = {
    **REGISTERS,
    **{each.partition(": ")[0]: {**REGISTERS[name], **_BESIDE} for name, tables in _TABLES.items() for each in tables},
    _ENQUIRIES: {**_BESIDE, "child_ref": CHILD, "strategy_on": PAST, "conference_unnecessary": YES_NO},
    **HUBS,
}
_APART = ("child protection", "care")  # plans that have a list of their own


def annexes(evidence: Path) -> list[Path]:
    """Every file of the registers that is called an Annex A."""
    there = (path for path in sorted((evidence / FOLDER).glob("*")) if path.suffix.casefold() in READABLE)
    return [path for path in there if fold(path.stem).startswith("annex a")]


def register_files(evidence: Path, name: str) -> list[Path]:
    """Every file that a register is read from: its own, else the tables that hold it, else an Annex A."""
    if own := own_files(evidence, name):
        return own
    tables = [path for table in _plans(_TABLES, name) for path in own_files(evidence, table)]
    if tables:
        return [*tables, *(own_files(evidence, _ENQUIRIES) if name == "conferences" else ())]
    return annexes(evidence) if name in _LISTS else []


def read_parts(evidence: Path, name: str) -> list[Raw]:
    """The cells of a register, a part for each table or list that holds some; none where there is no such register.

    Raises ReturnsError where a file cannot be read or lacks a column that is needed, and where two claim to be one.
    """
    if path := find_register(evidence, name):
        return [read_raw(path, REGISTERS[name])]
    parts = [
        _part(read_raw(path, COLUMNS[table]), plan)
        for table, plan in _plans(_TABLES, name).items()
        if (path := find_register(evidence, table))
    ]
    if parts and name == "attendance":
        return _both_hubs(parts)
    if parts and name == "conferences":
        return [*_begun(parts[0], find_register(evidence, _ENQUIRIES))]
    lists = annexes(evidence) if name in _LISTS and not parts else []
    if len(lists) > 1:
        raise ReturnsError(f"There are {len(lists)} files of an Annex A.", where=FOLDER, fix="Keep the latest of them.")
    return [*parts, *(part for path in lists for part in _lists(path, name))]


def _plans(of: Mapping[str, tuple[str, ...]], name: str) -> dict[str, str]:
    return dict(each.partition(": ")[::2] for each in of.get(name, ()))


def _lists(path: Path, name: str) -> Iterator[Raw]:
    """The lists that hold a register. A plan that has ended is owed no visit, and a child counts on one list."""
    sheets = [sheet for sheet in read_sheets(path) if sheet.visible]
    for heading, plan in _plans(_LISTS, name).items():
        for sheet in sheets:
            if squeezed(heading) in {squeezed(tidy(cell)) for row in sheet.cells[:WITHIN] for cell in row}:
                raw = _known(
                    _part(read_grid(path.name, [sheet], {**REGISTERS[name], **_BESIDE}), plan), REGISTERS[name]
                )
                cells = raw.cells[raw.cells["ended"].map(tidy) == ""]
                if name == "cases":  # whose plans have ended too
                    cells = raw.cells.assign(closed_on=raw.cells["ended"])
                if name == "missing":  # whoever went missing, in care now or not
                    cells = raw.cells[~raw.cells["episodes"].map(tidy).isin(("", "0", "0.0"))]
                if name in ("visits", "cases") and not plan:  # its rows name their plan in the case status
                    said = cells["status"].map(lambda cell: LETTER.sub("", tidy(cell).casefold()))
                    cells = cells.assign(plan_type=said)[~said.map(plan_of).isin(_APART)]
                yield raw._replace(cells=cells)


def _part(raw: Raw, plan: str) -> Raw:
    """A table or list, about its plan; the columns that it holds besides are nobody's fault."""
    cells, known = (raw.cells.assign(plan_type=plan), {"plan_type"}) if plan else (raw.cells, set[str]())
    told = (each for each in raw.problems if each.rule != "unknown-column")
    return _known(raw._replace(cells=cells, problems=tuple(told)), {*_BESIDE, *known})


def _begun(raw: Raw, enquiries: Path | None) -> Iterator[Raw]:
    """The conferences with the day of the strategy discussion, which stands with the enquiry; all were called for.

    An enquiry without a conference is a row too: whether it needs one is said with it or not known.
    """
    cells = raw.cells.assign(conference_unnecessary="no")
    if enquiries is None:
        yield _known(raw._replace(cells=cells), {"conference_unnecessary"})
        return
    table = read_raw(enquiries, COLUMNS[_ENQUIRIES])
    asked = table.cells
    days = dict(zip(_pairs(asked), asked["strategy_on"], strict=True))
    begun = [days.get(pair, "") for pair in _pairs(cells)]
    yield _known(raw._replace(cells=cells.assign(strategy_on=begun)), {"conference_unnecessary", "strategy_on"})
    held = {*_pairs(cells)}
    without = asked[[pair not in held for pair in _pairs(asked)]]
    if len(without):
        yield table._replace(cells=without.reindex(columns=cells.columns, fill_value=""), problems=())


def _both_hubs(parts: list[Raw]) -> list[Raw]:
    """The children and the hubs' records, each name in one column. Raises ReturnsError where one of them is missing."""
    if len(parts) != len(HUBS):
        fix = "Give both, or one list with the columns of 'attendance'."
        raise ReturnsError(f"Of the two registers {' and '.join(HUBS)} one is missing.", where=FOLDER, fix=fix)
    return [_whole_name(part) for part in parts]


def _whole_name(raw: Raw) -> Raw:
    lost = {each.column for each in raw.problems if each.rule == "missing-column"}
    if "name" in lost and "family" in lost:
        raise no_columns(raw.file, ["name"])
    words = raw.cells[["name"] if "name" not in lost else ["given", "family"]]
    whole = [" ".join(filter(None, map(tidy, row))) for row in words.itertuples(index=False)]
    return _known(raw._replace(cells=raw.cells.assign(name=whole)), {"name", "given", "family"})


def _pairs(cells: pd.DataFrame) -> list[tuple[str, str]]:
    """The child and the enquiry of each row: one enquiry may be about brothers and sisters."""
    return [(tidy(child), tidy(which)) for child, which in cells[list(_PAIR)].itertuples(index=False)]


def _known(raw: Raw, columns: Collection[str]) -> Raw:
    return raw._replace(problems=tuple(each for each in raw.problems if each.column not in columns))

"""Turn a table into entries (one reader's return on one file) and their answers.

An entry keeps where it stood, so that every later finding can name the row. Answers stay a
grid of small numbers until the end, which is what keeps a large workbook fast.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilacs_audit.domain.columns import AI
from ilacs_audit.domain.standards import NOT_APPLICABLE, OVERALL
from ilacs_audit.intake.cells.agencies import drafted_by, is_reader, reader_of, role_of
from ilacs_audit.intake.cells.machines import signs_as_ai
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import Reading, read_answer, spelling, spellings
from ilacs_audit.intake.identity.people import plain_name
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.problems import Problem
from ilacs_audit.intake.returns.doubts import no_files, of_doubt, spoilt
from ilacs_audit.intake.returns.nobody import attendance
from ilacs_audit.intake.returns.table_reader import (
    BLANK,
    COMMENT_COLUMNS,
    REFUSED,
    Codes,
    ReturnPart,
    Setting,
    TableReader,
    dated_by,
    each,
    vocabulary,
)
from ilacs_audit.intake.returns.titles import Titles, read_titles
from ilacs_audit.intake.returns.who import agency_of, people_of, pseudonym_people, teamless, teams_of
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.questions import Columns, Question, grade_question


def read_entries(table: SheetTable, columns: Columns, setting: Setting) -> list[ReturnPart]:
    """The parts of one table: the readers' own entries, then the moderators' grades."""
    reader = TableReader(table, columns, setting)
    questions = (*columns.questions, *_grade(reader, "grade"))
    codes, problems, qualified = _answers(reader, questions, second=_second(reader))
    titles = read_titles(table.preamble)
    entries = _entries(reader, titles, problems)
    comments = reader.comments(problems)
    entries = entries.assign(**attendance(reader, comments, above=titles.auditor))
    part = ReturnPart(entries, codes, questions, comments, _headers(reader, titles), problems, qualified)
    problems += [
        *of_doubt(reader),
        *spoilt(reader),
        *_weeks(reader, titles),
        *no_files(reader),
        *teamless(reader, entries["team"]),
    ]
    problems += _blank(part, reader)
    return [part, *_moderated(reader, part)]


def _headers(reader: TableReader, titles: Titles) -> dict[str, str]:
    """The header to point at for each field; the auditor may stand in an address or a title instead."""
    headers = {name: reader.table.headers[place] for name, place in reader.columns.fields.items()}
    auditor = reader.header("auditor_email") or ("title" if titles.auditor else "")
    return {"unit": reader.header(reader.unit[0]), "auditor": auditor, **headers}


def _grade(reader: TableReader, name: str) -> list[Question]:
    place = reader.columns.fields.get(name)
    return [] if place is None else [grade_question(place, reader.header(name), reader.setting.grade)]


def _second(reader: TableReader) -> NDArray[np.bool_]:
    """Which rows are a second reader's own."""
    learnt = reader.setting.columns.readers
    return np.array([reader_of(written(cell), learnt) == "moderator" for cell in reader.cells("reader")], dtype=bool)


def _answers(
    reader: TableReader, questions: Sequence[Question], *, second: NDArray[np.bool_]
) -> tuple[Codes, list[Problem], int]:
    """The grid of answer codes, a problem for every cell that is no answer, and how many have words behind them.

    A `second` reading of which no cell could be read is told as one that is none.
    """
    refused: list[tuple[int, str, Any, Reading]] = []
    qualified, numbers = 0, {word: code for code, word in enumerate(vocabulary(questions))}
    codes = np.full((len(reader.table.body), len(questions)), BLANK, dtype=np.int16)
    for number, question in enumerate(questions):
        which, cells = reader.table.distinct(question.place)
        known = spellings(question.scale, reader.setting.columns.answers)
        if "f" in map(spelling, cells):
            known.pop("p", None)  # pass and fail, and P is read as partly
        readings = [_reading(cell, question, known) for cell in cells]
        told = np.array([_code(reading, numbers) for reading in readings], dtype=np.int16)
        codes[:, number] = told[which]
        qualified += int(np.array([bool(reading.words) for reading in readings], dtype=bool)[which].sum())
        for place in np.flatnonzero(codes[:, number] == REFUSED):
            refused.append((int(place), question.header, cells[which[place]], readings[which[place]]))
    lost = second & (codes < 0).all(axis=1)
    problems = [
        reader.problem(
            "second-unread" if lost[place] else "unknown-answer",
            *(place, header, cell),
            reason=reading.reason,
            fix=reading.fix,
        )
        for place, header, cell, reading in refused
    ]
    return codes, problems, qualified


def _reading(cell: Any, question: Question, known: Mapping[str, str]) -> Reading:
    """A cell as an answer; a grade that does not apply is none, for nobody graded that file."""
    found = read_answer(cell, question.scale, known)
    return Reading() if (question.standard_id, found.answer) == (OVERALL, NOT_APPLICABLE) else found


def _code(reading: Reading, numbers: Mapping[str, int]) -> int:
    return numbers[reading.answer] if reading.answer else REFUSED if reading.reason else BLANK


def _entries(reader: TableReader, titles: Titles, problems: list[Problem]) -> pd.DataFrame:
    setting = reader.setting
    units, broken = _units(reader)
    auditors = people_of(reader, "auditor", or_else="auditor_email")
    agencies = reader.read("agency", lambda cell: agency_of(cell, setting))
    dates, dated_by = _audited(reader, titles, problems)
    raters, workers = [name or titles.auditor for name in auditors], people_of(reader, "worker")
    said = reader.read("reader", written)
    roles = _roles(reader, said, agencies, above=titles.auditor)
    agencies = _own_agencies(agencies, roles, setting.audit.agencies if setting.audit else ())
    return pd.DataFrame(
        {
            "audit_id": setting.audit_id,
            "period": str(setting.audit.period) if setting.audit else "",
            "file": setting.file,
            "sheet": reader.table.sheet.name,
            "row": reader.table.excel_rows,
            "beside": reader.table.letters or "",
            "unit": units,
            "unit_cell": _unit_cells(reader),
            "broken": broken,
            "child_ref": each(units, lambda name: pseudonym(name, kind=reader.unit[1], key=setting.key)),
            "team": teams_of(reader, titles),
            "worker": workers,
            "worker_ref": pseudonym_people(workers, setting),
            "supervisor_ref": pseudonym_people(people_of(reader, "supervisor"), setting),
            "rater": raters,
            "rater_ref": pseudonym_people(raters, setting),
            "reader": said,
            "again": reader.read("reader", lambda cell: "moderat" in fold(written(cell))),
            "role": roles,
            "agency": agencies,
            "audited_on": pd.Series(dates, dtype="datetime64[ns]"),
            "dated_by": dated_by,
            "drafted_by": reader.read("drafted_by", lambda cell: drafted_by(written(cell))),
        }
    )


def _roles(reader: TableReader, said: list[str], agencies: list[str], *, above: str) -> list[str]:
    """The role of each reader: an AI by any name, else by its column or the agency; "" where nobody knows."""
    learnt = reader.setting.columns.readers
    signed = (_signed(reader, name) for name in ("auditor", "auditor_email", "agency"))
    unnamed = [
        not any(map(written, each)) for each in zip(reader.cells("auditor"), reader.cells("auditor_email"), strict=True)
    ]
    tools = [any(each) for each in zip(*signed, [each and signs_as_ai(above, learnt) for each in unnamed], strict=True)]
    told = zip(said, agencies, tools, strict=True)
    return [
        AI if tool else (reader_of(cell, learnt) or role_of(agency)) if is_reader(cell, learnt) else ""
        for cell, agency, tool in told
    ]


def _own_agencies(agencies: list[str], roles: list[str], asked: Sequence[str]) -> list[str]:
    """The agency of each row; a row that names none is the one's asked whose readers these are, or it seems silent."""
    ours: dict[str, list[str]] = {}
    for name in asked:
        ours.setdefault(role_of(name), []).append(name)
    alone = {role: names[0] for role, names in ours.items() if len(names) == 1 and role != "partner"}
    return [agency or alone.get(role, "") for agency, role in zip(agencies, roles, strict=True)]


def _signed(reader: TableReader, name: str) -> list[bool]:
    """Whether an AI stands in each cell of a field."""
    return reader.read(name, lambda cell: signs_as_ai(written(cell), reader.setting.columns.readers))


def _units(reader: TableReader) -> tuple[list[str], list[str]]:
    name, _ = reader.unit
    if not name.endswith("_ref"):
        named = people_of(reader, name) if name == "worker" else reader.read(name, plain_name)
        return named, [""] * len(named)
    read = [reader.setting.whole.references[cell] for cell in reader.cells(name)]
    return [each.text for each in read], [each.case for each in read]


def _unit_cells(reader: TableReader) -> list[str]:
    """What stands where the reference should, even if it is an error."""
    place = reader.columns.fields.get(reader.unit[0])
    return [""] * len(reader.table.body) if place is None else each(reader.table.column(place), written)


def _audited(reader: TableReader, titles: Titles, problems: list[Problem]) -> tuple[list[date | None], str]:
    if not (name := dated_by(reader.columns)):
        return [titles.day] * len(reader.table.body), "title" if titles.day else ""
    return read_days(reader, name, problems), name


def read_days(reader: TableReader, name: str, problems: list[Problem]) -> list[date | None]:
    """The dates of a field; a problem for each that cannot be one."""
    cells = reader.cells(name)
    days = [reader.setting.whole.days[name][cell] for cell in cells]
    for place, day in enumerate(days if any(day.reason for day in set(days)) else ()):
        if day.reason:
            about = (place, reader.header(name), cells[place])
            problems.append(reader.problem("impossible-date: unreadable", *about, reason=day.reason))
    return [day.day for day in days]


def _weeks(reader: TableReader, titles: Titles) -> Iterator[Problem]:
    name = "week_commencing"
    for place, day in enumerate(read_days(reader, name, []) if reader.header(name) else []):
        if day and day.weekday():
            yield reader.problem("not-monday", place, reader.header(name), reader.cells(name)[place])
    if titles.week and titles.week.weekday():
        told = titles.week.strftime("%d/%m/%Y")
        yield reader.sheet_problem("not-monday")._replace(column="title", value=told)


def _blank(part: ReturnPart, reader: TableReader) -> Iterator[Problem]:
    """Blank answers: one problem for a return that says nothing, else one for each blank cell.

    A grade may be left out of a whole form, but not of some of its files; a second reader owes no answer.
    """
    learnt = reader.setting.columns.readers
    own = np.array([not reader_of(written(cell), learnt) for cell in reader.cells("reader")], dtype=bool)
    own &= ~part.entries["role"].isin([AI, ""]).to_numpy()
    filled = part.codes != BLANK
    used, answered = filled.any(axis=0), filled.any(axis=1)
    asked = np.array([each.standard_id != OVERALL for each in part.questions], dtype=bool) | used
    for entry in np.flatnonzero((part.codes < 0).all(axis=1) & own):
        case = "unread-return" if answered[entry] else "missing-return"
        yield reader.problem(case, int(entry), part.headers["unit"], part.entries["unit_cell"].iloc[entry])
    named = (part.entries["rater"] != "").to_numpy() & _second(reader)
    for entry in np.flatnonzero(named & (part.codes == BLANK).all(axis=1)):
        yield reader.problem("second-blank", int(entry), part.headers["unit"], part.entries["unit_cell"].iloc[entry])
    for entry, number in zip(*np.nonzero(~filled & (answered & own)[:, None] & asked), strict=True):
        yield reader.problem("missing-answer", int(entry), part.questions[number].header, "")


def _moderated(reader: TableReader, part: ReturnPart) -> list[ReturnPart]:
    """A second reader's answers beside the first's, as entries of their own."""
    questions = (*reader.columns.moderated, *_grade(reader, "moderated_grade"))
    if not questions:
        return []
    codes, problems, qualified = _answers(reader, questions, second=np.ones(len(reader.table.body), dtype=bool))
    names = people_of(reader, "moderator")
    days = read_days(reader, "moderated_on", problems)
    entries = part.entries.assign(
        rater=names,
        rater_ref=pseudonym_people(names, reader.setting),
        first_rater_ref=part.entries["rater_ref"],
        first_audited_on=part.entries["audited_on"],
        again=True,
        role=[AI if tool else "moderator" for tool in _signed(reader, "moderator")],
        drafted_by="",
        audited_on=pd.Series(days, dtype="datetime64[ns]"),
        dated_by="moderated_on",
    )
    given = np.asarray((codes >= 0).any(axis=1))
    for place in np.flatnonzero(np.logical_and(list(map(bool, names)), (codes == BLANK).all(axis=1))):
        problems.append(reader.problem("second-blank", int(place), questions[-1].header, ""))
    kept = np.flatnonzero(given & ((entries["unit"] != "") | (entries["broken"] == "")))
    none, own = pd.DataFrame([], columns=list(COMMENT_COLUMNS)), entries.iloc[kept].reset_index(drop=True)
    return [ReturnPart(own, codes[kept], questions, none, part.headers, problems, qualified)]

"""Who read a file, whose it is, and which team's: the people, agencies and teams of each row of a table."""

from collections.abc import Collection, Iterator
from typing import Any

from ilacs_audit.intake.cells.agencies import agency_name
from ilacs_audit.intake.cells.spelling import clean, fold, written
from ilacs_audit.intake.identity.people import people
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.problems import Problem
from ilacs_audit.intake.returns.table_reader import Setting, TableReader, each
from ilacs_audit.intake.returns.titles import Titles
from ilacs_audit.intake.tables.layout import headings

_LONGEST_SHEET_NAME = 31


def people_of(reader: TableReader, name: str, *, or_else: str = "") -> list[str]:
    """The people of a field, or of another where its cells are blank, as they are compared."""
    cells = zip(reader.cells(name), reader.cells(or_else or name), strict=True)
    told = [one if written(one) else other for one, other in cells]
    named, known = people(told), reader.setting.people
    return [known.get(named[cell], named[cell]) for cell in told]


def pseudonym_people(names: list[str], setting: Setting) -> list[str]:
    """Names as pseudonyms; whoever stays unnamed has none."""
    hidden = ("anonymous", "anon", "n/a", "na")
    return each(names, lambda name: "" if name in hidden else pseudonym(name, kind="person", key=setting.key))


def agency_of(cell: Any, setting: Setting) -> str:
    """The agency that a cell names, by its one name."""
    named = setting.audit.agencies if setting.audit else ()
    return agency_name(written(cell), learnt=setting.columns.agencies, named=named) if written(cell) else ""


def teams_of(reader: TableReader, titles: Titles) -> list[str]:
    """The team of each row: its column, else the heading it stands under, else the sheet's name or title."""
    known = reader.setting.columns.team_names
    if "team" in reader.columns.fields:
        told = reader.read("team", lambda cell: known.get(fold(written(cell)), clean(written(cell))))
        return told if reader.table.rows is not None else _down(told, reader)
    under = headings(reader.table, lambda text: fold(text) in known)
    sheet = _sheet_team(reader) or titles.team(known)
    return [known.get(fold(text), text) or sheet for text in under]


def _down(teams: list[str], reader: TableReader) -> list[str]:
    """The teams, one that stands in a cell merged over several rows in each of them."""
    rows = reader.table.excel_rows.tolist()
    place, by_row = reader.columns.fields["team"], dict(zip(rows, teams, strict=True))
    for first, last, at in reader.table.sheet.facts.merged:
        for row in (row for row in rows if at == place and first < row <= last):
            by_row[row] = by_row[row] or by_row.get(first, "")
    return list(by_row.values())


def _sheet_team(reader: TableReader) -> str:
    """The team that the sheet is called after; Excel cuts a longer name to its 31 letters."""
    name, known = reader.table.sheet.name, reader.setting.columns.team_names
    begun = {team for text, team in known.items() if _is_cut(name) and text.startswith(fold(name))}
    return known.get(fold(name), "") or (begun.pop() if len(begun) == 1 else "")


def _is_cut(sheet: str) -> bool:
    return len(sheet) == _LONGEST_SHEET_NAME


def teamless(reader: TableReader, teams: Collection[str]) -> Iterator[Problem]:
    """A problem where a sheet's name may be a team's that was cut off, and the rows have no team."""
    if len(teams) and not any(teams) and reader.setting.columns.teams and _is_cut(reader.table.sheet.name):
        yield reader.sheet_problem("unknown-team: cut")

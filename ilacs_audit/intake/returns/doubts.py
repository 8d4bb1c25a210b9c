"""What a table of returns says beside its answers that cannot be read, or that is no file."""

from collections.abc import Iterator

from ilacs_audit.intake.cells.agencies import drafted_by
from ilacs_audit.intake.cells.footers import told_rows
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import SPOILT, why_spoilt
from ilacs_audit.intake.problems import Problem, shown
from ilacs_audit.intake.returns.table_reader import TableReader
from ilacs_audit.intake.tables.layout import left_out


def of_doubt(reader: TableReader) -> Iterator[Problem]:
    """A problem for each cell that does not say in a way that is known who drafted the words."""
    for place, cell in enumerate(map(written, reader.cells("drafted_by"))):
        if cell and not drafted_by(cell):
            yield reader.problem("unknown-drafter", place, reader.header("drafted_by"), cell)


def spoilt(reader: TableReader) -> Iterator[Problem]:
    """A problem for each cell beside the answers that shows an error; without its reference a row is set aside."""
    graded = ("grade", "moderated_grade", reader.unit[0])
    fields = [place for name, place in reader.columns.fields.items() if name not in graded]
    for column in (*fields, *(comment.place for comment in reader.columns.comments)):
        cells = reader.table.column(column)
        for place, cell in enumerate([] if SPOILT.isdisjoint(cells) else cells):
            if cell in SPOILT:
                reason, fix = why_spoilt(cell)
                header = reader.table.headers[column]
                yield reader.problem("spreadsheet-error", place, header, cell, reason=reason, fix=fix)


def no_files(reader: TableReader) -> Iterator[Problem]:
    """One problem for all that stands below the header and is no file; it points at the last of it."""
    known = reader.setting.columns.team_names
    if found := left_out(reader.table, lambda text: fold(text) in known):
        told = reader.sheet_problem("left-out", rows=told_rows([row for row, _ in found]))
        yield told._replace(row=found[-1][0], value=shown(found[-1][1]))

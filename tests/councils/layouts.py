"""Layouts in which councils send their audits: rows of a form in, sheets out."""

from collections.abc import Callable
from random import Random

from tests.councils.shapes import Audit, Cell, Key, Row, Sheet

Layout = Callable[[Audit, Random], list[Sheet]]
NOTHING = Cell(None)


def written(audit: Audit, row: Row, what: str) -> Cell:
    """What a person wrote for one thing."""
    if what in row.written:
        return Cell(row.written[what], Key(row.number, what))
    plain = {
        "child_ref": row.ref,
        "child_name": row.child,
        "team": row.team,
        "worker": row.worker,
        "auditor": row.auditor,
        "audited_on": row.day,
        "comment": row.comment or None,
    }
    if what in plain:
        return Cell(plain[what], Key(row.number, what))
    level = row.answers[what]
    return Cell(int(level) if level.isdigit() else audit.words.get(level, level), Key(row.number, what))


def header(audit: Audit, what: str) -> str:
    """The heading over one thing."""
    return audit.fields.get(what) or next(each.header for each in audit.standards if each.id == what)


def order(audit: Audit) -> list[str]:
    """The columns of the form from left to right."""
    named = [what for what in audit.fields if what != "comment"]
    return [*named, *(each.id for each in audit.standards), *(["comment"] if "comment" in audit.fields else [])]


def heads(audit: Audit, names: list[str]) -> list[Cell]:
    return [Cell(header(audit, each)) for each in names]


def line(audit: Audit, row: Row, names: list[str]) -> list[Cell]:
    return [written(audit, row, each) for each in names]


def table(audit: Audit, rows: list[Row], names: list[str]) -> list[list[Cell]]:
    return [heads(audit, names), *(line(audit, each, names) for each in rows)]


def book(audit: Audit) -> str:
    return f"{audit.title} {audit.entry['period']}.xlsx"


def flat(audit: Audit, chance: Random) -> list[Sheet]:
    return [Sheet(book(audit), "Sheet1", table(audit, audit.rows, order(audit)))]


def shuffled(audit: Audit, chance: Random) -> list[Sheet]:
    names = order(audit)
    chance.shuffle(names)
    return [Sheet(book(audit), "Returns", table(audit, audit.rows, names))]


def title_lines(audit: Audit, chance: Random) -> list[Sheet]:
    title = [[Cell(audit.title)], [Cell("Completed by the quality assurance team")], []]
    return [Sheet(book(audit), "Audit", [*title, *table(audit, audit.rows, order(audit))])]


def two_row_header(audit: Audit, chance: Random) -> list[Sheet]:
    names, lines = order(audit), table(audit, audit.rows, order(audit))
    bands, shown = [], ""
    for each in names:
        band = "About the file" if each in audit.fields else "What was found"
        bands.append(Cell(band if band != shown else None))
        shown = band
    return [Sheet(book(audit), "Audit", [bands, *lines])]


def teams_of(audit: Audit) -> list[str]:
    return list(dict.fromkeys(each.team for each in audit.rows))


def sub_headings(audit: Audit, chance: Random) -> list[Sheet]:
    names = [each for each in order(audit) if each != "team"]
    lines = [heads(audit, names)]
    for team in teams_of(audit):
        rows = [each for each in audit.rows if each.team == team]
        lines += [[Cell(team)], *(line(audit, each, names) for each in rows)]
        lines.append([Cell("Total"), Cell(len(rows))])
    return [Sheet(book(audit), "All teams", lines)]


def sheet_a_team(audit: Audit, chance: Random) -> list[Sheet]:
    names = [each for each in order(audit) if each != "team"]
    return [
        Sheet(book(audit), team.replace("/", "-")[:31], table(audit, [r for r in audit.rows if r.team == team], names))
        for team in teams_of(audit)
    ]


def transposed(audit: Audit, chance: Random) -> list[Sheet]:
    lines = table(audit, audit.rows, order(audit))
    return [Sheet(book(audit), "Grid", [list(each) for each in zip(*lines, strict=True)])]


def sheet_a_child(audit: Audit, chance: Random) -> list[Sheet]:
    made = []
    for row in audit.rows:
        above = [[Cell(header(audit, each)), written(audit, row, each)] for each in audit.fields if each != "comment"]
        answers = [[Cell(each.header), written(audit, row, each.id)] for each in audit.standards]
        lines = [*above, [], [Cell("Question"), Cell("Answer")], *answers]
        made.append(Sheet(book(audit), f"File {row.number + 1}", lines))
    return made


def tick_columns(audit: Audit, chance: Random) -> list[Sheet]:
    """A row a question, for each file: a tick under Yes, Partly, No or N/A. One block a file, file above."""
    levels = [*audit.standards[0].levels, "not applicable"]
    names = [each for each in order(audit) if each in audit.fields and each != "comment"]
    lines = [[*heads(audit, names), Cell("Question"), *(Cell(audit.words.get(each, each)) for each in levels)]]
    for row in audit.rows:
        for each in audit.standards:
            ticks = [
                Cell("x", Key(row.number, each.id)) if row.answers[each.id] == level else NOTHING for level in levels
            ]
            lines.append([*line(audit, row, names), Cell(each.header), *ticks])
    return [Sheet(book(audit), "Ticks", lines)]


def blocks(audit: Audit, chance: Random) -> list[Sheet]:
    """Teams under one another, each with its own header, the second in another order of columns."""
    lines = []
    for place, team in enumerate(teams_of(audit)):
        names = order(audit)
        if place % 2:
            names = [*reversed(names)]
        lines += [*table(audit, [r for r in audit.rows if r.team == team], names), []]
    return [Sheet(book(audit), "Audit", lines)]


def side_by_side(audit: Audit, chance: Random) -> list[Sheet]:
    names, half = order(audit), (len(audit.rows) + 1) // 2
    left, right = table(audit, audit.rows[:half], names), table(audit, audit.rows[half:], names)
    right += [[NOTHING] * len(names)] * (len(left) - len(right))
    lines = [[*one, NOTHING, *two] for one, two in zip(left, right, strict=True)]
    return [Sheet(book(audit), "Audit", lines)]


def row_an_answer(audit: Audit, chance: Random) -> list[Sheet]:
    names = [each for each in order(audit) if each in audit.fields and each != "comment"]
    lines = [[*heads(audit, names), Cell("Question"), Cell("Answer")]]
    for row in audit.rows:
        for each in audit.standards:
            lines.append([*line(audit, row, names), Cell(each.header), written(audit, row, each.id)])
    return [Sheet(book(audit), "Export", lines)]


def workbook_an_auditor(audit: Audit, chance: Random) -> list[Sheet]:
    names = order(audit)
    who = dict.fromkeys(each.auditor for each in audit.rows)
    return [
        Sheet(
            f"{audit.title} {audit.entry['period']}/{audit.title} {number}.xlsx",
            "Sheet1",
            table(audit, [each for each in audit.rows if each.auditor == name], names),
        )
        for number, name in enumerate(who, 1)
    ]


FORMS_OWN = ("ID", "Start time", "Completion time", "Email", "Name")


def forms(audit: Audit, chance: Random) -> list[Sheet]:
    names = order(audit)
    lines = [[*(Cell(each) for each in FORMS_OWN), *heads(audit, names)]]
    for place, row in enumerate(audit.rows, 1):
        times = [Cell(f"{row.day:%Y-%m-%d} 09:00:00"), Cell(f"{row.day:%Y-%m-%d} 09:4{place % 10}:00")]
        lines.append([Cell(place), *times, Cell("anonymous"), NOTHING, *line(audit, row, names)])
    return [Sheet(f"{audit.title} {audit.entry['period']}(1-{len(audit.rows)}).xlsx", "Form1", lines)]


def encoded(text: str) -> str:
    return "".join(each if each.isalnum() or each == "_" else f"_x{ord(each):04x}_" for each in text)


def sharepoint(audit: Audit, chance: Random) -> list[Sheet]:
    names = order(audit)
    lines = [[Cell("ID"), *(Cell(encoded(header(audit, each))) for each in names), Cell("Modified")]]
    for place, row in enumerate(audit.rows, 1):
        cells = [
            Cell(f"{place + 10};#{each.value}", each.key) if name in ("worker", "auditor") and each.value else each
            for name, each in zip(names, line(audit, row, names), strict=True)
        ]
        lines.append([Cell(place), *cells, Cell(f"{row.day:%Y-%m-%d}T10:15:00Z")])
    return [Sheet(f"{audit.title} {audit.entry['period']}.csv", "", lines)]


def semicolons(audit: Audit, chance: Random) -> list[Sheet]:
    return [Sheet(f"{audit.title} {audit.entry['period']}.csv", "", table(audit, audit.rows, order(audit)))]


LAYOUTS: dict[str, Layout] = {
    each.__name__: each
    for each in (
        flat, shuffled, title_lines, two_row_header, sub_headings, sheet_a_team, transposed, sheet_a_child,
        tick_columns, blocks, side_by_side, row_an_answer, workbook_an_auditor, forms, sharepoint, semicolons,
    )
}  # fmt: skip  # a table, a line a row
ROW_A_FILE = ("flat", "shuffled", "title_lines", "two_row_header", "sheet_a_team", "forms", "sharepoint", "semicolons")
WITHOUT_COMMENT = ("sheet_a_child", "tick_columns", "row_an_answer")

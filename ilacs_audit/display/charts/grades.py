"""Overall grades, as auditors gave them and as moderators saw the same files."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

import pandas as pd

from ilacs_audit.claims.sentences.readers.agreement import ONE_WAY, lean_words
from ilacs_audit.claims.words import capital, counted
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.gate.release import DROPPED
from ilacs_audit.display.charts.drawing import Name, Plot, Trace, trace
from ilacs_audit.display.figures import k_of_n
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable
from ilacs_audit.display.tables.marks import Bar, place
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import CROSS, Row
from ilacs_audit.domain.standards import GRADES

GRADED = "How auditors graded the files, and moderators after them"
ALONE = "Moderators read only some of these again and are not drawn beside them."
CAPTION = "Overall grades of the files read."
UNSEEN = "Moderators' grades are too few to show."
OF_GRADES = "Left: the auditor's grade. Right: the moderator's. ▼ marked down, ▲ marked up, = the same grade."
OF_CASES = "Left: what was decided. Right: where the child is now. A line is as thick as its children are many."
_READERS = (("grade", "Auditors", "accent"), ("moderated_grade", "Moderators", "rule"))
_MOVES = ("marked_down", "marked_up")
_OF_ALL = ("second_down", "second_up")  # the same of all audits of a month
_TOP, _STEP, _LETTERS = 26, 58, 12
_WIDEST = 6  # grades of a scale that still fit side by side
_LINE = (28, 72)  # where a line begins and ends, of a hundred


@accepts(
    Page, lambda page: {"released": page.of(measure=(*(name for name, *_ in _READERS), *_MOVES)), "caption": CAPTION}
)
def grade_bar(released: pd.DataFrame, *, caption: str, finding: str | None = None) -> Fragment:
    """Show the share of files at each grade, auditors' above moderators', with k of n on every bar."""
    found = released_rows(released)
    read = [each for each in _READERS if any(row.measure == each[0] for row in found)]
    hidden = [each for each in read if all(row.hidden for row in found if row.measure == each[0])]
    readers = [each for each in read if each not in hidden or len(hidden) == len(read)]
    apart = len({row.denominator for row in found if row.measure in {each[0] for each in readers}}) > 1
    readers = readers[:1] if apart else readers  # two sets of files side by side would show a drop that is none
    if not readers:
        return nothing("grade_bar")
    columns = (Column("Grade"), Column("Share of files", "chart", ("0", "50", "100%")))
    shown, both = {measure for measure, *_ in readers}, len(readers) > 1
    given = {(row.measure, row.level): row for row in found if row.level != DROPPED and row.measure in shown}
    lines = tuple(_grade_line(grade, given, readers) for grade in _levels(level for _, level in given))
    return fragment(
        "grade_bar",
        template="part.html.j2",
        released=found,
        finding=(GRADED if both else GRADED.partition(",")[0]) if finding is None else finding,
        table=PageTable(caption, columns, lines),
        note=" ".join(
            filter(
                None, (_missing(found), _again(found) if apart else "", UNSEEN if 0 < len(hidden) < len(read) else "")
            )
        ),
    )


@accepts(Page, lambda page: {"released": page.released})
def flow_plot(
    released: pd.DataFrame, *, measure: str = "moderation_flow", finding: str | None = None, alt: str | None = None
) -> Fragment:
    """Draw where each file or child went: a line a move, as thick as its count.

    Of grades, from the auditor's to the moderator's; of the `case_flow` of a case review, from what was decided to
    where the child is now. Nothing is drawn where the moves may not be shown.
    """
    found = released_rows(released)
    told = [row for row in found if row.measure == measure and row.level != DROPPED]
    moves = [(row, given, seen) for row in told for given, _, seen in (row.level.partition(CROSS),)]
    graded = measure == "moderation_flow"
    if not told or (not graded and all(row.hidden for row in told)):
        return nothing("flow_plot")
    said, line, what, caption = (
        (_moves_words(found), "{} by the auditor, {} by the moderator", ("Grades", "Files"), OF_GRADES)
        if graded
        else ("Where the children are now", "{}: {}", ("Outcome and where the child is now", "Children"), OF_CASES)
    )
    lines = tuple(
        Line(line.format(given, seen), (Cell(k_of_n(row)),))
        for row, given, seen in moves
        if row.hidden or row.numerator
    )
    moved = "; ".join(f"{each.title} {each.cells[0].text}" for each in lines)
    alt = f"{said if graded else moved}." if alt is None else alt
    listing = PageTable(f"{what[0]}, and how many", (Column(what[0]), Column(what[1], "num")), lines)
    square = graded and len({given for _, given, _ in moves}) <= _WIDEST and not all(row.hidden for row in told)
    return fragment(
        "flow_plot",
        template="plot.html.j2",
        released=found if graded else told,
        finding=said if finding is None else finding,
        plot=_flow([(given, seen, row.numerator or 0) for row, given, seen in moves], graded=graded),
        alt=alt,
        caption=caption,
        explain=_lean(found) if graded else "",
        table=_square(moves) if square else listing,
        open=square,
    )


def _square(moves: Sequence[tuple[Row, str, str]]) -> PageTable:
    """Every file by the grade of both readers, on the full scale."""
    placed = {(given, seen): row for row, given, seen in moves}
    levels = tuple(dict.fromkeys(given for given, _ in placed))
    lines = tuple(
        Line(f"{capital(given)} by the auditor", tuple(_both(placed.get((given, seen))) for seen in levels))
        for given in levels
    )
    columns = (Column("Grade"), *(Column(f"{capital(seen)} by the moderator", "num") for seen in levels))
    return PageTable("Files by the grade that each of both readers gave.", columns, lines)


def _both(row: Row | None) -> Cell:
    return Cell("none", tint="none") if row is None or row.numerator == 0 else Cell(k_of_n(row))


def _lean(found: Sequence[Row]) -> str:
    """Whether luck alone could send so many of all that moved one way."""
    told = {row.measure: row.numerator for row in found if row.group == "all" and row.measure in _OF_ALL}
    one_way = next((row for row in found if row.level == ONE_WAY), None)
    return "" if None in told.values() else lean_words(told.get(_OF_ALL[0]) or 0, told.get(_OF_ALL[1]) or 0, one_way)


def _again(found: Sequence[Row]) -> str:
    """What moderators changed of the files they read, in place of bars of other files."""
    told = {row.measure for row in found if not row.hidden} >= {*_MOVES}
    moved = _moves_words(found) if told else ""
    return f"{moved}: moderators read these again." if moved else ALONE


def _levels(told: Iterable[str]) -> tuple[str, ...]:
    """The grades of a scale, best first: a council's own in the order of the rows, which hold the whole scale."""
    found = tuple(dict.fromkeys(told))
    return GRADES if set(found) <= set(GRADES) else found


def _missing(found: Sequence[Row]) -> str:
    """How many files have no grade: any of them may belong to any bar."""
    gone = max((row.missing or 0 for row in found if row.measure not in _MOVES), default=0)
    return f"{capital(counted(gone, 'file'))} drawn {'has' if gone == 1 else 'have'} no grade." if gone else ""


def _grade_line(grade: str, given: dict[tuple[str, str], Row], readers: Sequence[tuple[str, str, str]]) -> Line:
    rows = [(given.get((measure, grade)), title, colour) for measure, title, colour in readers]
    bars = tuple(
        Bar(f"{title}: {k_of_n(row)}.", place(row.value) or 0.0, f"{title.lower()} {k_of_n(row)}", colour)
        for row, title, colour in rows
        if row and row.value is not None
    )
    small = tuple(f"{title}: {k_of_n(row)}" for row, title, _ in rows if row and row.value is None)
    return Line(capital(grade), (Cell(bars=bars, small=small),))


def _flow(moves: Sequence[tuple[str, str, int]], *, graded: bool) -> Plot:
    left, right = (tuple(dict.fromkeys(each)) for each in zip(*((move[0], move[1]) for move in moves), strict=True))
    if graded:
        left = right = _levels(grade for given, seen, _ in moves for grade in (given, seen))
    most, rows = max(count for *_, count in moves) or 1, max(len(left), len(right))
    starts, ends = (_heights(side, rows) for side in (left, right))
    names = [
        name
        for x, side, way in ((_LINE[0] - 2, starts, "end"), (_LINE[1] + 2, ends, "start"))
        for each in side.items()
        for name in _grade_name(x, *each, way)
    ]
    lines: list[Trace] = []
    for given, seen, count in moves:
        start, fall = starts[given], ends[seen] - starts[given]
        colour, mark = ("not-band", "▼") if fall > 0 else ("met-band", "▲") if fall else ("none-band", "=")
        if count:
            width = round(2 + 12 * count / most, 1)
            lines.append(
                trace([(_LINE[0], start), (_LINE[1], start + fall)], colour if graded else "none-band", width=width)
            )
            told, along = (f"{mark} {count}", 0.3) if graded else (f"{count}", 0.15)
            near = Name(_LINE[0] + 40 * along, round(start + fall * along + 5, 1), told)
            names.append(near if fall else Name(50, start - 12, told))
    return Plot((), (), tuple(lines), names=tuple(names), height=_TOP * 2 + _STEP * (rows - 1), layout="ia-narrow")


def _heights(levels: Sequence[str], rows: int) -> dict[str, float]:
    """Where each level lies, spread evenly over the height of the longer side."""
    step = _STEP * (rows - 1) / max(len(levels) - 1, 1)
    return {level: _TOP + step * place for place, level in enumerate(levels)}


def _grade_name(x: float, grade: str, y: float, anchor: str) -> tuple[Name, ...]:
    """The name of a grade at its level, in lines that fit on a phone."""
    words = wrap(capital(grade), _LETTERS)
    return tuple(Name(x, y + 5 + 17 * (line - (len(words) - 1) / 2), w, anchor) for line, w in enumerate(words))


def _moves_words(found: Sequence[Row]) -> str:
    """How many grades moved, where the frame says it; pictures do not add up."""
    told = {row.measure: row for row in found if row.group != "audit" or row.measure in _MOVES}
    moved = next((each for each in (_MOVES, _OF_ALL) if told.keys() >= {*each}), None)
    if moved is None:
        return "How grades moved from auditor to moderator"
    down, up = (told[each] for each in moved)
    return f"{capital(k_of_n(down))} grades marked down, {k_of_n(up)} marked up"

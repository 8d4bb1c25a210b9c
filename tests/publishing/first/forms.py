"""Workbooks that a council could send, made for a test: nobody in them is real."""

import openpyxl

QUESTIONS = ("Was the family told why?", "Was consent recorded?", "Did a manager look at it?")
FIELDS = ("Case ID", "Child's name", "Team", "Social worker", "Auditor", "Date audited")
SAID = ("Yes", "No", "Partly", "N/A", "yes ", "Y")


def rows(files=12, *, questions=QUESTIONS, first=0):
    """A row a file, from the `first` on: its fields, and an answer to each question."""
    for number in range(first, first + files):
        who = (f"00{31000 + 7 * number}", f"Zelda Quill{'abcdefghijklmnop'[number]}", ("North", "South")[number % 2])
        people = (f"Worker{'abc'[number % 3]} Smythe", f"Auditor{'ab'[number % 2]} Lomax", f"{10 + number}/11/2024")
        yield (*who, *people, *(SAID[(number + place) % len(SAID)] for place in range(len(questions))))


def form(path, *, questions=QUESTIONS, files=12, extra=(), fields=FIELDS, first=0):
    """A workbook with a row a file. `extra` are (header, cell) columns beside it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*fields, *questions, *(header for header, _ in extra)])
    for row in rows(files, questions=questions, first=first):
        sheet.append([*row, *(cell for _, cell in extra)])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def turned(path, *, questions=QUESTIONS, files=6):
    """The same with a column a child, its reference over the answers."""
    told = list(rows(files, questions=questions))
    book = openpyxl.Workbook()
    book.active.append(["Question", *(row[0] for row in told)])
    for place, text in enumerate(questions):
        book.active.append([text, *(row[len(FIELDS) + place] for row in told)])
    book.save(path)
    return path


def met(questions=QUESTIONS, files=12):
    """How many files meet each question, and to how many it applies, counted by hand from the rows."""
    cells = [row[len(FIELDS) :] for row in rows(files, questions=questions)]
    columns = [[cell.strip().casefold() for cell in column] for column in zip(*cells, strict=True)]
    return [(sum(cell in ("yes", "y") for cell in each), sum(cell != "n/a" for cell in each)) for each in columns]


def ticked(path, *, questions=QUESTIONS):
    """One child's form: its reference in a block above, a tick under the answer of each question."""
    book = openpyxl.Workbook()
    rows = (["Child reference", "3716506"], ["Date of audit", "11/11/2024"], [], ["Standard", "Yes", "Partly", "No"])
    for row in (*rows, [questions[0], "✓"], [questions[1], "", "✓"], [questions[2], "", "", "✓"]):
        book.active.append(row)
    book.save(path)
    return path

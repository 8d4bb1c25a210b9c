"""Every rule that a return or a register can break: one sentence and one thing to do for each case.

A fault is told in the same words wherever it is found. `severity` says what became of it: an `error` set the row,
answer or file aside, a `warning` kept it. Cases of one rule stand side by side, told apart behind a colon:
pages, fix lists and `ilacs-audit check` show the id before it. What stands in braces is filled in where the
fault is found; it never holds a value of a return.
"""

from collections.abc import Iterator, Mapping
from string import Template
from typing import NamedTuple


class Rule(NamedTuple):
    """What is wrong and what to do about it, as templates."""

    id: str
    severity: str
    message: str
    fix: str


# A line a case: its name, what is wrong, and what to do; an indented line goes on with the one above it.
_FIXES = {
    "CONFIRM": "Correct it in the case system, or confirm that it is right.",
    "AS_DAY": "Write the date as dd/mm/yyyy.",
    "IN_FULL": "Write the reference in full, in a column formatted as text.",
}
_SET_ASIDE = """
unreadable-file | {what} | {fix}
unreadable-file: kind | This is not a kind of file that returns come in. | Save it as one of: {kinds}.
no-audit | No audit of the programme claims this file, so it was not read.
    | Add the file's name to 'returns' of its audit in data/programme.yml, or move the file away.
no-audit: draw | No audit of the programme has this draw's name, so it was not read.
    | Name the file after the audit's id in data/programme.yml.
two-draws | Two draws of the audit {audit_id} say different things, '{one}' and '{rival}', so neither was used.
    | Keep the one by which files were read, and move the other out of the folder.
two-files: audits | Two audits claim this file: {one} and {other}.
    | Make the 'returns' patterns in data/programme.yml tell them apart.
two-files | Two files claim the audit {audit_id} and have files in common, so neither was read; the other is '{rival}'.
    | Keep the right one. To read all of them, {both}.
two-files: same | The file is the same as '{rival}', which was read. | Delete one of the two.
hidden-content: answers | A hidden sheet holds answers; they were not counted.
    | Unhide the sheet if it belongs to the return.
ambiguous-column | The header can stand for more than one thing, so the column was not read.
    | Give the columns different headers, or name the right one in data/columns.yml.
ambiguous-column: two | Two columns stand for the same thing, so neither was read.
    | Give the columns different headers, or name the right one in data/columns.yml.
unknown-answer | {reason} | {fix}
unknown-reader | The column of readers does not say who this is, so the row was not counted: an AI may have read
    the file.
    | Write auditor, moderator, family or AI, or list the word under 'readers' in data/columns.yml. If the column
    holds names, list its header under 'auditor' there.
second-unread | {reason} So it is no second reading, and the first grade stands alone. | {fix}
second-blank | A second reader is named, and there is no grade or answer of theirs, so this is no second reading.
    | Ask the second reader for it, or take the name out.
draft | The row's status says that it was not submitted, so it was not read. | Submit it, or delete the row.
missing-answer | There is no answer. It counts as neither 'no' nor 'not applicable'. | Ask the auditor.
missing-reference | The row has answers but no reference. | Fill in the reference.
missing-reference: table | A table beside another has no column of references, so nothing in it was read.
    | Nothing to do if it sums up the other; else give its column: ilacs-audit check --learn.
lost-reference: date | A spreadsheet turned the reference into a date, so it is lost. | $IN_FULL
lost-reference: exponent | The reference is cut short, as in 1.23E+11, so it is lost. | $IN_FULL
lost-reference: digits | The reference has over 15 digits; a spreadsheet rounds them, so it is lost. | $IN_FULL
lost-reference: example | What stands for the reference is an example's, such as EXAMPLE or e.g., so the row was not
    read.
    | Delete the row if it shows how to fill the form; else write the reference.
lost-reference: number | The reference became a number below 0 or with decimals, so it is lost. | $IN_FULL
lost-reference: zeros | Leading zeros are lost, and how many cannot be told, so the reference could be two children's.
    | $IN_FULL
not-audited | The row has answers, but no auditor and no date, as when a case system fills in 'No': nobody audited it.
    | Fill in who audited the file and when, or delete the row.
excluded | Taken out by hand: {why} | Delete the entry in exclusions.yml to count it.
duplicate | The row repeats another one. | Delete one of the two rows, or correct the reference or the date.
duplicate: other answers | Two rows of one file hold different answers, so neither was read.
    | Delete the one that does not stand, or correct the reference or the date.
same-moderator | The moderator is the auditor, so this is no moderation. | Have the file moderated by someone else.
register refused | {what} | {fix}
missing value | A row means nothing without this; the row was set aside. | Fill the cell.
duplicate row | The same row stands here twice; this one was set aside. | Delete one of them.
duplicate row: child | The list of this audit has the child on an earlier row; this one was set aside.
    | Delete the row that is not true, or correct the reference or the audit.
not-a-pack | This is no workbook of a gym pack: no row has the headings No. and Your grade.
    | Give back the workbook that was sent, or move the file away.
other-pack | Its pack code is that of no key in this folder, so its grades were not read.
    | Put the key of its pack beside it, or ask for the workbook of a pack that is there.
no-reader | There is no reader id, so the grades were not read.
    | Ask for a made-up one: a letter and two or three digits, such as K27.
reader-id | The reader id is not a letter with two or three digits and could be a name, so the grades were not read.
    | Write a made-up one in its place, such as K27.
reader-twice | Another workbook of this pack has the same reader id and other grades, so neither was read.
    | If they are two people, give one another id; if they are one, delete the file that does not stand.
altered-extract | The extract or the question of {question} is not as it was sent, so its grade was not read.
    | Ask the reader to grade it in a new copy of the pack.
row-gone | The row of question {question} is gone, so it has no grade.
    | Ask the reader for it in a new copy of the pack.
two-rows | Question {question} stands in two rows, so neither was read. | Delete the row that does not stand.
no-question | The row has a number that is no question of the pack, so it was not read. | Delete the row.
merged-grade | The grade of {question} stands in merged cells, so nobody can tell which question it is for.
    | Unmerge the cells and give each question its grade.
unread-grade | {reason} The grade of {question} was not read. | Ask the reader to choose one from the list in the cell.
pack-key | {what} | {fix}
results-file | {reason} | Ask the council for the file that ilacs-audit gym results wrote.
"""
_DOUBTED = """
no-grade | There is no grade for {question}; it is in no count. | Nothing to do, or ask the reader.
same-workbook | The workbook says the same as another of this reader and was counted once. | Delete one of the two.
own-results | The file holds our own results, which are read from the workbooks. | Nothing to do.
unsigned | The row has answers and a comment or a moderator, but no auditor and no date; it was counted.
    | Fill in who audited the file and when, or delete the row.
unknown-status | The row's status is none that is known, so the row was counted.
    | Write Submitted or Draft, or delete the row.
hidden-content: sheet | The workbook has a hidden sheet. | Delete it before sending: it may hold personal data.
hidden-content: rows | Rows are hidden ({rows}); their answers were counted.
    | Unhide it, and delete it if it is not part of the return.
hidden-content: columns | Columns are hidden ({letters}); they are read like the others.
    | Unhide it, and delete it if it is not part of the return.
hidden-content: note | A note is attached to a cell; it was not read.
    | Move what matters into the comments column and delete the note.
unknown-column | The column is not known, so it was not read.
    | Run ilacs-audit check --learn, or list the header under 'ignore' in data/columns.yml.
unknown-column: sheet | The sheet has no column of answers, so it was not read.
    | Nothing to do if it is a list or a log; otherwise run ilacs-audit check --learn.
unknown-column: register | This column is not one of the register's and was not read.
    | Leave it, or rename it if it holds what is missing.
unknown-column: list | This column is not one of the list's and was not read. | Leave it, or give it its Annex A name.
left-out | No file stands in {rows}, only totals or notes, so nothing there was read.
    | Nothing to do, unless it is a file: then write its reference in its column.
left-out: example | The sheet is called an example, so it was not read.
    | Nothing to do, unless it holds returns: then give it another name.
left-out: column | A column is headed as a total, so it was not taken for a file.
    | Nothing to do, unless it is a file: then write its reference over it.
missing-column | No column answers the standard {column}.
    | Run ilacs-audit check --learn, or correct the audit's edition in the programme.
missing-column: register | The register has no column '{column}'; it is empty in every row. | Add it as one of: {names}.
linked-exactly | {count} of {of} children could not be matched: only the same name and date of birth were looked for.
    | Install what weighs the others, with: pip install 'ilacs_audit[link]'.
missing-column: list | The list has no such column; it is empty in every row. | Add it, or leave out what needs it.
spreadsheet-error | {reason} It was read as blank. | {fix}
ticked-list | Standards stand in one cell as a list to be ticked: what is ticked was read as met, what is not as not
    met.
    | Nothing, if it was meant so. Such a list can say neither 'partly' nor 'not applicable'.
qualified-answer | Words stand behind answers, as in 'Yes - see note' ({count} times). Each answer was read, its words
    left out.
    | Nothing, if they only add to it. Ask for a column of comments, so that they are kept.
low-marks | No file has more than half of the {top} marks here: the marks may be those of another scale, such as 1 to 4.
    | Ask the auditors. If so, write the scale under 'scales' of the theme, and name it at the standard.
mixed-reference | The reference has fewer digits than the others in this file; leading zeros may be lost. | $IN_FULL
mixed-reference: padded | References had lost their leading zeros; they were given back as the other references show.
    | $IN_FULL
free-text-identifier | The free text holds what may identify someone ({kinds}); it is hidden in every table.
    | Reword it in the return, for instance 'the child' or 'the worker'.
excluded: nothing | An exclusion meets no row, so nothing was taken out.
    | Correct file, sheet and row, or audit and child, in exclusions.yml.
impossible-date | The date is more than a year away from the audit. The date was left out. | Correct the date.
impossible-date: unreadable | {reason} The date was left out. | $AS_DAY
misdated-exclusion | The exclusion is dated before the audit began or more than a year after it; it stands.
    | Correct its day in exclusions.yml, or leave it out.
impossible-date: moderation | The moderation is dated before the audit. | Correct one of the two dates.
date-order: month first | Dates of this column can only have the month first, so all of it was read so: 11/04/2024 is
    4 November.
    | Check one of them, and give the column the format dd/mm/yyyy.
date-order | Nothing in this column shows whether the day or the month stands first; the day was taken to.
    | Check one of them, and give the column the format dd/mm/yyyy.
out-of-period | The audit date lies outside the audit's period.
    | Correct the date, or the audit's dates in the programme.
not-monday | The 'week commencing' date is not a Monday. | Correct the date to the Monday of that week.
own-case | The auditor audited their own work.
    | Have the file read by someone else, or exclude the row with a reason in exclusions.yml.
critical-under-good | The file is graded good or better, but a critical standard is not met.
    | Review the grade with the auditor.
grade-contradicts | The grade contradicts the answers: good with most standards not met, or inadequate with all of
    them met.
    | Review the grade and the answers with the auditor.
na-overuse | More than half of the answers are 'not applicable'. | Ask the auditor whether each does not apply.
cloned-comment | One auditor left the same comment on several files. | Ask the auditor whether each file was read.
unknown-team | The team is not known. | Correct the team, or add the spelling to 'teams' in data/columns.yml.
unknown-team: cut | The sheet's name is as long as Excel allows, and not the beginning of one team's name; its rows
    have no team.
    | Give the sheet a shorter name of the team, listed under 'teams' in data/columns.yml, or add a column 'Team'.
unknown-drafter | Who drafted the words cannot be told from this, so it counts as not known.
    | Write person, AI checked or AI unchecked.
ai-alone | An AI graded this file and no person did. The file counts as not read.
    | Have a person read the file. If it was a person, list the name under 'readers', as auditor, in data/columns.yml.
moderator-alone | A second reader graded this file and no auditor did. The file counts as not read.
    | Ask for the auditor's return, or correct 'raters' of the audit in data/programme.yml.
ai-moderator | The moderator is an AI, so this is no second reading.
    | Have the file moderated by a person.
unknown-worker | The worker is not in the workforce register. | Correct the name, or add the worker to the register.
not-drawn | The file was not among those drawn for this audit.
    | Correct the reference, or exclude the row with a reason in exclusions.yml.
two-draws: same | The draw is the same as '{rival}', which was used. | Delete one of the two.
draw-changed | The draw was changed after it was made: {rows} no longer {are} as chance left it.
    | Put back the file that ilacs-audit draw wrote. A file that was replaced comes from the reserves.
draw-differs: part | The draw has {found} of '{part}' ({rows}), and the protocol drew {drawn} there.
    | Put back the file that ilacs-audit draw wrote, or correct strata in data/programme.yml.
draw-differs: parts | The draw was made by part of the list ({part}), and the protocol says that it was not.
    | Write selection and strata as the draw told them in data/programme.yml, or put back the right draw.
draw-differs: by | The draw has whole cases of a worker or a family, and the protocol says file by file.
    | Write by: worker or by: family in data/programme.yml, or put back the right draw.
draw-differs: order | The places of the files in the order of the draw are not 1, 2, 3 and so on, each once.
    | Put back the file that ilacs-audit draw wrote. A file that cannot be read keeps its row.
target-changed | The target of {standard} was {was} when the first returns of {audit_id} were read, and is {now} now.
    | Put it back. If the first one was a slip, delete outputs/private/store, and say in the commentary what changed.
draw-differs: list | The draw holds {found} files with its reserves, and the list of the protocol {listed}.
    | Correct population: size in data/programme.yml, or put back the right draw.
missing-return | The return has no answers. | Ask for the return, or take the row out with a reason.
unread-return | No answer of this return could be read. | Correct its cells, or ask for the return.
missing-return: agency | {agency} sent no return on this file. | Ask for the return.
not-drawn: more | {came} files of {audit_id} came back, more than the {intended} that were drawn.
    | Correct 'intended' in the programme, or exclude the rows with a reason in exclusions.yml.
other-answers | Another row of the same file holds other answers; of each question the later row's was counted.
    | Ask which of them stands, and exclude the other. If one is a second reading, name its reader as moderator.
missing-return: files | {came} of {intended} files of {audit_id} came back.
    | Ask for the missing returns, or correct 'intended' in the programme.
missing-return: drawn | {who} returned {came} of {asked} files drawn. | Ask for the missing returns.
missing register | There is no {name} register, so nothing that rests on it can be said.
    | Put {name}.csv or {name}.xlsx into the folder '{folder}'.
date in the future | This date is after the day the table speaks for. | Correct the date, or ask.
not a date | {reason} | $AS_DAY Leave the cell empty where it has not happened.
before its beginning | This was recorded or held before it was made or decided, so no count of time uses it.
    | Correct one of the two dates.
plan not known | This is none of the plans that have a limit of visits, so none judges the visit.
    | Write child protection, child in need or care.
age band not known | This is no band of ages; it counts as not known.
    | Write it as 5 to 9, under 1, or 16 and over; a spreadsheet may have turned it into a date.
disability not known | This does not say whether the child is disabled; it counts as not known.
    | Write yes or no, or leave it empty.
ethnic group not known | This code names an ethnic group in one list and another in the next; it counts as not known.
    | Write the group out, such as White British, or the code of the census (WBRI).
risk not known | This is neither high, medium nor low; it counts as a risk in other words.
    | Write High, Medium or Low, or leave it empty.
not yes or no | This is neither yes nor no; it counts as unknown. | Write Yes, No or Unknown.
not a number | This is not a whole number. | Write a whole number, or leave it empty.
missing list | There is no list {number} ({name}), so nothing that rests on it can be said.
    | Add a sheet called List {number}.
reference date | The ages are those of {implied}, not of {given}. | Give the date of the export as the reference date.
not a code | This is not a code of the list, so it was left out. | Use a code of Annex A.
empty column | '{header}' is empty in every row, so nothing that rests on it can be said.
    | Fill it, or leave out what needs it.
fractional age | Ages are fractions of a year where whole years are asked for; completed years are used.
    | Export whole years.
section 47 count | {zeros} rows count 0 enquiries in the last 12 months although each is one. The count is read as
    Data to Insight defines it, leaving out the enquiry of the row itself.
    | Nothing, if your system counts the same way; otherwise add one before use.
spreadsheet-error: list | The cell holds a spreadsheet's error. | $CONFIRM
not a postcode | This has not the form of one. | $CONFIRM
not a URN | This has not the form of one. | $CONFIRM
not a code of an authority | This has not the form of one. | $CONFIRM
no date of birth | An age without a date of birth. | $CONFIRM
not a child | A person of 18 or over in a list of children. | $CONFIRM
unborn child | This began before the child was born. | $CONFIRM
before birth | This is dated before the child's birth, too early for an unborn child. | $CONFIRM
visit after the end | The last visit is after the plan ended. | $CONFIRM
two dates of birth | The same child has another date of birth elsewhere in this Annex A. | $CONFIRM
"""


def _read(text: str, severity: str) -> Iterator[tuple[str, Rule]]:
    for line in Template(text.strip().replace("\n    ", " ")).substitute(_FIXES).splitlines():
        case, message, fix = line.split(" | ")
        yield case, Rule(case.partition(":")[0], severity, message, fix)


RULES: Mapping[str, Rule] = {**dict(_read(_SET_ASIDE, "error")), **dict(_read(_DOUBTED, "warning"))}

"""What is not yet read, or not yet told once, and why. Each line is tried, and leaves this list once it is mended."""

from tests.councils.making import ALL_FAULTS, ALL_LAYOUTS

NOT_YET_READ = {
    "sub_headings": "a team called Total Place or Sum of Parts is taken for a total when it stands alone in its line",
    "sheet_a_team": "a team whose name is longer than the 31 characters of a sheet loses its name",
    "shuffled": "a file of a team called Sum of Parts is taken for a total when the team stands first",
    "tick_columns": "a line a question with ticks under Yes, Partly, No is refused as a sheet without answers",
    "row_an_answer": "an answer set aside is told at the first line of its file",
}
NOT_YET_TOLD = {
    "nobody": "a file without auditor, day or a single answer that a person gave is counted",
    "footer": "a line under the table is left out without a word",
}
READ = tuple(each for each in ALL_LAYOUTS if each not in NOT_YET_READ)
TOLD = tuple(each for each in ALL_FAULTS if each not in NOT_YET_TOLD)

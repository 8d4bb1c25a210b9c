"""What is not yet read, or not yet told once, and why. Each line is tried, and leaves this list once it is mended."""

from tests.councils.making import ALL_FAULTS, ALL_LAYOUTS

NOT_YET_READ = {
    "tick_columns": "a line a question with ticks under Yes, Partly, No is refused as a sheet without answers",
    "row_an_answer": "an answer set aside is told at the first line of its file",
}
NOT_YET_TOLD = {}
READ = tuple(each for each in ALL_LAYOUTS if each not in NOT_YET_READ)
TOLD = tuple(each for each in ALL_FAULTS if each not in NOT_YET_TOLD)

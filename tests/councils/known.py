"""What is not yet read, or not yet told once, and why. Each line is tried, and leaves this list once it is mended."""

from tests.councils.making import ALL_FAULTS, ALL_LAYOUTS

NOT_YET_READ = {}
NOT_YET_TOLD = {}
READ = tuple(each for each in ALL_LAYOUTS if each not in NOT_YET_READ)
TOLD = tuple(each for each in ALL_FAULTS if each not in NOT_YET_TOLD)

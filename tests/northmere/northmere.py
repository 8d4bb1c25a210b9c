"""Put Northmere together: every return and register of the example, from one seed.

Nothing is written here. `northmere` gives relative paths and bytes, and a caller writes them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

from ilacs_audit.domain.schemas import SIDE_TABLES
from tests.northmere.registers import hubs, registers, staff_registers
from tests.northmere.returns.flat import delimited
from tests.northmere.returns.returns import Desk, returns
from tests.northmere.returns.strategy import Strategy, strategy
from tests.northmere.truth.people import Cast, cast

AUTHORITY = """# yaml-language-server: $schema=../schemas/authority.json
# Northmere is invented. So is every person, reference, number and address in this folder.
name: Northmere
example: true
ordinary_breakdowns: [survey question]  # what families answered is told to the board, which asked for it
# A line a service: its teams, and who reads its edition. A new line has its edition with the next run.
services:
  front-door: {teams: [Front Door Safeguarding, Front Door Early Help], reader: Head of the front door}
  assessment: {title: Duty and assessment, teams: [Duty & Assessment 1, Duty & Assessment 2], reader: Head of duty}
  safeguarding: {teams: [Safeguarding North, Safeguarding South], reader: Head of safeguarding}
  children-in-care: {teams: [Children in Care], reader: Head of children in care}
  leaving-care: {teams: [Leaving Care], reader: Head of leaving care}
  disabilities: {title: Children with disabilities, teams: [Children with Disabilities], reader: Head of disabilities}
"""
EXCLUSIONS = """# yaml-language-server: $schema=../schemas/exclusions.json
# Rows taken out by a person, with the reason. The return itself is not touched.
- file: 2024-11/Consent dip sample - Nov 2024 re-audit(1-18).xlsx
  row: 19
  reason: The auditor holds the case. The file was not read again in time.
  by: Quality assurance lead
"""
CHALLENGES = """# yaml-language-server: $schema=../schemas/challenges.json
# What readers asked of a figure: the code they copied with it, their words, and what they were answered. Whoever asks
# and whoever answers is a role, never a name. The next front page tells each until a month after it was answered.
- code: SWVZWR
  words: Was it the family who told us so, or the form?
  by: Independent chair
  raised_on: 2024-10-08
  period: 2024-09
- code: PXZXRJ
  words: What happens to a referral whose reasons nobody could follow?
  by: Independent chair
  raised_on: 2024-11-05
  period: 2024-10
  answer: A team manager reads it again with the worker, and writes the reasons down before the family is told.
  answered_on: 2024-11-18
  answered_by: Head of front door
- code: PTHSXK
  words: Who is told when a closure has no agreement?
  by: Lead member for children
  raised_on: 2024-11-05
  period: 2024-10
  answer: The head of safeguarding is sent the list each Friday, and asks the manager who closed it.
  answered_on: 2024-11-19
  answered_by: Head of safeguarding
"""


def northmere(seed: int = 2024) -> dict[str, bytes]:
    """The example's evidence folder: relative path to content, the same for the same seed."""
    staff = cast(stream(seed, "people"))
    meeting = strategy(staff, stream(seed, "strategy-2024-11"))
    files = {
        "authority.yml": AUTHORITY.encode(),
        "exclusions.yml": EXCLUSIONS.encode(),
        "challenges.yml": CHALLENGES.encode(),
    }
    files |= {f"returns/{path}": content for path, content in returns(staff, meeting, seed).items()}
    files["draws/visits-2024-11.csv"] = Desk(staff, seed).visits_draw()
    files |= {f"registers/{name}.csv": content for name, content in _registers(staff, meeting, seed).items()}
    return dict(sorted(files.items()))


def stream(seed: int, name: str) -> random.Random:
    """A random stream of its own for each thing, so that a change in one leaves the others alone."""
    return random.Random(f"{seed}/{name}")


def _registers(staff: Cast, meeting: Strategy, seed: int) -> dict[str, bytes]:
    def rng(name: str) -> random.Random:
        return stream(seed, name)

    children, desk = [file.child for file in meeting.files], Desk(staff, seed)
    rows = {
        "cases": registers.cases(staff, rng("cases")),
        "visits": registers.visits(staff, rng("visits")),
        "tracker": registers.tracker(staff, rng("tracker")),
        "closures": registers.closures(staff, rng("closures")),
        "training": staff_registers.training(staff, rng("training")),
        "workforce": staff_registers.workforce(staff),
        "escalations": registers.escalations(staff, rng("escalations")),
        "actions": staff_registers.actions(staff, rng("actions")),
        "meetings": registers.meetings(meeting.asked, children, meeting.returns),
        "screening": registers.screening(staff, rng("screening")),
        "placements": registers.placements(staff, rng("placements")),
        "beds": registers.beds(),
        "care_leavers": registers.care_leavers(rng("care_leavers")),
        "survey": staff_registers.survey(desk.planned(), rng("survey")),
        "population": [(*row, "", "", "") for row in desk.lists()],
    }
    children, records = hubs.hub_registers(rng("hubs"))
    linked = {
        "hub_children": delimited([hubs.CHILDREN, *children]),
        "hub_records": delimited([hubs.RECORDS, *records]),
    }
    return linked | {name: _csv(name, content) for name, content in rows.items()}


def _csv(name: str, rows: Iterable[tuple[object, ...]]) -> bytes:
    return delimited([SIDE_TABLES[name], *rows])

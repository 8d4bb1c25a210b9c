"""The page on actions, counted again: each action beside the audits that came after it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import compress
from pathlib import Path

import yaml

from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.facts import World, day

DATA = Path(__file__).parents[3] / "data"
REGISTERS, PLAN = DATA / "example" / "registers", DATA / "plan.yml"
Row = dict[str, str]
Known = tuple[str, str, tuple[int, int]]
TODAY = "2024-11-21"
SAYS = {  # how an action stands, and the words by which a page says so
    "late": r"[|] late [|]|were open after|was open after",
    "gone": "put right: closed|a check found the problem gone",
    "unchecked": "closed, never checked|closed without any check",
    "still": "closed, problem still there|a check found the problem still there",
    "ahead": "not due yet",
    "none": "no due day",
}
CLOSED = ("gone", "unchecked", "still")


def actions(world: World) -> tuple[list[Known], set[date], list]:
    """Every count that the page may hold, by its words and level; the last days; and the days to close."""
    if ("actions",) not in world.memory:
        world.memory["actions",] = {"told": _told(world)}
    return world.memory["actions",]["told"]


def _rows(name: str) -> list[Row]:
    with (REGISTERS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _told(world: World) -> tuple[list[Known], set[date], list]:
    rows, staff = _rows("actions"), _rows("workforce")
    for row in rows:
        row["state"] = _state(row)
        row["fails"] = _fails(world, row)
        row["again"] = any(_same(row, one) and one["closed_on"] and one["closed_on"] < row["raised_on"] for one in rows)
    known = [*_states(rows), *_threads(world, rows, staff), *_by_standard(world, rows), *_planned(staff)]
    for name, every in (("actions", rows), ("workforce", staff), ("training", _rows("training"))):
        known.append((f"rows read.*{name}", "", (len(every),) * 2))
    days = {max(row[name] for row in rows for name in ("raised_on", "closed_on", "checked_on"))}
    days |= {"2024-11-11", "2024-11-14"} | {row[name] for row in rows for name in ("closed_on", "checked_on")} - {""}
    waits = [(_until(row) - day(row["raised_on"])).days for row in rows]
    ended = [row["state"] in CLOSED for row in rows]
    each = [[row["priority"] == level for row in rows] for level in ("High", "Medium")]
    parts = ([[*compress(waits, ours)], [*compress(ended, ours)]] for ours in each)
    halves = {_half(waits, ended), *(_half(*part) for part in parts)}
    return (
        known,
        {day(each) for each in days},
        [(r"^(?:within )?(\d+) days$|within (\d+) days", {*halves, 14, 28, 56, 84})],
    )


def _state(row: Row) -> str:
    if row["closed_on"]:
        return {"yes": "still", "no": "gone"}.get(row["still_a_problem"], "unchecked")
    return "none" if not row["due_on"] else "late" if row["due_on"] < TODAY else "ahead"


def _until(row: Row) -> date:
    return day(row["closed_on"] or TODAY)


def _verdict(world: World, audit: str, code: str) -> str:
    facts, asked = world.audits[audit], world.standards[code]
    if asked["critical"] and limits.withheld(facts, code, asked["target"]):
        return "not met"
    return limits.verdict(facts, code, asked["target"], critical=asked["critical"])


def _seen(world: World, code: str) -> list[tuple[str, date, date, str]]:
    """Every audit that asked a standard by the day, with its first and last day and its verdict."""
    asked = [name for name, facts in world.audits.items() if (code, "all") in facts.met]
    return [(name, *world.audits[name].days, _verdict(world, name, code)) for name in asked]


def paper_at_most(world: World) -> set[tuple[int, int, int]]:
    """Those closed on paper, all that are closed, and how many it is if every one that nobody checked is."""
    actions(world)
    rows = [row for row in _rows("actions")]
    closed = [row | {"state": _state(row)} for row in rows if row["closed_on"]]
    fails = [_fails(world, row) for row in closed]
    return {
        (sum(fails), len(closed), sum(so or row["state"] == "unchecked" for so, row in zip(fails, closed, strict=True)))
    }


def _fails(world: World, row: Row) -> bool:
    """Whether an action is closed on paper."""
    if row["state"] == "still":
        return True
    later = (said for _, on, _, said in _seen(world, row["standard_id"]) if on > _until(row))
    return row["state"] == "unchecked" and "not met" in later


def _same(row: Row, other: Row) -> bool:
    alike = any(row[name] and row[name] == other[name] for name in ("area", "team"))
    return bool(row["standard_id"]) and row["standard_id"] == other["standard_id"] and alike


def _of(rows: list[Row], so) -> tuple[int, int]:
    return sum(bool(so(row)) for row in rows), len(rows)


def _states(rows: list[Row]) -> list[Known]:
    known, late = [], [row for row in rows if row["state"] == "late"]
    for state, said in SAYS.items():
        known.append((f"(?!.*(?:by area|by team)).*(?:{said})", "", _of(rows, lambda row, s=state: row["state"] == s)))
        for level, ours in _levels(rows):
            known.append((said, level, _of(ours, lambda row, s=state: row["state"] == s)))
    closed = [row for row in rows if row["closed_on"]]
    judged = [row for row in closed if row["due_on"]] + late
    known.append(
        (
            "closed by its day|by the day set",
            "",
            _of(judged, lambda row: row["closed_on"] and row["closed_on"] <= row["due_on"]),
        )
    )
    weeks = {"up to four": (0, 28), "five to twelve": (29, 84), "more than twelve": (85, 9999)}
    for name, (least, most) in weeks.items():
        known.append(
            (
                "weeks late",
                f"{name} weeks late",
                _of(late, lambda row, a=least, b=most: a <= (day(TODAY) - day(row["due_on"])).days <= b),
            )
        )
    known += _besides(closed, rows)
    known.append(("in supervision", "", _of(rows, lambda row: row["discussed_on"])))
    known += [("", f"{days} days", pair) for days in (14, 28, 56, 84) for pair in _curve(rows, days)]
    return known


def _besides(closed: list[Row], rows: list[Row]) -> list[Known]:
    """Of those that chance drew, the ones put right; and by priority and agency, how they stand."""
    drawn = [row for row in closed if row["check_drawn"]]
    first = min(row["checked_on"] for row in drawn)
    listed = [row for row in closed if row in drawn or (row["closed_on"] <= first <= (row["checked_on"] or first))]
    gone = _of(drawn, lambda row: row["state"] == "gone")
    ends = [(end, len(listed)) for end in limits.children(*gone, len(listed))]
    known = [("chance", "", gone), *(("likely|chance", "", end) for end in ends)]
    for name in ("priority", "agency"):
        for level in {row[name] for row in rows} - {""}:
            ours = [row for row in rows if row[name] == level]
            known += [(said, level, _of(ours, lambda row, s=state: row["state"] == s)) for state, said in SAYS.items()]
    return known


def _levels(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The areas of the plan by their titles, and the teams."""
    for area in yaml.safe_load(PLAN.read_text(encoding="utf-8"))["areas"]:
        yield (
            f"{area['id']} {area['title']}".partition(" –")[0],
            [row for row in rows if row["area"].split(".")[0] == area["id"]],
        )
    for team in {row["team"] for row in rows} - {""}:
        yield team, [row for row in rows if row["team"] == team]


def _curve(rows: list[Row], days: int) -> list[tuple[int, int]]:
    """The shares that had ended in each way by a number of days, by the sum of Aalen and Johansen, as parts of 1000."""
    waits, waiting = [((_until(row) - day(row["raised_on"])).days, row["state"]) for row in rows], 1.0
    found = dict.fromkeys(CLOSED, 0.0)
    for time in range(days + 1):
        watched = sum(wait >= time for wait, _ in waits)
        now = [state for wait, state in waits if wait == time and state in CLOSED]
        for state in now:
            found[state] += waiting / watched
        waiting *= 1 - len(now) / watched if watched else 1
    return [(round(1000 * share), 1000) for share in (*found.values(), sum(found.values()))]


def _threads(world: World, rows: list[Row], staff: list[Row]) -> list[Known]:
    closed = [row for row in rows if row["state"] in CLOSED]
    still = [row for row in rows if row["state"] == "still"]
    naming = [row for row in rows if row["audit_id"]]
    left = {row["person_ref"] for row in staff if row["left_on"] and row["left_on"] <= TODAY}
    opened = [row for row in rows if not row["closed_on"]]
    owned = [row for row in opened if row["owner_ref"]]
    old, fresh = _findings(world, rows)

    def anew(row):
        return any(_same(row, one) and one["raised_on"] > row["closed_on"] for one in rows)

    def astray(row):
        return row["audit_id"] not in world.programme or row["standard_id"] not in world.standards

    return [
        ("closed on paper", "", _of(closed, lambda row: row["fails"])),
        ("found again|had been closed before", "", _of(rows, lambda row: row["again"])),
        ("findings without an action|older than four weeks", "", (sum(not acted for acted in old), len(old))),
        ("of the last four weeks", "", (sum(not acted for acted in fresh), len(fresh))),
        ("finding does not exist|does not hold", "", _of(naming, astray)),
        ("name no finding|named no audit", "", _of(rows, lambda row: not row["audit_id"])),
        ("without an owner|had no owner", "", _of(opened, lambda row: not row["owner_ref"])),
        ("owner has left|who has left", "", _of(owned, lambda row: row["owner_ref"] in left)),
        ("taken up", "", (sum(not anew(row) for row in still), len(still))),
        ("drawn", "", (15, sum(row["state"] == "unchecked" for row in rows))),  # 90% of 18, by hand from the tables
    ]


def _findings(world: World, rows: list[Row]) -> tuple[list[bool], list[bool]]:
    """Whether each standard not met, and not met since, has an action: of the last four weeks apart."""
    old, fresh = [], []
    for code in world.standards:
        seen = _seen(world, code)
        for name, on, until, said in seen:
            if said == "not met" and not any(then > on and after == "met" for _, then, _, after in seen):
                ours = [row for row in rows if row["standard_id"] == code]
                acted = any(row["audit_id"] == name or row["raised_on"] >= str(on) for row in ours)
                (fresh if until > day(TODAY) - timedelta(days=28) else old).append(acted)
    return old, fresh


def _by_standard(world: World, rows: list[Row]) -> list[Known]:
    known: list[Known] = []
    for code in {row["standard_id"] for row in rows} & {*world.standards}:
        ours = [row for row in rows if row["standard_id"] == code]
        closed = [row for row in ours if row["state"] in CLOSED]
        known.append(
            ("closed action has not worked|closed on paper|fail", f"⟦{code}⟧", _of(closed, lambda row: row["fails"]))
        )
        known.append(
            ("raised again|found again|raised since|closed before", f"⟦{code}⟧", _of(ours, lambda row: row["again"]))
        )
    return known


def _planned(staff: list[Row]) -> list[Known]:
    known = [
        ("notice", "", _of([row for row in staff if row["notice_given_on"]], lambda row: row["notice_withdrawn_on"]))
    ]
    posts = [row for row in staff if row["role"] == "Family network meeting worker"]
    known.append(("post", "family network meeting worker", _of(posts, lambda row: row["started_on"])))
    young = [row for row in _rows("training") if row["role"] == "Care leaver"]
    for course in ("eet-jobs-and-apprenticeships", "eet-work-experience"):
        ours = [row for row in young if row["course"] == course]
        name = course.removeprefix("eet-").replace("-", " ")
        known.append(("support|named for|not due yet", name, _of(ours, lambda row: row["on"] > TODAY)))
    return known


def _half(waits: list[int], ended: list[bool]) -> int:
    still = 1.0
    for time in sorted({*waits}):
        now = sum(wait == time and end for wait, end in zip(waits, ended, strict=True))
        still *= 1 - now / sum(wait >= time for wait in waits)
        if still < 0.5:
            return time
    return -1

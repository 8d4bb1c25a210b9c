"""A page about a register, held against the register's own file: counted here, by this code alone."""

from __future__ import annotations

import csv
import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from tests.pages.stranger.actions import actions, paper_at_most
from tests.pages.stranger.days import day_of
from tests.pages.stranger.equity import equity, labels
from tests.pages.stranger.piece import PAIR, Reading, whole
from tests.pages.stranger.truth.facts import World
from tests.pages.stranger.truth.scope import MONTH, MONTHS, month

REGISTERS = Path(__file__).parents[3] / "data" / "example" / "registers"
DAY = re.compile(rf"(?:[a-z]+ to|checked on) (\d{{1,2}}) ({MONTH}) (\d{{4}})")
ANY_DAY = re.compile(rf"(\d{{1,2}}) ({MONTH}) (\d{{4}})")
EVERY_DAY = (
    "consent.html",
    "training.html",
    "surveys.html",
    "placements.html",
    "tracker.html",
    "escalations.html",
    "actions.html",
)  # which name days of courses, rounds and surveys
SHARE = re.compile(r"(?<![\w.])(\d+)%")
Lengths = list[tuple[str, set[int]]]  # a pattern of one number, and what it may be
Known = tuple[str, str, tuple[int, int]]  # words of the measure (a pattern), the level, and k of n
Facts = tuple[list[Known], set[date], Lengths]


def registers(reading: Reading) -> None:
    """Hold every count, share and last day of a page about a register against what its file says."""
    facts = FACTS.get(reading.page.split("/")[-1].removesuffix(".html"))
    if reading.page.endswith("/equity.html"):
        known, last, lengths = equity(reading.scope.world)
        labels(reading)
    elif reading.page.endswith("/actions.html"):
        known, last, lengths = actions(reading.scope.world)
    elif facts is None:
        return
    else:
        known, last, lengths = facts()
    if reading.page.endswith("/consent.html"):
        last = last | _chain(reading.scope.world, "consent")
    if reading.page.endswith("training.html"):
        known = [*known, *trained(reading.scope.world)]
        last = last | {each.days[0] for each in reading.scope.world.audits.values()}
    named = ANY_DAY if reading.page.split("/")[-1] in EVERY_DAY else DAY
    for found in named.finditer(reading.text):
        reading.judge(*found.span(), day_of(found), last, "date")
    if reading.page.endswith("consent.html"):
        days = {(each.day, each.month) for each in _chain(reading.scope.world, "consent")}
        for found in re.finditer(rf"\b(\d{{1,2}}) ({MONTH}) to", reading.text):
            reading.judge(*found.span(), (int(found[1]), month(found[2])), days, "day")
        for found in re.finditer(rf"(?<!\d )\b({MONTH}) (\d{{4}})", reading.text):
            told = {(2024, int(row["closed_on"][5:7])) for row in _rows("closures")}
            reading.judge(*found.span(), (int(found[2]), month(found[1])), told, "month")
    if reading.page.endswith("/actions.html"):
        _most(reading, paper_at_most(reading.scope.world))
    if reading.page.endswith("family-hubs.html"):
        _may_have_come(reading)
    for pattern, days in lengths:
        for found in re.finditer(pattern, reading.text):
            reading.judge(*found.span(1), int(found[1]), days, "days")
    for found in PAIR.finditer(reading.text):
        pair = whole(found[1]), whole(found[2])
        reading.judge(*found.span(), pair, _pairs(reading, *found.span(), known), "count")
    for found in SHARE.finditer(reading.text):
        pairs = _pairs(reading, *found.span(), known)
        coarse = 5 if re.search(r"about $", reading.text[: found.start()], re.IGNORECASE) else 1
        shares = {coarse * int(100 * k / n / coarse + 0.5) for k, n in pairs or () if n}
        reading.judge(found.start(), found.end() - 1, int(found[1]), shares or None, "share")


def _pairs(reading: Reading, start: int, end: int, known: list[Known]) -> set[tuple[int, int]] | None:
    """What is known of the count at a place: by the words round it, those of its row and those of its column."""
    block, text = reading.block, reading.text
    first = max(
        text.rfind(". ", 0, start), text.rfind(": ", 0, start) if ";" in text else -1, text.rfind(";", 0, start)
    )
    stop = min((place for mark in (". ", ";") if (place := text.find(mark, end)) >= 0), default=len(text))
    head = text[first + 1 : stop] if ";" not in text else text[max(0, text.rfind(";", 0, start)) : end]
    where = " | ".join((block.part, block.row, block.column, block.line, head)).casefold()
    where = re.sub(r"⟦team:([^⟧]+)⟧", r"\1", where)
    said = [(level, pair) for words, level, pair in known if re.search(words, where)]
    told = [(len(level), pair) for level, pair in said if _named(level, where)] or [(0, pair) for _, pair in said]
    longest = max((size for size, _ in told), default=0)
    return {reading.scope.shown(pair) for size, pair in told if size == longest} or None


def _named(level: str, where: str) -> bool:
    ends = [(each, "" if each.endswith("-") else r"(?!\w)") for each in level.casefold().split(" x ")]
    return not level or all(re.search(rf"(?<!\w){re.escape(each)}{end}", where) for each, end in ends)


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (REGISTERS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _of(rows: list[dict], so: Callable[[dict], object]) -> tuple[int, int]:
    return sum(bool(so(row)) for row in rows), len(rows)


def _last(rows: list[dict], *columns: str) -> set[date]:
    return {date.fromisoformat(max(row[name] for row in rows for name in columns if row[name])[:10])}


@cache
def _tracker() -> Facts:
    rows = _rows("tracker")
    last = _last(rows, "reviewed_on", "left_team_on")
    due = [row for row in rows if row["outcome"] in ("transfer", "step down or close")]
    still = [row for row in due if not row["left_team_on"]]
    (until,) = last
    waits = Counter((until - date.fromisoformat(row["reviewed_on"])).days // 7.5 for row in still)
    known: list[Known] = [("rows read|evidence to", "", (len(rows), len(rows)))]
    for outcome, count in Counter(row["outcome"] or "no decision recorded" for row in rows).items():
        known.append((r"^what was decided|\| children \|", outcome, (count, len(rows))))
        for place, gone in (("left the team", True), ("still with the team", False)):
            ours = [row for row in rows if (row["outcome"] or "no decision recorded") == outcome]
            moved = sum(bool(row["left_team_on"]) == gone for row in ours)
            known.append((r"^where the children|\| children \|", f"{outcome} x {place}", (moved, len(rows))))
    for place, band in enumerate(("up to 7 days", "8 to 14 days", "15 days or more")):
        known.append(("wait|still there", band, (waits[place], len(still))))
    for name, ours in [("", rows), *_by(rows, "team"), *(("p-", each) for _, each in _by(rows, "worker_ref"))]:
        leaving = [row for row in ours if row in due]
        known += [
            (
                r"^(?!what was decided|where).*(no decision recorded|team by team \| .* \| no decision)",
                name,
                _of(ours, lambda row: not row["outcome"]),
            ),
            (
                "of those due to leave|due to leave the team have left",
                name,
                _of(leaving, lambda row: row["left_team_on"]),
            ),
        ]
    known.append((r"\| a decision|have a decision", "", _of(rows, lambda row: row["outcome"])))
    known.append(
        (
            r"how far it has got \| left the team|reviewed have left|\| left the team \| whole",
            "",
            _of(rows, lambda row: row["left_team_on"]),
        )
    )
    waited = [
        (
            (date.fromisoformat(row["left_team_on"]) if row["left_team_on"] else until)
            - date.fromisoformat(row["reviewed_on"])
        ).days
        for row in due
    ]
    half = _half(waited, [bool(row["left_team_on"]) for row in due])
    lengths = [
        (r"(?i)up to (\d+) days", {7}),
        (r"^(8|\d\d) to \d+ days", {8}),
        (r"^\d+ to (\d\d) days", {14}),
        (r"(\d+) days or more", {15}),
    ]
    return known, last, [*lengths, (r"within (\d+) days", {half}), (r"^(\d+) days$", {half})]


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _weekdays(start: date, end: date) -> int:
    """Working days after the start, the end included; the one bank holiday of the log is that of August."""
    days = ((start + timedelta(days=step)) for step in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day != date(2024, 8, 26) for day in days)


@cache
def _timeliness() -> Facts:
    log, asked = _rows("visits"), _rows("meetings")
    last = _last(log, "visited_on", "recorded_on")
    until = date(2024, 11, 21)
    newest = {row["child_ref"]: row for row in sorted(log, key=lambda row: row["visited_on"])}
    known: list[Known] = [
        ("visits", "rows read", (len(log), len(log))),
        ("meetings", "rows read", (len(asked), len(asked))),
    ]
    within = {
        "child protection": lambda day: _weekdays(day, until) <= 10,
        "child in need": lambda day: _weekdays(day, until) <= 20,
        "care": lambda day: (until - day).days <= 42,
    }
    closed = {row["child_ref"]: row["closed_on"] for row in _rows("cases")}
    shut = [ref for ref, row in newest.items() if row["visited_on"] <= closed.get(ref, "") <= "2024-11-21"]
    known.append(("closed since", "", (len(shut), len(newest))))
    held = [
        row
        for row in _rows("cases")
        if row["plan_type"] == "child protection" and not ("" < row["closed_on"] <= "2024-11-21")
    ]
    known.append(
        ("not in the visit log|no visit in the log", "", _of(held, lambda row: row["child_ref"] not in newest))
    )
    logged = [row for row in newest.values() if row["plan_type"] == "child protection" and row["child_ref"] not in shut]
    planned = {row["child_ref"] for row in held}
    alone = _of(logged, lambda row: row["child_ref"] not in planned)
    known.append(("on none in the cases register", "", alone))
    for plan, so in within.items():
        every = [row for row in newest.values() if row["plan_type"] == plan]
        ours = [row for row in every if row["child_ref"] not in shut]
        pair = _of(ours, lambda row, so=so: so(_day(row["visited_on"])))
        known += [("the last visit, by plan|last visit in time", plan, pair)]
        known += [(r"\| seen \|", plan, _of(every, lambda row: row["seen"] == "yes"))]
        known += [(r"\| seen alone \|", plan, _alone(every))]
        if plan == "child protection":
            known += [("last visit alone in time, child protection|were last visited within", "", pair)]
            for team, mine in _by(ours, "team"):
                known.append(
                    (
                        "team by team|last visit alone in time|last visit in time",
                        team,
                        _of(mine, lambda row, so=so: so(_day(row["visited_on"]))),
                    )
                )
            known.append(
                (
                    "every visit",
                    "",
                    _every([row for row in log if row["child_ref"] in {each["child_ref"] for each in ours}]),
                )
            )
    every = [*newest.values()]
    known += [
        (
            "at the last visit were seen|seen [|] whole|seen alone [|] seen [|]",
            "",
            _of(every, lambda row: row["seen"] == "yes"),
        )
    ]
    known += [("of whom the log says|seen alone [|] whole|seen alone [|] seen alone [|]", "", _alone(every))]
    seen = [row for row in every if row["seen"] == "yes"]
    known.append(
        ("not recorded whether alone|nothing in the log of whether", "", _of(seen, lambda row: not row["seen_alone"]))
    )
    known += [("written up|lag", band, pair) for band, pair in _lags(every)]
    held = {row["request_id"]: (row["decided_at"], row["held_at"]) for row in asked}.values()
    hours = [
        (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 3600 for start, end in held
    ]
    known.append(("meetings|⟦theme:⟧ in time", "", (sum(each <= 24 for each in hours), len(hours))))
    told = [
        (r"(?<!ater, )within (\d+) working days", {10}),
        (r"within (\d+) hours", {24}),
        (r"(?i)after (\d) ", {1, 3, 6}),
        (r"\d (?:or|to) (\d) working", {5}),
        (r"within (2) working", {2}),
    ]
    told += [(r"at most (\d+) ", {10, 20, 42, 24}), (r"with (\d) visits", {2}), (r"regulation (\d+)", {28})]
    return known, last | _last(asked, "decided_at", "held_at") | {date(2026, 11, 29)}, told


def _alone(rows: list[dict[str, str]]) -> tuple[int, int]:
    seen = [row for row in rows if row["seen"] == "yes" and row["seen_alone"]]
    return _of(seen, lambda row: row["seen_alone"] == "yes")


def _every(rows: list[dict[str, str]]) -> tuple[int, int]:
    days: dict[str, list[date]] = {}
    for row in rows:
        days.setdefault(row["child_ref"], []).append(_day(row["visited_on"]))
    pairs = [
        [*zip(sorted(each), [*sorted(each)[1:], date(2024, 11, 21)], strict=True)]
        for each in days.values()
        if len(each) > 1
    ]
    return sum(all(_weekdays(*gap) <= 10 for gap in each) for each in pairs), len(pairs)


def _lags(rows: list[dict[str, str]]) -> Iterator[tuple[str, tuple[int, int]]]:
    lags = [
        (
            0
            if row["recorded_on"] == row["visited_on"]
            else _weekdays(_day(row["visited_on"]), _day(row["recorded_on"])) or 1
        )
        if row["recorded_on"]
        else None
        for row in rows
    ]
    bands = {"on the day": (0,), "later, within 2 working days": (1, 2), "after 3 to 5 working days": (3, 4, 5)}
    for band, days in bands.items():
        yield band, (sum(lag in days for lag in lags), len(lags))
    yield "after 6 working days or more", (sum(lag is not None and lag > 5 for lag in lags), len(lags))
    yield "not recorded yet", (lags.count(None), len(lags))


@cache
def _consent() -> Facts:
    rows, known = _rows("closures"), []
    for place in sorted({row["closed_on"][:7] for row in rows}):
        ours = [row for row in rows if row["closed_on"].startswith(place)]
        refused = [row for row in ours if row["sub_reason"] == "No consent"]
        own = [row for row in refused if row["section_47"] == "no" and row["assessment_completed"] == "no"]
        said = f"{MONTHS[int(place[5:]) - 1]} {place[:4]}"
        known += [
            (
                "on withdrawn consent|agreed by a service manager",
                said,
                _of(own, lambda row: row["manager_agreed"] == "yes"),
            ),
            (r"called .no consent. in|miscoded(?!, in every)", said, (len(refused) - len(own), len(refused))),
            (
                r"closures? after a (?:section 47|⟦law:⟧)|after an enquiry(?! or)",
                said,
                _of([row for row in ours if row["section_47"] == "yes"], lambda row: row["sub_reason"] == "No consent"),
            ),
            (
                r"not agreed|recorded as not agreed",
                said,
                _of(own, lambda row: row["manager_agreed"] == "no"),
            ),
            (r"nothing recorded", said, _of(own, lambda row: not row["manager_agreed"])),
            (r"not known whether|did not say whether", said, (0, len(refused))),
        ]
    named = [row for row in rows if row["sub_reason"] == "No consent"]
    every = [row for row in named if (row["section_47"], row["assessment_completed"]) == ("no", "no")]
    span = "from July 2024 to November 2024"
    whole = [
        (r"agreed, in every|an agreement recorded from", "", _of(every, lambda row: row["manager_agreed"] == "yes")),
        (
            r"miscoded, in every|enquiry or assessment from",
            "",
            _of(named, lambda row: "yes" in (row["section_47"], row["assessment_completed"])),
        ),
        (r"called .no consent., in every|closures were called .no consent. from", "", (len(named), len(rows))),
    ]
    known += [(words, level, pair) for words, _, pair in whole for level in (span, "")]
    for part, so in (("from July 2024 to September 2024", True), ("from October 2024 to November 2024", False)):
        ours = [row for row in every if (row["closed_on"] < "2024-10") == so]
        pair = _of(ours, lambda row: row["manager_agreed"] == "yes")
        known += [(r"agreed from|an agreement recorded from", level, pair) for level in (part, "")]
    return [("rows read", "", (len(rows), len(rows))), *known], _last(rows, "closed_on"), [(r"section (\d+)", {47})]


def _twentieth(start: date, days: int) -> date:
    """The day on which so many working days have passed."""
    end = start
    while _weekdays(start, end) < days:
        end += timedelta(days=1)
    return end


@cache
def _escalations() -> Facts:
    rows = [{**row} for row in _rows("escalations")]  # no child is in it twice
    (until,) = last = _last(rows, "raised_on", "resolved_on")
    for row in rows:
        row["ends"] = _day(row["resolved_on"]) if row["resolved_on"] else until
        row["past"] = [row["ends"] > _twentieth(_day(row["raised_on"]), days) for days in (10, 20)]
    still = [row for row in rows if not row["resolved_on"]]
    known: list[Known] = [
        ("rows read|evidence to", "", (len(rows), len(rows))),
        ("past the limit [|] whole|open past the limit|waited longer", "", _of(still, lambda row: row["past"][1])),
    ]
    for band, passed in (("up to 10", 0), ("11 to 20", 1), ("more than 20", 2)):
        known.append(("working days", f"{band} working days", _of(still, lambda row, n=passed: sum(row["past"]) == n)))
    for name, ours in [("", rows), *_by(rows, "team")]:
        due = [row for row in ours if row["resolved_on"] or row["past"][1]]
        known += [
            ("resolved in time|had it resolved", name, _of(due, lambda row: not row["past"][1])),
            ("still open(?! have)|have one still open", name, _of(ours, lambda row: not row["resolved_on"])),
        ]
    for name, ours in _by(rows, "stage"):
        known.append(("still open", name, _of(ours, lambda row: not row["resolved_on"])))
    shared = [(name, ours) for name, ours in _by(rows, "reason") if len(ours) > 4]
    told = [
        *((name, len(ours)) for name, ours in shared),
        ("another reason", len(rows) - sum(len(ours) for _, ours in shared)),
    ]
    known += [("", name, (count, len(rows))) for name, count in told]
    waits = [(row["ends"] - _day(row["raised_on"])).days for row in rows]
    half = _half(waits, [bool(row["resolved_on"]) for row in rows])
    lengths = [
        (r"(?:within|than|at most) (\d+) working", {20}),
        (r"(?i)up to (\d+) working", {10}),
        (r"(?i)^(\d+) to \d+ working", {11}),
        (r"(?i)^\d+ to (\d+) working", {20}),
        (r"within (\d+) days", {half}),
        (r"^(\d+) days$", {half}),
    ]
    lengths.append(
        (
            r"(?i)\bstage (\d+)",
            {int(each["stage"][-1]) for each in _rows("escalations") if each["stage"][-1:].isdigit()},
        )
    )
    return known, last | {date(2026, 11, 29)}, lengths


COURSES = {
    "plans-training": "Plans and planning training",
    "consent-one-to-ones": "One-to-one sessions on consent",
    "assessment-training": "Assessment training",
    "consent-workshops": "Five consent workshops",
    "tsds": "tsds",
}


@cache
def _training() -> Facts:
    day, told, posts = "2024-11-21", _rows("training"), _rows("workforce")
    here = [row for row in posts if row["started_on"] and row["started_on"] <= day < (row["left_on"] or "9999")]
    staff = {row["person_ref"]: row for row in here}
    known: list[Known] = [
        ("rows read, training", "", (len(told), len(told))),
        ("rows read, workforce", "", (len(posts), len(posts))),
    ]
    for course, title in ((each, name) for each, said in COURSES.items() for name in (f"course:{each}", said)):
        ours = [row for row in told if row["course"] == course and row["role"] != "Care leaver"]
        came = {row["person_ref"] for row in ours if row["on"] <= day and row["attended"] == "yes"}
        ahead = {row["person_ref"] for row in ours if row["on"] > day and row["booked"] == "yes"} - came
        every = came | ahead | {row["person_ref"] for row in ours if row["attended"] == "no"}
        known.append((r"attended, and nobody else", title, (len(came), len(every))))
        for words, who in (
            ("[|] attended [|]|had attended by", came),
            ("still to come|were booked for a session", ahead),
            ("did not come", every - came - ahead),
        ):
            known.append((words, title, (len(who), len(every))))
        reached = r"staff in post who attended|had attended this|members of staff|(?:team by team|role by role)"
        known.append((reached, title, (len(came & {*staff}), len(staff))))
        left = len({*staff} - came - ahead)
        known.append(("none to come|no session of it to come", title, (left, len(staff))))
        for by, few in (("team", 5), ("role", 5)):
            groups = {name: rows for name, rows in _by([*staff.values()], by)}
            small = {name for name, rows in groups.items() if len(rows) < few}
            groups["others"] = [row for name in small for row in groups[name]]
            groups["Duty & Assessment, all its teams"] = [
                row for row in staff.values() if row["team"].startswith("Duty & Assessment")
            ]
            for name, rows in groups.items():
                pair = _of(rows, lambda row, came=came: row["person_ref"] in came)
                known.append((reached, f"{title} x {name}", pair))
    last = _last([row for row in told if row["on"] <= day], "on")
    looks = {date(2025, 2, 3), date(2024, 11, 18), date(2025, 1, 20), date(2024, 10, 7), date(2024, 12, 9)}
    return known, last | {date(2024, 11, 11), date(2024, 11, 21)} | looks, []


def came(course: str) -> set[tuple[int, int]]:
    """How many came of those whom the register names for a course."""
    rows = [row for row in _rows("training") if row["course"].startswith(course) and row["on"] <= "2024-11-21"]
    named = {row["person_ref"] for row in _rows("training") if row["course"].startswith(course)}
    return {(len({row["person_ref"] for row in rows if row["attended"] == "yes"}), len(named))}


def trained(world: World) -> list[Known]:
    """What is known of those who were trained; counted once."""
    if ("trained",) not in world.memory:
        world.memory["trained",] = {"told": [*_trained(world)]}
    return world.memory["trained",]["told"]


def _trained(world: World) -> Iterator[Known]:
    """The files of workers who had, and had not, attended a course before the latest round that it was to move."""
    latest = {}
    for audit in sorted(world.programme.values(), key=lambda each: each["on"]):
        for each in audit.get("interventions", []):
            if audit.get("until", audit["on"]) <= date(2024, 11, 21) and audit["id"] in world.audits:
                latest[each["id"]] = (audit, each["standards"])
    for course, (audit, codes) in latest.items():
        rows = [row for row in _rows("training") if row["course"] == course and row["attended"] == "yes"]
        came = {row["person_ref"] for row in rows if _day(row["on"]) < audit["on"]}
        staff = {row["person_ref"] for name in ("training", "workforce") for row in _rows(name)}
        files = world.audits[audit["id"]].by_worker
        named = {who for said in files.values() for who, _ in said if who in staff}
        short = {f"{who[0]}. {who.partition(' ')[2]}": who for who in named}  # a return writes a name out at least once
        for code in codes:
            told = [(short.get(who, who), met) for who, met in files[code]]
            for words, there in (("had attended before", True), ("had not attended before", False)):
                met = [so for who, so in told if who in staff and (who in came) == there]
                yield f"{words}.*course:{course}|course:{course}.*{words}", code, (sum(met), len(met))
        unknown = [short.get(who, who) not in staff for who, _ in files[codes[0]]]
        yield "no known worker|named no worker", f"course:{course}", (sum(unknown), len(unknown))


def _chain(world: World, theme: str) -> set[date]:
    """Every day of the audits of a theme, of what was done between them and of the round that is booked."""
    ours = [each for each in world.programme.values() if each["theme"] == theme]
    dated = [one for each in ours for one in (each, each.get("next", {}), *each.get("interventions", []))]
    return {one[name] for one in dated for name in ("on", "until") if name in one}


@cache
def each_survey() -> tuple[dict[str, str], ...]:
    """Each survey and question once, with all who were asked, who answered and who said yes."""
    found: dict[tuple, dict] = {}
    for row in _rows("survey"):
        key = tuple(row[name] for name in ("survey_id", "on", "question"))
        known = found.setdefault(key, {**row, "sent": 0, "returned": 0, "positive": 0})
        for name in ("sent", "returned", "positive"):
            known[name] += int(row[name] or 0)
    return tuple({name: str(each) for name, each in row.items()} for row in found.values())


@cache
def _surveys() -> Facts:
    rows, known = _rows("survey"), []
    for row in each_survey():
        name = f"{row['survey_id'][:-8].replace('-', ' ')}, {_words(row['on'])}"
        asked = (int(row["returned"]), int(row["sent"]))
        known += [("who answered|people asked|[|] answered [|]", name, asked)]
        said = (int(row["positive"]), int(row["returned"]))
        known += [("said", f"{row['question']} ({name}", said)]
    return [("rows read", "", (len(rows),) * 2), *known], {_day(row["on"]) for row in rows}, []


def _words(day: str) -> str:
    return f"{int(day[8:])} {MONTHS[int(day[5:7]) - 1]} {day[:4]}"


@cache
def _vulnerability() -> Facts:
    rows = _rows("screening")
    ours = [row for row in rows if not row["theme"].startswith("contact")]
    placed = [row for row in rows if row["theme"].startswith("contact")]
    known: list[Known] = [
        ("rows read", "", (len(rows), len(rows))),
        ("high risk", "", _of(ours, lambda row: row["risk"] == "high")),
        ("contact|placed", "missing", _of(placed, lambda row: row["theme"].endswith(": missing"))),
        (
            "contact|placed",
            "another reason of contact",
            _of(placed, lambda row: not row["theme"].endswith(": missing")),
        ),
        ("", "no risk recorded", _of(ours, lambda row: not row["risk"])),
    ]
    for column in ("risk", "theme", "recommendation"):
        known += [(r"^(?!.*(?:contact|placed))", name, (len(every), len(ours))) for name, every in _by(ours, column)]
    return known, _last(rows, "screened_on"), []


@cache
def _hubs() -> Facts:
    children, records = _rows("hub_children"), [_heard(row) for row in _rows("hub_records")]
    found = [(row, [each for each in records if _alike(row, each)]) for row in children]
    known: list[Known] = [("rows read", "", (len(children), len(children)))]
    written = {(_in_order(row["Child's name"]), *_heard(row)[1:2]) for row in _rows("hub_records")}
    same = sum((f"{row['Forename']} {row['Surname']}".lower(), row["Date of birth"]) in written for row in children)
    met = [bool(theirs) for _, theirs in found]
    for less in (0, 1):  # one is so near to another child's record that it is left open
        known += [("hubs' own register|found in the hubs", "", (sum(met) - less, len(met)))]
        known += [("how they were found|found in the hubs", "probability", (sum(met) - less - same, len(met)))]
    known += [("how they were found|found in the hubs", "the same name and date of birth", (same, len(met)))]
    for cohort in sorted({row["Cohort"] for row in children}):
        ours = [theirs for row, theirs in found if row["Cohort"] == cohort]
        came = sum(any(each[2] == "yes" for each in theirs) for theirs in ours)
        level = cohort.removeprefix("EH ")  # a page writes short forms out
        known += [("found in the hubs", level, (sum(map(bool, ours)) - less, len(ours))) for less in (0, 1)]
        known.append(("known to have come|came", level, (came, len(ours))))
    return known, set(), []


def _may_have_come(reading: Reading) -> None:
    """The most who may have come, beside the count that it follows: siblings and lost records, one in five."""
    came = {pair for words, _, pair in _hubs()[0] if words.startswith("known to have come")}
    ends = {(*pair, most) for pair in came for most in range(pair[0], pair[0] + pair[1] // 5 + 1)}
    _most(reading, ends)


def _most(reading: Reading, ends: set[tuple[int, int, int]]) -> None:
    """The most that a count may be, beside the count that it follows."""
    for found in re.finditer(r"perhaps as many as (\d+) \((\d+)%\)", reading.text):
        beside = [pair for pair in PAIR.findall(reading.text[: found.start()])][-1:]
        known = {(most, _percent(most, n)) for k, n, most in ends if [(str(k), str(n))] == beside}
        reading.judge(found.start(1), found.end(2), (int(found[1]), int(found[2])), known, "the most who may have come")
    for found in re.finditer(r"^(\d+)% to (\d+)%$", reading.text):
        beside = PAIR.findall(reading.block.line)[:1]
        known = {(_percent(k, n), _percent(most, n)) for k, n, most in ends if [(str(k), str(n))] == beside}
        reading.judge(*found.span(), (int(found[1]), int(found[2])), known, "known to have come, and the most")


def _percent(k: int, n: int) -> int:
    return int(100 * k / n + 0.5)


def _one(row: dict[str, str]) -> tuple[tuple[str, ...], str]:
    return tuple(sorted((row["Forename"].lower(), row["Surname"].lower()))), row["Date of birth"]


def _in_order(name: str) -> str:
    return " ".join(reversed(name.lower().split(", ")))


def _heard(row: dict[str, str]) -> tuple[tuple[str, ...], str, str]:
    day, month_, year = row["DOB"].split("/")
    words = re.findall(r"\w+", row["Child's name"].lower())
    return tuple(sorted(words)), f"{year}-{month_}-{day}", row["Attended in last 6 months"]


def _alike(row: dict[str, str], heard: tuple[tuple[str, ...], str, str]) -> bool:
    """Whether a hub's record is a child's: one letter amiss, or day and month exchanged."""
    (name, day), (words, told, _) = _one(row), heard
    exchanged = f"{day[:5]}{day[8:]}-{day[5:7]}"
    close = day == told and difflib.SequenceMatcher(None, " ".join(name), " ".join(words)).ratio() > 0.93
    return close or (name == words and told in (day, exchanged))


@cache
def _care_leavers() -> Facts:
    rows = _rows("care_leavers")
    owed = [row for row in rows if row["in_touch"] not in ("nreq", "rhom")]
    of = "owed a plan"
    known: list[Known] = [
        ("rows read", "", (len(rows), len(rows))),
        (f"reviewed in time|{of} had a pathway", "", _of(owed, lambda row: row["plan_reviewed_on"] >= "2024-05-21")),
        (f"in contact in time|{of} had been", "", _of(owed, lambda row: row["contacted_on"] >= "2024-09-21")),
        ("due since", "", (1, len(owed))),  # each on 20 November, after the last day of the list
        ("no review of", "", _of(owed, lambda row: not row["plan_reviewed_on"])),
        (r"[|] in touch [|]|in touch with the", "", _of(rows, lambda row: row["in_touch"] == "yes")),
        (
            r"[|] in education, emp|were in education",
            "",
            _of(rows, lambda row: row["activity"] and row["activity"][0] in "FP"),
        ),
        (r"[|] not in education|were in none", "", _of(rows, lambda row: row["activity"].startswith("G"))),
        ("activity", "", _of(rows, lambda row: not row["activity"])),
        ("owed no pathway", "", (len(rows) - len(owed), len(rows))),
    ]
    lengths = [(r"within (\d+) months", {6, 2}), (r"at most (\d+) months", {6, 2}), (r"regulation (\d)", {7, 8})]
    return known, _last(rows, "plan_reviewed_on", "contacted_on"), lengths


@cache
def _placements() -> Facts:
    rows, homes = _rows("placements"), _rows("beds")
    heard = [row for row in rows if row["panel"]]
    down = [row for row in heard if row["decision"] == "step down"]
    made = _of(down, lambda row: row["decided_on"] <= row["stepped_down_on"] <= "2024-11-21")
    every = sum(int(home["beds"]) for home in homes)
    shut = sum(int(home["beds"]) for home in homes if home["open"] == "no")
    blocked = sum(int(home["blocked"]) for home in homes)
    known: list[Known] = [
        ("rows read.*placements", "", (len(rows), len(rows))),
        ("rows read.*beds", "", (len(homes), len(homes))),
        ("stepped down, of those|had stepped down", "", made),
        (r"[|] no decision recorded [|]|have no decision", "", _of(heard, lambda row: not row["decision"])),
        (r"^(?!.*rows read).*(?:beds? that no child|could not be given)", "", (shut + blocked, every)),
        ("", "awaiting planning permission", (shut, every)),
        ("", "soft-blocked", (blocked, every)),
        ("", "open to a child", (every - shut - blocked, every)),
    ]
    for column in ("placement", "cost_band"):
        known += [("", name, (len(ours), len(rows))) for name, ours in _by(rows, column)]
    for name, said in (("step down", "step down"), ("agreed", "agree"), ("", "no decision recorded")):
        known.append((r"^(?!.*stepped)", said, _of(heard, lambda row, n=name: row["decision"] == n)))
    known += [("", name, (len(ours), len(heard))) for name, ours in _by(heard, "panel")]
    days = {max(row[name] for row in rows for name in ("decided_on", "stepped_down_on", "started_on"))}
    return known, {_day(each) for each in days}, []


def _half(waits: list[int], ended: list[bool]) -> int:
    """The first day by which half had left, those who have not left being watched for as long as they waited."""
    still = 1.0
    for day in sorted({wait for wait, end in zip(waits, ended, strict=True) if end}):
        still *= 1 - sum(w == day and e for w, e in zip(waits, ended, strict=True)) / sum(w >= day for w in waits)
        if still < 0.5:
            return day
    return -1


def _by(rows: list[dict], column: str) -> Iterator[tuple[str, list[dict]]]:
    for name in sorted({row[column] for row in rows}):
        yield name, [row for row in rows if row[column] == name]


FACTS: dict[str, Callable[[], Facts]] = {
    "consent": _consent,
    "escalations": _escalations,
    "family-hubs": _hubs,
    "care-leavers": _care_leavers,
    "placements": _placements,
    "surveys": _surveys,
    "vulnerability": _vulnerability,
    "timeliness": _timeliness,
    "tracker": _tracker,
    "training": _training,
}

"""What is true of an audit, counted by ourselves: the numbers that pages may state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from tests.pages.stranger.truth.returns import GRADES, MET, NOT_APPLICABLE, Row, Words, rows_of

OWN, SECOND = ("", "Children's social care"), "Independent auditor"
Pair = tuple[int, int]


@dataclass
class Facts:
    """One audit. `met` and `not_applicable` are by standard and level ("all", or a team): k of n."""

    id: str
    entry: dict[str, Any]
    met: dict[tuple[str, str], Pair]
    not_applicable: dict[tuple[str, str], Pair]
    read: int
    auditors: int
    moderated: int = 0
    down: int = 0
    up: int = 0
    twice: tuple[tuple[str, str], ...] = ()
    again: tuple[str, ...] = ()
    answers_twice: Pair = (0, 0)
    graded: tuple[tuple[str, bool], ...] = ()
    teams: tuple[str, ...] = ()
    files_by: Counter[str] = field(default_factory=Counter)  # how many files each auditor read
    grades: dict[tuple[str, str], Pair] = field(default_factory=dict)
    partners: dict[str, int] = field(default_factory=dict)
    set_aside: dict[str, int] = field(default_factory=dict)
    applies: dict[str, str] = field(default_factory=dict)
    failed_critical: int = 0
    with_worker: Pair | None = None
    by_worker: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)
    readings: dict[str, dict[str, dict[str, bool]]] = field(default_factory=dict)  # by reader, standard and file
    marks: dict[str, Counter[str]] = field(default_factory=dict)  # how often each answer to a question was given
    overall: dict[str, str] = field(default_factory=dict)  # the grade of each file
    comments: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # of each file: by whom, and what

    def every(self, code: str) -> bool:
        """Whether a standard applies to every file."""
        return self.applies.get(code, "every file") == "every file"

    @property
    def theme(self) -> str:
        return self.entry["theme"]

    @property
    def drawn(self) -> int | None:
        return self.entry.get("intended")

    @property
    def listed(self) -> int | None:
        return self.entry["population"].get("size")

    @property
    def standards(self) -> list[str]:
        return list(dict.fromkeys(code for code, level in self.met if level == "all"))

    @property
    def days(self) -> tuple[date, date]:
        return self.entry["on"], self.entry.get("until", self.entry["on"])

    def missing(self, code: str) -> int:
        """The answers that were asked for and are not there."""
        _, n = self.met[code, "all"]
        na = self.not_applicable.get((code, "all"), (0, 0))[0]
        return (self.read if self.early else max(self.drawn or 0, self.read)) - n - na

    @property
    def early(self) -> bool:
        """Whether reading could stop as soon as it was known."""
        return self.entry.get("stopping") == "sequence"

    def in_order(self, code: str) -> list[bool]:
        """Whether each file met a standard, in the order of the draw, up to the first that was not read."""
        said = self.readings["auditors"][code]
        return [said[ref] for ref in takewhile(said.__contains__, self.entry["order"])]


@dataclass(frozen=True)
class World:
    """All that a stranger can look up: audits by id, standards by code, themes, courses."""

    audits: dict[str, Facts]
    standards: dict[str, dict[str, Any]]
    themes: dict[str, dict[str, Any]]
    programme: dict[str, dict[str, Any]]
    courses: dict[str, pd.DataFrame]
    period: str
    as_of: date
    replies: frozenset[Pair] = frozenset()
    actions: tuple[dict[str, str], ...] = ()
    measurable: dict[str, date] = field(default_factory=dict)
    memory: dict[tuple, dict] = field(default_factory=dict)
    extra_days: tuple[tuple[date, ...], ...] = ()
    of_officers: dict[str, frozenset[str]] = field(default_factory=dict)  # audit -> what was asked of officers already
    beside_nothing: dict[str, frozenset[str]] = field(
        default_factory=dict
    )  # of that, what answers no critical standard
    due: dict[str, date] = field(default_factory=dict)  # what is to be decided or done -> by when


def day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def programme_of(path: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["audits"]:
        entry["period"] = str(entry["period"])[:7]
        for each in (entry, entry.get("next", {}), *entry.get("interventions", [])):
            each |= {name: day(each[name]) for name in ("on", "until") if name in each}
        found[entry["id"]] = entry
    return found


def themes_of(folder: Path) -> dict[str, dict[str, Any]]:
    found = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yml"))]
    return {each["theme"]: each for each in found}


def world_of(root: Path, *, period: str, as_of: date) -> World:
    """The example, counted from its files."""
    data, evidence = root / "data", root / "data" / "example"
    words, themes, programme = Words(data), themes_of(data / "standards"), programme_of(data / "programme.yml")
    outs = yaml.safe_load((evidence / "exclusions.yml").read_text(encoding="utf-8"))
    audits = {}
    for name, entry in programme.items():
        files = [path for mark in entry.get("returns", []) for path in sorted((evidence / "returns").rglob(mark))]
        rows: list[Row] = []
        for path in files:
            out = {each["row"] for each in outs if path.as_posix().endswith(each["file"])}
            rows += rows_of(path, words, without=out)
        if entry.get("stopping") == "sequence":
            draw = pd.read_csv(evidence / "draws" / f"{name}.csv", dtype=str)
            entry["order"] = draw.iloc[draw["Order"].astype(int).argsort()]["Child ref"].tolist()
        if rows:
            audits[name] = facts_of(name, entry, rows, themes[entry["theme"]])
            out = sum(any(path.as_posix().endswith(each["file"]) for path in files) for each in outs)
            audits[name].set_aside |= {"file": out} if out else {}
    register = pd.read_csv(evidence / "registers" / "training.csv", dtype=str)
    register["on"] = [day(each) for each in register["on"]]
    courses = {str(name): part for name, part in register.groupby("course")}
    standards = {each["id"]: each for theme in themes.values() for each in theme["standards"]}
    survey = pd.read_csv(evidence / "registers" / "survey.csv")
    survey = survey.groupby(["survey_id", "on", "question"])[["returned", "sent"]].sum()
    replies = frozenset(zip(survey["returned"].tolist(), survey["sent"].tolist(), strict=True))
    actions = pd.read_csv(evidence / "registers" / "actions.csv", dtype=str, keep_default_na=False)
    told = tuple({str(name): str(said) for name, said in each.items()} for each in actions.to_dict("records"))
    said = [path.read_text(encoding="utf-8") for path in (evidence / "commentary").glob("*.yml")]
    written = tuple((day(each),) for each in re.findall(r"\d{4}-\d{2}-\d{2}", " ".join(said)))
    entries = {audit: words for each in said for audit, words in yaml.safe_load(each).items()}
    of_officers = {audit: _of_officers(words) for audit, words in entries.items()}
    plan = yaml.safe_load((data / "plan.yml").read_text(encoding="utf-8"))["areas"]
    items = [each for area in plan for each in area.get("items", [])]
    measurable = {each["id"]: day(each["impact_on"]) for each in items if "impact_on" in each}
    return World(
        audits,
        standards,
        themes,
        programme,
        courses,
        period,
        as_of,
        replies,
        told,
        measurable,
        extra_days=written,
        of_officers=of_officers,
        beside_nothing={audit: _of_officers(words, answering=False) for audit, words in entries.items()},
        due={
            each["what"]: each["by"]
            for words in entries.values()
            for each in words.get("decisions", [])
            if "by" in each
        },
    )


def _of_officers(words: dict[str, Any], *, answering: bool = True) -> frozenset[str]:
    asked = (each for each in words.get("decisions", []) if each.get("instructed"))
    return frozenset(each["what"] for each in asked if answering or not each.get("puts_right"))


def facts_of(name: str, entry: dict[str, Any], rows: list[Row], theme: dict[str, Any]) -> Facts:
    own, second, partners = _files(rows)
    met, na = _counted(own, [each["id"] for each in theme["standards"]])
    critical = [each["id"] for each in theme["standards"] if each["critical"]]
    twice = [each for each in own if each.second and each.moderator != each.auditor] if not second else []
    rank = {level: place for place, level in enumerate(GRADES)}
    both = [each for each in twice if each.grade]
    return Facts(
        name,
        entry,
        met,
        na,
        read=len(own),
        auditors=len({each.auditor for each in own if each.auditor}),
        moderated=len(second) or len(twice),
        down=sum(rank[each.second] > rank[each.grade] for each in both),
        up=sum(rank[each.second] < rank[each.grade] for each in both),
        twice=tuple((each.grade, each.second) for each in both),
        again=tuple(each.team for each in own if each in twice or each.ref in {other.ref for other in second}),
        answers_twice=_answered_twice(own, second),
        graded=tuple((each.auditor, each.grade in GRADES[:2]) for each in own if each.grade),
        teams=tuple(each.team for each in own),
        files_by=Counter(each.auditor for each in own if each.auditor),
        grades=_grades(own, twice),
        partners=dict(Counter(each.agency for each in partners)),
        with_worker=_together(own),
        by_worker={
            code: [
                (each.worker, said in MET)
                for each in own
                if each.worker and (said := each.answers.get(code)) not in (None, NOT_APPLICABLE)
            ]
            for code, _ in met
        },
        set_aside=_aside(rows, own),
        readings=_readings(own, second, partners),
        marks={code: Counter(each.marks[code] for each in own if code in each.marks) for code, _ in met},
        overall={each.ref: each.grade for each in own if each.grade},
        comments=_comments((*own, *partners)),
        applies={each["id"]: each["applies_to"] for each in theme["standards"]},
        failed_critical=sum(any(_failed(each.answers.get(code)) for code in critical) for each in own),
    )


def _readings(own: list[Row], second: list[Row], partners: list[Row]) -> dict[str, dict[str, dict[str, bool]]]:
    """What each reader says of each standard of each file that it applies to."""
    found: dict[str, dict[str, dict[str, bool]]] = {}
    for who, each in [
        *(("auditors", each) for each in own),
        *(("second reader", each) for each in second),
        *((each.agency, each) for each in partners),
    ]:
        for code, said in each.answers.items():
            if said not in (None, NOT_APPLICABLE):
                found.setdefault(who, {}).setdefault(code, {})[each.ref] = said in MET
    return found


def _answered_twice(own: list[Row], second: list[Row]) -> Pair:
    """Answers to standards that both readers gave, and of these the same."""
    ours = {each.ref: each.answers for each in own}
    both = [
        (ours[each.ref][code], said)
        for each in second
        for code, said in each.answers.items()
        if said is not None and ours.get(each.ref, {}).get(code) is not None
    ]
    return sum(one == other for one, other in both), len(both)


def _comments(read: Iterable[Row]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for each in read:
        found[each.ref] = (*found.get(each.ref, ()), (each.auditor, each.comment))
    return found


def _together(own: list[Row]) -> Pair | None:
    """The files that were talked through with the practitioner, where the form asks."""
    said = [each.together for each in own if each.together]
    return (sum(each in ("yes", "y") for each in said), len(said)) if said else None


def _aside(rows: list[Row], own: list[Row]) -> dict[str, int]:
    """What stands in the returns and is not counted, by its kind."""
    again = Counter((each.ref, each.agency, tuple(sorted(each.answers.items(), key=str))) for each in rows)
    found = {
        "row": sum(count - 1 for (_, _, answers), count in again.items() if len(answers) > 1),
        "moderation": sum(bool(each.second) and each.moderator == each.auditor for each in own),
        "unreadable": sum(each.unread for each in own),
        "blank": sum(answer is None for each in own for answer in each.answers.values()),
    }
    return {name: count for name, count in found.items() if count}


def _failed(answer: str | None) -> bool:
    return answer is not None and answer not in (*MET, NOT_APPLICABLE)


def _files(rows: list[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Our own readings, the second readings and those of partner agencies; a row that stands twice counts once."""
    found: dict[tuple[str, str], Row] = {}
    for each in rows:
        known = found.setdefault((each.ref, each.agency), each)
        known.marks = {**each.marks, **known.marks}
        known.answers |= {code: said for code, said in each.answers.items() if code not in known.answers}
        known.comment = known.comment if known is each else f"{known.comment} | {each.comment}"
        known.team = known.team or each.team
        known.auditor = known.auditor or each.auditor
        known.worker = known.worker or each.worker
    every = list(found.values())
    second = [each for each in every if each.agency == SECOND]
    own = [each for each in every if each.agency in OWN]
    return own, second, [each for each in every if each not in own and each not in second]


def _counted(own: list[Row], wanted: list[str]) -> tuple[dict, dict]:
    met, na = {}, {}
    for code in wanted:
        if not any(code in each.answers for each in own):
            continue
        for level in ("all", *sorted({each.team for each in own})):
            said = [each.answers.get(code) for each in own if level in ("all", each.team)]
            given = [each for each in said if each is not None]
            left = [each for each in given if each != NOT_APPLICABLE]
            met[code, level] = (sum(each in MET for each in left), len(left))
            na[code, level] = (len(given) - len(left), len(given))
    return met, na


def _grades(own: list[Row], twice: list[Row]) -> dict[tuple[str, str], Pair]:
    first = [each.grade for each in own if each.grade]
    second = [each.second for each in twice]
    found = {("grade", level): (first.count(level), len(first)) for level in GRADES} if first else {}
    if second:
        found |= {("moderated grade", level): (second.count(level), len(second)) for level in GRADES}
    return found

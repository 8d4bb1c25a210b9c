"""Councils made to be attacked: every file's true answers are known, and what its return leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from click.testing import CliRunner

from ilacs_audit.cli import main
from tests.councils import words
from tests.councils.layouts import flat
from tests.councils.shapes import NOT_APPLICABLE, Audit, Council, Row, Standard
from tests.councils.writing import write

AUDIENCES = ("internal", "board", "public")
KEY = "an-adversary-only"
YES, NO = "yes", "no"
FIELDS = {"child_ref": "Case ID", "team": "Team", "worker": "Social worker", "auditor": "Auditor"}
FIELDS |= {"audited_on": "Date of audit", "comment": "Comments"}


class Round(NamedTuple):
    """One audit as it was done: what each file truly says, and which answers never came.

    `truth` has a line a file, returned or not: its team, and a word a standard. `blank` holds (file, standard)
    that the return leaves empty; the last `absent` files never came back.
    """

    theme: str
    period: str
    targets: Mapping[str, str]
    truth: Sequence[tuple[str, Mapping[str, str]]]
    blank: frozenset[tuple[int, str]] = frozenset()
    absent: int = 0
    listed: int | None = None
    selection: str = "random"
    kind: str = "thematic"
    baseline: str = ""
    applies: str = "every file"
    more: Mapping[str, Any] = {}

    @property
    def id(self) -> str:
        """The audit's id: its theme and month."""
        return f"{self.theme.replace('_', '-')}-{self.period}"

    @property
    def returned(self) -> list[tuple[int, str, Mapping[str, str | None]]]:
        """What the return says: number, team and answers of each file, None where an answer is blank."""
        kept = list(enumerate(self.truth))[: len(self.truth) - self.absent]
        return [
            (number, team, {each: None if (number, each) in self.blank else said for each, said in answers.items()})
            for number, (team, answers) in kept
        ]


class Ended(NamedTuple):
    """How a run ended: its exit code, what it said, and where the pages are."""

    code: int
    said: str
    outputs: Path

    @property
    def refused(self) -> bool:
        """Whether readers got nothing; with 18 some page waits for its restatement and all else went out."""
        return self.code not in (0, 18)


def council(rounds: Iterable[Round], *, seed: int, period: str) -> Council:
    """The council of these rounds."""
    rounds = list(rounds)
    people = [f"{one} {two}" for one in words.WORKER_FIRST for two in words.WORKER_LAST]
    audits = []
    for each in rounds:
        chance = Random(f"{seed} {each.id}")
        audits.append(_audit(each, chance.sample(people, 9), chance))
    themes = {each.theme: _theme(each) for each in rounds}
    columns = {"fields": {what: [head] for what, head in FIELDS.items()}}
    return Council(seed, period, audits, list(themes.values()), columns, {}, {})


def _theme(asked: Round) -> dict[str, Any]:
    shared = {"version": 1, "critical": False, "kind": "compliance", "records": "recorded", "scale": "yes_no"}
    shared |= {"applies_to": asked.applies, "areas": ["A2"], "source": {"kind": "local", "text": "Our own standard"}}
    listed = [
        {"id": each, "text": f"Question {each}", "plain": f"Question {each}", "target": target, **shared}
        for each, target in asked.targets.items()
    ]
    title = asked.theme.replace("_", " ").capitalize()
    named = {"theme": asked.theme, "title": title, "question": f"{title}?", "edition": 1, "areas": ["A2"]}
    return {**named, "standards": listed}


def _audit(done: Round, people: Sequence[str], chance: Random) -> Audit:
    year, month = map(int, done.period.split("-"))
    title = f"{done.theme.replace('_', ' ').capitalize()} audit"
    entry: dict[str, Any] = {"id": done.id, "title": title, "theme": done.theme, "kind": done.kind}
    entry |= {"period": done.period, "on": date(year, month, 3), "until": date(year, month, 21), "edition": 1}
    entry |= {"population": {"list": "Children open on the first of the month"}, "selection": done.selection}
    entry |= {"intended": len(done.truth), "returns": [f"{title} {done.period}*"], **done.more}
    if done.listed:
        entry["population"]["size"] = done.listed
    if done.baseline:
        entry["baseline"] = done.baseline
    asked = tuple(Standard(each, f"Question {each}", "yes_no_only", each) for each in done.targets)
    refs = chance.sample(range(1_000_000, 9_999_999), len(done.truth))
    rows = []
    for number, team, answers in done.returned:
        child = f"{chance.choice(words.FIRST)} {chance.choice(words.LAST)}"
        blanks = {name: None for name, said in answers.items() if said is None}
        told = {name: said or YES for name, said in answers.items()}
        day = date(year, month, chance.randint(3, 21))
        worker, auditor = chance.choice(people[3:]), people[number % 3]
        rows.append(Row(number, str(refs[number]), child, team, worker, auditor, day, told, "", dict(blanks)))
    spoken = {YES: "Yes", NO: "No", NOT_APPLICABLE: "N/A"}
    made = Audit(done.id, title, done.theme, entry, asked, FIELDS, spoken, "flat", rows)
    made.sheets = flat(made, chance)
    return made


def publish(
    place: Path,
    evidence: Path,
    outputs: Path,
    period: str,
    *,
    audiences: Sequence[str] = AUDIENCES,
    more: Sequence[str] = (),
) -> Ended:
    """Publish a month as a person does, with these further words on the command line."""
    told = ["--workspace", str(place), "--evidence", str(evidence), "--outputs", str(outputs), "--jobs", "1"]
    told += [word for each in audiences for word in ("--audience", each)]
    ended = CliRunner().invoke(main, ["run", period, *told, *more], env={"ILACS_AUDIT_KEY": KEY})
    crash = f"\n{ended.exception!r}" if ended.exception and not isinstance(ended.exception, SystemExit) else ""
    return Ended(ended.exit_code, ended.output + crash, outputs)


def written(made: Council, folder: Path) -> tuple[Path, Path]:
    """The workspace and the evidence of a council, on disk."""
    return write(made, folder)

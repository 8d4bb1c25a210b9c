"""What one report is handed, and a note of every question it asked.

A page is up to date as long as each question that was asked for it still has the same answer, so
nothing reaches a report but through here: what was not there when it was asked for is an answer too.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.disk.writing import read_json, write_json
from ilacs_audit.domain.about import Answering, Chances, Commentary
from ilacs_audit.domain.catalogue.learning import Learning
from ilacs_audit.domain.catalogue.limits import Limits
from ilacs_audit.domain.catalogue.services import Service
from ilacs_audit.domain.plan import Plan
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.commentary import load_commentary
from ilacs_audit.intake.loading import load_register, load_returns
from ilacs_audit.intake.of_service import loaded_of, of_teams, part_of
from ilacs_audit.intake.problems import Loaded
from ilacs_audit.intake.store.reading import MANIFEST, is_store, read_answers, read_manifest
from ilacs_audit.intake.workspace import Workspace

TOLD = "told"  # the folder of what earlier editions told, and of what may not be, beside the store
Asked = tuple[str, tuple[str, ...]]


def withheld_file(audience: str, period: str) -> str:
    """The name of the file that says what an edition may not show beside others.

    >>> withheld_file("service:fostering", "2024-11")
    'withheld-service-fostering-2024-11.json'
    """
    return f"withheld-{audience.replace(':', '-')}-{period}.json"


@dataclass(frozen=True)
class Handed:
    """A workspace as one report sees it; `asked` are the questions it has put so far, each once."""

    work: Workspace
    asked: dict[Asked, None] = field(default_factory=dict)
    returns: Loaded | None = None  # where somebody has read them already
    judged: dict[str, Chances] = field(default_factory=dict)
    service: Service | None = None  # where it is the edition of one: its teams' files and rows, and no others

    @property
    def ordinary_breakdowns(self) -> Collection[str]:
        """What the authority calls no sensitive breakdown; its file moves every page, so no note is kept."""
        there = (self.work.evidence / "authority.yml").is_file()
        return self.work.authority.ordinary_breakdowns if there else ()

    def standards(self) -> Standards:
        """Every practice standard: a person's words may name any."""
        self._note("standards")
        return self.work.standards

    def plan(self) -> Plan:
        """The improvement plan."""
        self._note("plan")
        return self.work.plan

    def limits(self) -> Limits:
        """The limits of time, without those of the invented council where this is another."""
        self._note("limits")
        there = (self.work.evidence / "authority.yml").is_file()
        return self.work.limits.own if there and not self.work.authority.example else self.work.limits

    def learning(self) -> Learning:
        """What a person released to learn from."""
        self._note("learning")
        return self.work.learning

    def holidays(self) -> tuple[date, ...]:
        """The bank holidays of England."""
        self._note("holidays")
        return self.work.holidays

    def told(self, audience: str, period: str) -> Sequence[Mapping[str, Any]]:
        """What earlier editions told these readers of registers, as a run noted it beside its store; else nothing."""
        self._note("told", audience, period)
        store = self.work.store
        path = None if store is None else store.parent / TOLD / f"{audience}-{period}.json"
        return tuple(read_json(path).get("editions", ())) if path else ()

    def withheld(self, audience: str, period: str, about: str) -> Sequence[Sequence[str]]:
        """What an edition may not show of an audit beside the others' editions, as a run noted it beside its store."""
        self._note("withheld", audience, period, about)
        path = None if self.work.store is None else self.work.store.parent / TOLD / withheld_file(audience, period)
        return tuple(read_json(path).get(about, ())) if path else ()

    def protocol(self, audit_id: str) -> Audit:
        """The protocol of one audit. Raises CatalogueError where the programme has none."""
        self._note_part("protocol", audit_id)
        return self._part(self.work.programme[audit_id])

    def chain(self, audit_id: str) -> tuple[Audit, ...]:
        """The rounds before an audit that it names as its own, the latest first."""
        self._note_part("chain", audit_id)
        return tuple(map(self._part, self.work.programme.baselines(audit_id)))

    def series(self, audit_id: str) -> tuple[Audit, ...]:
        """Every round of an audit, in order of date, itself included: the same name in other months."""
        self._note_part("series", audit_id)
        return tuple(map(self._part, self.work.programme.series(audit_id)))

    def planned(self) -> Programme:
        """Every audit planned or done, with what was done to move its answers."""
        self._note("planned")
        return self.work.programme

    def alongside(self, audit_id: str) -> tuple[Audit, ...]:
        """Every audit of the month of an audit, itself included."""
        self._note_part("alongside", audit_id)
        return tuple(map(self._part, self.work.programme.in_period(self.work.programme[audit_id].period)))

    def together(self, audit_id: str, chances: Callable[[Answering], Chances]) -> Chances:
        """The chance of each change of every audit of the month of an audit: one answer for all that read a store."""
        self._note_part("together", audit_id)
        month = str(self.work.programme[audit_id].period)
        if month not in self.judged:
            self.judged[month] = self._kept(month, chances)
        return self.judged[month]

    def answers(self, audits: Collection[str]) -> Loaded:
        """The answers of audits and the problems of their returns; an audit without any has no rows."""
        for audit_id in sorted(set(audits)):
            self._note_part("answers", audit_id)
        every = self._every(audits)
        return loaded_of(every, self.service) if self.service else every

    def _every(self, audits: Collection[str]) -> Loaded:
        """The answers of audits, whosever files they are of."""
        if is_store(self.work.source):
            return _stored(self.work.source, frozenset(audits))
        return Loaded(*(frame[frame["audit_id"].isin(set(audits))] for frame in self._returns))

    def _part(self, audit: Audit) -> Audit:
        return part_of(audit, self._every([audit.id]), self.service) if self.service else audit

    def register(self, name: str, *, as_of: date | str) -> pd.DataFrame:
        """One register, empty where there is none."""
        self._note_part("register", name)
        table = self._register(name, as_of).table
        return of_teams(table, self.service) if self.service else table

    def register_problems(self, name: str) -> pd.DataFrame:
        """What was set aside or doubted in one register."""
        self._note_part("register", name)
        return self._register(name, None).problems

    def words(self, period: str, about: str) -> Commentary:
        """What a person wrote of an audit for a period, or of a service's part of it; empty where nobody wrote."""
        about = f"{self.service.id}/{about}" if self.service else about
        self._note("words", period, about)
        return load_commentary(self.work.evidence, period=period, about=about)

    def _register(self, name: str, as_of: date | str | None) -> Loaded:
        """A register; of a store each is read once while the store is the same."""
        if not is_store(self.work.source):
            return load_register(name, self.work.source, as_of=as_of)
        return Loaded(*(each.copy() for each in _of_one_register(*_same(self.work.source), name)))

    @cached_property
    def _returns(self) -> Loaded:
        """All returns, read once where no store was compiled from them."""
        work = self.work
        return self.returns or load_returns(
            work.source, standards=work.standards, programme=work.programme, columns=work.columns
        )

    def _kept(self, month: str, chances: Callable[[Answering], Chances]) -> Chances:
        """What `chances` finds without a note of what it asked; kept beside a store for as long as that is the same."""
        if not is_store(self.work.source):
            return chances(Handed(self.work, returns=self._returns, service=self.service))
        stood_on = {name: each["made_from"] for name, each in read_manifest(self.work.source)["audits"].items()}
        of, path = (
            fingerprint(package_fingerprint(), self.work.programme, stood_on, self.service),
            self.work.source / f"together-{month}{f'-{self.service.id}' if self.service else ''}.json",
        )
        known = read_json(path)
        if known.get("of") != of:
            known = {"of": of, "chances": chances(Handed(self.work, service=self.service))}
            with suppress(OSError):  # of somebody who may only read the store
                write_json(path, known)
        return dict(known["chances"])

    def read_ahead(self, audits: Collection[str]) -> None:
        """Read the catalogue and the answers of audits, for whoever asks later in this process or its children."""
        _ = self.work.standards, self.work.programme
        _stored(self.work.source, frozenset(audits))
        for name in self.work.registers:
            self._register(name, None)

    def _note_part(self, question: str, about: str) -> None:
        """Note a question whose answer is another for each service."""
        self._note(question, about, *([self.service.id] if self.service else []))

    def _note(self, question: str, *about: str) -> None:
        self.asked[question, about] = None


def _stored(store: Path, audits: frozenset[str]) -> Loaded:
    """The answers of audits in the order of the store, each audit read once while the store is the same."""
    known = read_manifest(store)["audits"]
    ours = sorted(audits & known.keys(), key=lambda name: (known[name]["period"], name))
    if not ours:
        return read_answers(store, audits=())
    pieces = [_of_one_audit(*_same(store), name) for name in ours]
    # A copy, because pandas 2.2 hands on a single frame as it is, and what one report writes into it all would read.
    return Loaded(*(pd.concat(frames, ignore_index=True).copy() for frames in zip(*pieces, strict=True)))


def _same(store: Path) -> tuple[Path, str]:
    """A store and what tells it from itself at another time."""
    return store, file_fingerprint(store / MANIFEST)


@lru_cache(maxsize=64)
def _of_one_register(store: Path, content: str, name: str) -> Loaded:
    return load_register(name, store)


@lru_cache(maxsize=64)
def _of_one_audit(store: Path, content: str, audit: str) -> Loaded:
    return read_answers(store, audits=audit)

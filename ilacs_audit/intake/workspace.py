"""A workspace: the catalogue a council keeps, and the evidence folder it points at.

A notebook opens one and has everything it may read from; nothing else knows a path.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.domain import given
from ilacs_audit.domain.catalogue.facts import doubtful, to_come
from ilacs_audit.domain.catalogue.faults import at, found_in, refuse
from ilacs_audit.domain.catalogue.learning import Learning
from ilacs_audit.domain.catalogue.limits import Limits
from ilacs_audit.domain.catalogue.listing import listing
from ilacs_audit.domain.errors import CatalogueError, UsageError
from ilacs_audit.domain.plan import Plan
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import NOT_APPLICABLE, SCALES, Standards
from ilacs_audit.intake.catalogue import (
    Authority,
    load_authority,
    load_bank_holidays,
    load_learning,
    load_limits,
    load_plan,
    load_programme,
    load_standards,
    misfits,
)
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.database import VIEWS, is_address, load_database
from ilacs_audit.intake.files.sources import evidence_files
from ilacs_audit.intake.registers.exports import register_files
from ilacs_audit.intake.registers.fields import REGISTERS
from ilacs_audit.intake.registers.identifiers import register_identifiers, register_roles
from ilacs_audit.intake.returns.reading import identifiers
from ilacs_audit.intake.tables.columns import ColumnMap, load_columns
from ilacs_audit.intake.yaml_files import read_text, read_yaml


@dataclass(frozen=True, repr=False)
class Workspace:
    """The catalogue, read when first asked for, and where the evidence lies."""

    root: Path
    evidence: Path
    store: Path | None = None

    def __repr__(self) -> str:
        return f"Workspace {self.root.resolve().name}, evidence in {self.evidence.name}: .standards, .programme, .plan"

    def _repr_html_(self) -> str:
        lines = [
            (".standards", f"{len([*self.standards])} practice standards of {len(self.standards.themes)} themes"),
            (".programme", f"{len(self.programme.audits)} audits, planned or done"),
            (".registers", ", ".join(sorted(self.registers)) or "none"),
        ]
        return listing(f"{self!r}", ("Ask for", "What it holds"), lines)

    @property
    def source(self) -> Path:
        """Where tables are read from: the compiled store if there is one, else the evidence itself."""
        return self.store or self.evidence

    @cached_property
    def standards(self) -> Standards:
        """Every practice standard."""
        return _once(load_standards, self.root / "data" / "standards")  # type: ignore[no-any-return]  # a cache

    @cached_property
    def plan(self) -> Plan:
        """The improvement plan."""
        return load_plan(self.root / "data" / "plan.yml")

    @cached_property
    def programme(self) -> Programme:
        """Every audit and its protocol."""
        return _once(load_programme, self.root / "data" / "programme.yml")  # type: ignore[no-any-return]  # a cache

    @cached_property
    def columns(self) -> ColumnMap:
        """The column names that were learnt."""
        return load_columns(self.root / "data" / "columns.yml")

    @cached_property
    def holidays(self) -> tuple[date, ...]:
        """The bank holidays of England."""
        return load_bank_holidays(self._holidays)

    @property
    def _holidays(self) -> Path:
        return self.root / "data" / "bank_holidays.csv"

    @cached_property
    def limits(self) -> Limits:
        """The limits of time."""
        return load_limits(self._limits)

    @property
    def _limits(self) -> Path:
        return self.root / "data" / "limits.yml"

    def doubts(self, day: date, *, today: date | None = None) -> Iterator[tuple[str, str]]:
        """What of the catalogue rests on a fact that may not hold on a day, and why; `today` is that of the clock."""
        facts = (*self.standards.facts, *self.limits.facts)
        yield from doubtful(facts, day)
        yield from to_come(facts, today) if today else ()
        if self._limits.is_file():
            yield from self.limits.doubts(day)
            yield from () if self.authority.example else self.limits.borrowed()
        elif self.registers:
            yield "limits.yml", "it is not there, so no limit of time judges any register"
        ends = max((each.year for each in self.holidays), default=day.year) if self._holidays.is_file() else day.year
        if ends < day.year:
            yield "bank_holidays.csv", f"the bank holidays end with {ends}, so working days after it are not known"

    @cached_property
    def authority(self) -> Authority:
        """Whose evidence this is."""
        return load_authority(self.evidence)

    @cached_property
    def learning(self) -> Learning:
        """What a person released to learn from."""
        return load_learning(self.evidence)

    @cached_property
    def registers(self) -> frozenset[str]:
        """The registers that are there, whether or not they can be read."""
        return frozenset(name for name in REGISTERS if register_files(self.evidence, name))

    def identifiers(self) -> frozenset[str]:
        """Everybody the evidence names, for the search of finished pages; kept in memory only.

        Words of the catalogue are left out: an answer, an agency or a job title in a column of names is not a person.
        They are looked for once while every file that is read for them is the same.
        """
        files = [*evidence_files(self.evidence), *self._catalogue]
        return _named(self.root, self.evidence, fingerprint([(str(path), file_fingerprint(path)) for path in files]))

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        scales = [level for scale in SCALES.values() for level in scale.levels]
        agencies = [agency for audit in self.programme for agency in audit.agencies]
        learnt = [*self.columns.answers.values(), *self.columns.agencies.values(), self.columns.team_names]
        words = [*scales, *self.standards.answers, NOT_APPLICABLE, *agencies, *self.columns.agencies]
        return frozenset(map(fold, chain(words, *learnt, register_roles(self.evidence))))

    @cached_property
    def catalogue_words(self) -> frozenset[str]:
        """Every word of the catalogue: pages print it, so none of it is taken for somebody's name."""
        return frozenset(word for path in self._catalogue for word in fold(read_text(path)).split())

    @property
    def _catalogue(self) -> list[Path]:
        data = self.root / "data"
        paths = [*data.glob("*.yml"), *(data / "standards").glob("*.yml"), self.evidence / "authority.yml"]
        return [path for path in paths if path.is_file()]

    def check(self, *beside: Callable[[], object]) -> None:
        """Refuse a catalogue with faults, or whose parts do not fit. Raises CatalogueError with all of them.

        `beside` reads other files, whose faults are told together with those of the catalogue.
        """
        if not (self.root / "data" / "standards").is_dir() and not (self.root / "data" / "programme.yml").is_file():
            fix = "Begin with a workbook: ilacs-audit new WORKBOOK; or with one audit to copy: ilacs-audit init FOLDER."
            raise CatalogueError("There is no audit in this folder yet.", where=self.root.resolve().name, fix=fix)
        parts = ("standards", "plan", "programme", "columns", "limits")
        refuse(found_in((*(partial(getattr, self, part) for part in parts), *beside)))
        forms = {form: told.standards for form, told in self.columns.forms.items()}
        answers = {"": self.columns.answers, **{form: told.answers for form, told in self.columns.forms.items()}}
        parts_of = (self.standards, self.plan, self.programme)
        found = list(misfits(*parts_of, learnt=self.columns.standards, forms=forms, answers=answers))
        written = self._written() if found else {}
        told = ((each, *written.get(each.file, (each.file, None))) for each in found)
        refuse(
            CatalogueError(each.what, where=at(content, each.place, file=file), fix=each.fix)
            for each, file, content in told
        )

    def _written(self) -> dict[str, tuple[str, Any]]:
        """Each file of the catalogue, by its name or by the theme that it holds: its name, and what it says."""
        data = self.root / "data"
        files = {name: data / name for name in ("programme.yml", "columns.yml", "plan.yml") if (data / name).is_file()}
        themes = [(path.name, read_yaml(path)) for path in (data / "standards").glob("*.yml")]
        plain = {name: (name, read_yaml(path)) for name, path in files.items()}
        return plain | {content["theme"]: (name, content) for name, content in themes}


def load_workspace(
    root: str | Path = "", *, evidence: str | Path | None = None, store: str | Path | None = None
) -> Workspace:
    """Open a workspace; without an evidence folder of its own it opens the invented example.

    Left out, it is the nearest at or above the folder one stands in: a notebook finds its own. Raises UsageError where
    there is none.
    `store` is the compiled store that a run makes; a notebook opened by hand reads the returns. Where `evidence` is
    the address of a database, the views that data/evidence/views.yml names are read first; see `load_database`.
    Example: `ia.load_workspace(".")`.
    """
    for each in (root, *(each for each in (evidence, store) if each is not None)):
        given.path(each, "load_workspace")
    folder = Path(root) if str(root) else _nearest()
    own = folder / "data" / "evidence"
    if is_address(evidence):
        evidence = load_database(str(evidence), views=own / VIEWS)
    chosen = Path(evidence) if evidence else (own if own.is_dir() else folder / "data" / "example")
    return Workspace(folder, chosen, Path(store) if store else None)


def _nearest() -> Path:
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "reports.yml").is_file() and (folder / "data").is_dir():
            return folder
    fix = "Say where it is, with workspace=; papermill takes -p workspace FOLDER."
    raise UsageError("There is no workspace in this folder or above it.", where=here.name, fix=fix)


@lru_cache(maxsize=1)
def _named(root: Path, evidence: Path, content: str) -> frozenset[str]:
    work = Workspace(root, evidence)  # a catalogue that was read before may have changed since
    catalogue: dict[str, Any] = {"columns": work.columns, "standards": work.standards, "programme": work.programme}
    named = identifiers(work.evidence, **catalogue, words=work.catalogue_words)
    every = named | register_identifiers(work.evidence)
    return frozenset(each for each in every if fold(each) not in work._vocabulary)


def _once(load: Callable[[Path], Any], place: Path) -> Any:
    """What a file or a folder of files says, read once while its content is the same."""
    files = sorted(place.glob("*.yml")) if place.is_dir() else [place]
    content = fingerprint([(path.name, file_fingerprint(path)) for path in files if path.is_file()])
    return _read(load, place, content)


@lru_cache(maxsize=8)
def _read(load: Callable[[Path], Any], place: Path, content: str) -> Any:
    return load(place)

"""The `load_*` doors: returns and registers, from evidence or from a compiled store alike."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.loaded import Loaded
from ilacs_audit.intake.registers.fields import REGISTERS
from ilacs_audit.intake.registers.identifiers import Registered
from ilacs_audit.intake.registers.reading import AsOf, read_register
from ilacs_audit.intake.returns.reading import read_returns
from ilacs_audit.intake.store import reading as store
from ilacs_audit.intake.tables.columns import ColumnMap


def load_returns(
    source: str | Path,
    *,
    standards: Standards,
    programme: Programme | None = None,
    columns: ColumnMap | None = None,
    period: str | Period | None = None,
    key: str | bytes | None = None,
    exclusions: str | Path | None = None,
    people: Registered | None = None,
) -> Loaded:
    """Read a return, an evidence folder's returns, or a compiled store.

    The table has `ANSWER_COLUMNS`, the problems `PROBLEM_COLUMNS`. An error set its row, answer
    or file aside; a warning kept it. Without a programme every file is an audit named after it.
    `people` are those whom the registers name, read from the registers beside the returns unless given.
    Raises ReturnsError when nothing can be read or there is no key.
    """
    month = Period.parse(period) if isinstance(period, str) else period
    if (Path(source) / "answers").is_dir():
        return store.read_answers(source, period=month)
    return read_returns(
        source,
        standards=standards,
        programme=programme,
        columns=columns,
        period=month,
        key=key,
        exclusions=exclusions,
        people=people,
    )


def load_register(
    name: str,
    evidence: str | Path,
    *,
    as_of: AsOf = None,
    key: str | bytes | None = None,
    columns: ColumnMap | None = None,
) -> Loaded:
    """Read one register of an evidence folder, or of a compiled store; see `read_register`."""
    folder = Path(evidence)
    if store.is_store(folder):
        return store.read_register(folder, name)
    return read_register(name, folder, as_of=as_of, key=key, columns=columns)


class Loader(Protocol):
    """Read one register of an evidence folder, or of a compiled store."""

    def __call__(self, evidence: str | Path, *, as_of: AsOf = None, key: str | bytes | None = None) -> Loaded:
        """Read it; see `load_register`."""


def _loader(name: str) -> Loader:
    def load(evidence: str | Path, *, as_of: AsOf = None, key: str | bytes | None = None) -> Loaded:
        return load_register(name, evidence, as_of=as_of, key=key)

    load.__name__ = load.__qualname__ = f"load_{name}"
    load.__doc__ = f"Read the {name} register: {', '.join(REGISTERS[name])}. See `load_register`."
    return load


load_cases = _loader("cases")
load_visits = _loader("visits")
load_tracker = _loader("tracker")
load_closures = _loader("closures")
load_training = _loader("training")
load_workforce = _loader("workforce")
load_attendance = _loader("attendance")
load_escalations = _loader("escalations")
load_actions = _loader("actions")
load_meetings = _loader("meetings")
load_screening = _loader("screening")
load_survey = _loader("survey")

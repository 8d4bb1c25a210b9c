"""How a run ended, in the shapes that the command line and the owner's pages read."""

from dataclasses import dataclass
from pathlib import Path

from ilacs_audit.engine.jobs import Outcome


@dataclass(frozen=True)
class Entry:
    """How one report of one edition stands after a run: `made`, `kept` or the way in which it failed."""

    audience: str
    report: str
    title: str
    status: str
    problem: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Run:
    """How a run ended.

    `outcomes` are of the notebooks that ran, `entries` of every report. `published` is False where
    readers already had every byte. `remarks` are sentences about the inputs.
    """

    outcomes: tuple[Outcome, ...]
    indexes: tuple[Path, ...]
    entries: tuple[Entry, ...] = ()
    published: bool = True
    remarks: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The reports that were not made."""
        return tuple(each for each in self.outcomes if each.status != "ok")

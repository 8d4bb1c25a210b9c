"""How a run ended, in the shapes that the command line and the owner's pages read."""

from dataclasses import dataclass
from pathlib import Path

from ilacs_audit.domain.errors import CommentaryError, PendingError
from ilacs_audit.engine.jobs import Outcome

SOME_FAILED = 1


@dataclass(frozen=True)
class Entry:
    """How one report of one edition stands after a run: `made`, `kept`, `pending` or the way in which it failed.

    `hidden` are how many of its figures are, for their own sake and beside others, `restated` which counts late returns
    have changed, `edition` is the edition's title.
    """

    audience: str
    report: str
    title: str
    status: str
    problem: str = ""
    seconds: float = 0.0
    hidden: tuple[int, int] = (0, 0)
    restated: tuple[str, ...] = ()
    edition: str = ""


@dataclass(frozen=True)
class Run:
    """How a run ended.

    `outcomes` are of the notebooks that ran, `entries` of every report. `published` is False where
    readers already had every byte. `remarks` are sentences about the inputs, `to_do` what was set aside in them and
    what is still to be written.
    """

    outcomes: tuple[Outcome, ...]
    indexes: tuple[Path, ...]
    entries: tuple[Entry, ...] = ()
    published: bool = True
    remarks: tuple[str, ...] = ()
    to_do: tuple[str, ...] = ()

    def beside(self, other: "Run") -> "Run":
        """Tell a run and one that came after it as one."""
        told = {
            name: tuple(dict.fromkeys((*getattr(self, name), *getattr(other, name)))) for name in ("remarks", "to_do")
        }
        outcomes, indexes, entries = (
            (*self.outcomes, *other.outcomes),
            (*self.indexes, *other.indexes),
            (*self.entries, *other.entries),
        )
        return Run(outcomes, indexes, entries, self.published or other.published, **told)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The reports that were not made."""
        return tuple(each for each in self.outcomes if each.status != "ok")

    @property
    def pending(self) -> tuple[Entry, ...]:
        """The reports whose earlier page stands, because the new one would reveal somebody beside it."""
        return tuple(each for each in self.entries if each.status == "pending")

    @property
    def exit_code(self) -> int:
        """17 where people's words are all that is wrong, so that their author is asked; 18 where pages wait; else 1."""
        codes = {each.exit_code for each in self.failed}
        if codes:
            return CommentaryError.exit_code if codes == {CommentaryError.exit_code} else SOME_FAILED
        return PendingError.exit_code if self.pending else 0

"""Where everything lies in an outputs folder: what readers get, and `private/`, which nobody is sent.

The edition of a service, "service:fostering", lies in `service/fostering`: on Windows no name has a colon.
"""

from collections.abc import Iterable
from pathlib import Path

from ilacs_audit.disk.writing import private_folder
from ilacs_audit.domain.audiences import AUDIENCES, SERVICE


class Outputs:
    """An outputs folder: one folder of pages an audience and month, and everything else under `private`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.private = root / "private"  # what nobody is sent
        self.store = self.private / "store"  # the compiled store
        self.archive = self.private / "archive"  # the inputs of every run, by their content
        self.ledger = self.private / "ledger.json"  # every number that readers were ever shown
        self.told = self.private / "told"  # what earlier editions told of registers, for each audience and month
        self.status = self.private / "status"  # what the owner is told of the last run
        self.fix_lists = self.private / "fix-lists"  # what is wrong in the returns, for those who put it right
        self.succeeded = self.private / "runs"  # a mark for each month of the last run that succeeded
        self.logs = self.private / "log"  # one line a run, for each month
        self.pairs = self.private / "linking" / "pairs.csv"  # records that may be one child's, for a person to say
        self.said = self.private / "linking" / "answers.json"  # what was said of them, without a name
        self.learning = self.private / "learning"  # phrases for themes, and the comments behind each theme
        self.schedule_log = self.private / "cron.log"  # what a scheduled run prints

    def opened(self) -> Path:
        """The private folder, made where it is not there, for its owner alone."""
        return private_folder(self.private)

    def shared(self, audience: str) -> Path:
        """The months of one audience, as its readers get them."""
        return self.root.joinpath(*audience.split(":"))

    def documents(self, audience: str) -> Path:
        """The months of one audience as Word files and PDFs."""
        return self.root.joinpath("documents", *audience.split(":"))

    def kept(self, audience: str) -> Path:
        """The months of one audience: executed notebooks, staged pages, what is remembered of each page."""
        return self.private.joinpath(*audience.split(":"))

    def rebuilt(self, audience: str) -> Path:
        """The months of one audience that were made again to be compared."""
        return self.private.joinpath("rebuilt", *audience.split(":"))

    def named(self, audiences: Iterable[str]) -> list[str]:
        """These audiences, "service" as every service of which something lies here."""
        every = [each for each in self.audiences() if each not in AUDIENCES]
        return [each for name in audiences for each in (every if name == SERVICE else [name])]

    def audiences(self) -> list[str]:
        """Every audience of which something may lie here: also services that were, and are no more."""
        homes = (self.private / SERVICE, self.root / SERVICE)
        found = {each.name for home in homes if home.is_dir() for each in home.iterdir() if each.is_dir()}
        return [*AUDIENCES, *(f"{SERVICE}:{name}" for name in sorted(found))]

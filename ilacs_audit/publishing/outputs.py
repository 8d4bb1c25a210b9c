"""Where everything lies in an outputs folder: what readers get, and `private/`, which nobody is sent."""

from dataclasses import dataclass
from pathlib import Path

from ilacs_audit.disk.writing import private_folder


@dataclass(frozen=True)
class Outputs:
    """An outputs folder: one folder of pages an audience and month, and everything else under `private`."""

    root: Path

    def shared(self, audience: str) -> Path:
        """The months of one audience, as its readers get them."""
        return self.root / audience

    @property
    def private(self) -> Path:
        """What nobody is sent."""
        return self.root / "private"

    def opened(self) -> Path:
        """The private folder, made where it is not there, for its owner alone."""
        return private_folder(self.private)

    def kept(self, audience: str) -> Path:
        """The months of one audience: executed notebooks, staged pages, what is remembered of each page."""
        return self.private / audience

    def rebuilt(self, audience: str) -> Path:
        """The months of one audience that were made again to be compared."""
        return self.private / "rebuilt" / audience

    @property
    def store(self) -> Path:
        """The compiled store."""
        return self.private / "store"

    @property
    def archive(self) -> Path:
        """The inputs of every run, by their content."""
        return self.private / "archive"

    @property
    def ledger(self) -> Path:
        """Every number that readers were ever shown."""
        return self.private / "ledger.json"

    @property
    def status(self) -> Path:
        """What the owner is told of the last run."""
        return self.private / "status"

    @property
    def fix_lists(self) -> Path:
        """What is wrong in the returns, for those who put it right."""
        return self.private / "fix-lists"

    @property
    def succeeded(self) -> Path:
        """A mark for each month of the last run that succeeded."""
        return self.private / "runs"

    @property
    def logs(self) -> Path:
        """One line a run, for each month."""
        return self.private / "log"

    @property
    def schedule_log(self) -> Path:
        """What a scheduled run prints."""
        return self.private / "cron.log"

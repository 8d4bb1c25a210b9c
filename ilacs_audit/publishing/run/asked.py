"""What is asked of one run, and what the pages of each of its editions stand on."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.fingerprints import fingerprint
from ilacs_audit.domain.calendar import Period
from ilacs_audit.engine.pool import Outcome
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition.edition import Edition
from ilacs_audit.publishing.edition.staging import Made
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.run import services
from ilacs_audit.publishing.run.dependence import Ground
from ilacs_audit.publishing.run.inputs import Inputs, find_inputs
from ilacs_audit.publishing.timetable import Absent, Report


@dataclass(frozen=True)
class Asked:
    """Everything that was asked of one run."""

    workspace: Workspace
    outputs: Path
    period: Period
    editions: Sequence[Edition]
    only: tuple[str, ...]
    force: bool
    unattended: bool
    strict: bool
    on_progress: Callable[[Outcome, int], None] | None
    options: Mapping[str, Any]
    before: Sequence[Edition] = ()  # made before these, in the same run
    followed: bool = False  # by editions of services, with which the run ends
    fronts: bool = True  # with the pages that are made of all others

    @property
    def services(self) -> bool:
        """Whether these are the editions of services."""
        return any(each.audience.service for each in self.editions)

    @property
    def success(self) -> Path:
        """Where the mark of the last run that succeeded is kept."""
        return Outputs(self.outputs).succeeded / f"{self.period}.json"

    def mark(self, inputs: Inputs) -> str:
        """One mark for all that these editions are made from."""
        editions = [(each.audience.id, str(each.as_of)) for each in (*self.before, *self.editions)]
        return fingerprint(package_fingerprint(), inputs.marks, editions, self.only)


@dataclass(frozen=True)
class Plan:
    """What the pages of one edition stand on, found before any report runs.

    `last` are the reports made of all others. `of` marks each report apart from what it asks; `fresh` are the reports
    whose page would come out the same.
    """

    edition: Edition
    reports: Sequence[Report]
    absent: Sequence[Absent]
    ground: Ground
    last: Sequence[Report] = ()

    @cached_property
    def of(self) -> dict[str, str]:
        """The mark of each report."""
        about = {"period": str(self.edition.period), "as_of": self.edition.as_of.isoformat()}
        return {each.id: self.ground.of(each, audience=self.edition.audience.id, **about) for each in self.reports}

    @cached_property
    def fresh(self) -> dict[str, Any]:
        """What each page was made from that readers have and that need not be made again."""
        known = {name: each["made"] for name, each in self._known.items() if not each.get("pending")}
        return {name: made for name, made in known.items() if self.ground.holds(made, self.of[name])}

    @cached_property
    def _known(self) -> dict[str, Any]:
        return {name: each for name, each in self.edition.known().items() if name in self.of}

    def due(self, chosen: Collection[str], *, force: bool) -> list[Report]:
        """The reports to run: those chosen whose page is not up to date, and those on which a change is now another.

        Whether a change stands is told by the other audits of the month too. A page that waits for a restatement is
        never up to date.
        """
        turned = {name for name, each in self._known.items() if self.ground.turned(each["made"])}
        wanted = set(chosen).difference(() if force else self.fresh) | turned
        return [each for each in self.reports if each.id in wanted]

    def made(self, outcomes: Sequence[Outcome], *, kept: str, made_from: Mapping[str, Any]) -> Made:
        """What came of it; `kept` names the archived list of inputs, of which every page that is right is made."""
        done = {each.job_id: each.result for each in outcomes if each.status == "ok"}
        asked = {name: self.ground.answered(told["handed"]) for name, told in done.items()}  # type: ignore[index]  # done has one
        asked = {**{name: made["asked"] for name, made in self.fresh.items()}, **asked}
        current = {name: {"of": self.of[name], "asked": each, "inputs": kept} for name, each in asked.items()}
        return Made(self.reports, self.absent, outcomes, current, made_from, last=self.last)


def inputs_of(asked: Asked, before: Sequence[Path]) -> Inputs:
    """The inputs as they lie there, with what was told before and what may not be told beside others."""
    held = (services.Withheld(each).path for each in asked.editions if each.audience.service)
    told = [*before, *(path for path in held if path.is_file())]
    return find_inputs(asked.workspace.root, asked.workspace.evidence, said=Outputs(asked.outputs).said, told=told)


def plans_of(asked: Asked, reports: Sequence[Report], absent: Sequence[Absent], ground: Ground) -> list[Plan]:
    """What each edition is to hold."""
    about: dict[str, Any] = {"work": asked.workspace, "store": ground.store}
    parted = ((edition, services.pages_of(reports, absent, edition=edition, **about)) for edition in asked.editions)
    return [
        Plan(edition, pages, missing, ground, last if asked.fronts else ())
        for edition, (pages, missing, last) in parted
    ]

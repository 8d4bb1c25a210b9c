"""The editions of services: which pages each has, and what of them may not stand beside the board's and one another.

A service's edition is made by the notebooks of all others, of the files of its teams. The board's is made before it and
stands; what of a service would tell few children beside it, or beside the services that were made before it, is hidden
on the service's page. Which service is made first is decided by how many files it has.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.disclosure.ledger.ledger import Ledger, hidden_at
from ilacs_audit.disclosure.search.finder import IdentifierFinder
from ilacs_audit.disk.writing import private_folder, read_json, write_json
from ilacs_audit.domain.audiences import SERVICE, Audience, audience
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.catalogue.services import Service, unplaced
from ilacs_audit.domain.measures import HIDDEN, measures, select
from ilacs_audit.domain.programme import Programme
from ilacs_audit.engine.pool import Outcome
from ilacs_audit.intake.handed import withheld_file
from ilacs_audit.intake.of_service import SMALLEST, files_of, of_teams
from ilacs_audit.intake.store.reading import read_answers, read_manifest, read_register
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition import earlier_releases
from ilacs_audit.publishing.edition.edition import Edition
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.timetable import Absent, Report, apart

_OF_ALL = Absent(
    "Registers, second readers, partners, the programme and the plan",
    "They speak for the whole council: its board's edition has them.",
)
_NONE = "It read no file of this service's teams."
_FEW = "Too few of its files are of this service to tell them alone."
_NOT_TOLD = "Beside the figures of the board they would tell few children, so they are not told alone."
_ALL_SMALL = "Every count of its standards is too small to show."
_NOT_YET = "The board's page of it is not there yet, and goes first."


def teams_of(work: Workspace) -> Mapping[str, Collection[str]]:
    """The teams of each service, by the name of its edition."""
    there = (work.evidence / "authority.yml").is_file()
    return {each.audience: each.teams for each in work.authority.services} if there else {}


def readers_of(work: Workspace, name: str) -> Audience:
    """An audience, a service's under its own title."""
    about = audience(name)
    return (
        replace(about, title=f"{about.title}: {work.authority.service(about.service).title}")
        if about.service
        else about
    )


def pages_of(
    reports: Sequence[Report], absent: Sequence[Absent], *, edition: Edition, work: Workspace, store: Path
) -> tuple[list[Report], list[Absent], list[Report]]:
    """The pages of an edition, what it does not hold and why, and the pages that are made last.

    A service has a page on each audit that read enough of its files and of which the board has one.
    """
    pages, last = apart(reports, edition.audience.id)
    if not edition.audience.service:
        return pages, [*absent], last
    service = work.authority.service(edition.audience.service)
    board = replace(edition, audience=audience("board")).known()
    ours = _files(pages, store, work.programme, service)
    held = read_json(Withheld(edition).path)
    known = {name: why for of, why in ((UNTOLD, _NOT_TOLD), (SILENT, _ALL_SMALL)) for name in held.get(of, ())}
    why = {each.id: _reason(each, ours, board, store, service) or known.get(each.id, "") for each in pages}
    left = [Absent(each.title, why[each.id]) for each in pages if why[each.id]]
    return [each for each in pages if not why[each.id]], [*left, _OF_ALL], last


def _files(pages: Sequence[Report], store: Path, programme: Programme, service: Service) -> dict[str, int]:
    """How many files of a service each audit read."""
    audits = {each.parameters["audit"] for each in pages if each.parameters.get("audit")}
    answers = read_answers(store, audits=audits, columns=["audit_id", "team", "role", "child_ref"]).table
    table = of_teams(answers, service)
    return {name: files_of(table, programme[name]) for name in audits}


def _reason(report: Report, ours: Mapping[str, int], board: Collection[str], store: Path, service: Service) -> str:
    """Why a service has no page of a report; nothing where it has one."""
    audit = report.parameters.get("audit")
    if audit:
        count = ours[audit]
        return _NONE if not count else _FEW if count < SMALLEST else "" if report.id in board else _NOT_YET
    rows = of_teams(read_register(store, "actions").table, service)
    return "Its register has no row of this service's teams." if rows.empty else ""


def in_order(work: Workspace, services: Sequence[Service], period: Period, store: Path) -> list[Service]:
    """The services, those with most files of a month first: of two that cannot both be told the smaller gives way."""
    audits = [each.id for each in work.programme.in_period(period)]
    table = read_answers(store, audits=audits, columns=["audit_id", "team", "child_ref"]).table
    counts = {each.id: len(of_teams(table, each).drop_duplicates(["audit_id", "child_ref"])) for each in services}
    return sorted(services, key=lambda each: (-counts[each.id], each.id))


UNTOLD = "untold"  # the pages of which nothing is left beside the board's
SILENT = "silent"  # those that show no count of a standard to begin with


@dataclass(frozen=True)
class Withheld:
    """What of the pages of one edition may not be shown beside other editions, by audit; kept beside what was told."""

    edition: Edition

    @property
    def path(self) -> Path:
        """Where it is kept: an input of the pages, like what earlier editions told."""
        return Outputs(self.edition.outputs).told / withheld_file(self.edition.audience.id, str(self.edition.period))

    def add(self, found: Mapping[str, Collection[Any]]) -> None:
        """Add places to those of each audit."""
        known = read_json(self.path)
        told = {about: {*map(_whole, known.get(about, ())), *found.get(about, ())} for about in {*known, *found}}
        private_folder(self.path.parent)
        write_json(self.path, {about: sorted(places) for about, places in told.items()})


def _whole(place: Sequence[str]) -> Any:
    return place if isinstance(place, str) else tuple(place)


def _tells(frame: pd.DataFrame, places: Collection[tuple[str, ...]]) -> bool:
    """Whether anything is left that a page tells of the service's files as a whole."""
    left = select(hidden_at(frame, places), measure="compliance", group="all")
    return bool((~left["status"].isin(HIDDEN)).any())


def withhold(
    made: Sequence[tuple[Edition, Sequence[Outcome], Sequence[Report]]],
    *,
    ledger: Ledger,
    rounds: Mapping[str, Mapping[str, str]],
    teams: Mapping[str, Collection[str]],
) -> list[set[str]] | None:
    """Note what of new pages of services may not be shown; returns, for each edition, the reports to be run again.

    None where nothing is to be noted.
    """
    again: list[set[str]] = []
    noted = False
    for edition, outcomes, reports in made:
        audits = {each.id: str(each.parameters.get("audit", "")) for each in reports}
        pages = {each.job_id: each.result["released"] for each in outcomes if each.status == "ok"}  # type: ignore[index]  # ok has one
        ledger, found = earlier_releases.given_away(ledger, pages, rounds=rounds, services=teams)
        silent = {name for name, rows in pages.items() if audits[name] and not _tells(measures(rows), ())}
        untold = {name for name in found if not _tells(measures(pages[name]), found[name])} - silent
        by_audit: dict[str, set[Any]] = {of: some for of, some in ((UNTOLD, untold), (SILENT, silent)) if some}
        for name, places in found.items():
            by_audit.setdefault(audits[name], set()).update(places)
        if by_audit:
            noted = True
            Withheld(edition).add(by_audit)
        left = pages.keys() - untold - silent
        again.append({name for name, about in audits.items() if about in by_audit and name in left})
    return again if noted else None


def told_of_services(work: Workspace, store: Path, names: Collection[str], period: Period) -> Iterator[str]:
    """What the owner is told: teams that are in no service, services of whose teams nothing is held, unknown words."""
    manifest = read_manifest(store)
    told = [read_answers(store, columns=["team"]).table]
    told += [
        read_register(store, name).table
        for name in ("cases", "actions", "workforce")
        if manifest["registers"].get(name)
    ]
    yield from unplaced(work.authority.services, {team for each in told for team in each["team"].unique()})
    yield from _unknown_words(work, store, [work.authority.service(each) for each in names], period)


def _unknown_words(work: Workspace, store: Path, services: Sequence[Service], period: Period) -> Iterator[str]:
    """Each word without a meaning that keeps a page of a service back, where it stands; not one that names somebody."""
    problems = read_answers(store, audits=[each.id for each in work.programme.in_period(period)]).problems
    unknown = problems[(problems["rule"] == "unknown-answer") & (problems["team"] != "")]
    finder = None
    for row in unknown.to_dict("records"):
        for service in (each for each in services if each.has(row["team"])):
            finder = finder or IdentifierFinder(work.identifiers())
            named = len(row["value"]) > 40 or any(finder.find(row["value"]))
            value = "a new value" if named else f"the new value '{row['value']}'"
            sheet = f", sheet {row['sheet']}" if row["sheet"] else ""
            yield (
                f"{service.title} failed, and no other service: column '{row['column']}' has {value} in row "
                f"{row['row']} of {Path(row['file']).name}{sheet} ({row['audit_id']}). What to do: add it to the scale "
                f"(under 'answers' in data/columns.yml) or correct the cell, and run it again with "
                f"--service {service.id}."
            )


def asked_for(work: Workspace, named: Sequence[str]) -> list[Service]:
    """The services of which editions were asked: all of them, or those that were named. Raises UsageError."""
    names = [audience(each).service for each in named if each != SERVICE]
    every = work.authority.services if SERVICE in named else ()
    chosen = {each.id: each for each in (*every, *(work.authority.service(name) for name in names))}
    return list(chosen.values())

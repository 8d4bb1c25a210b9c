"""A period's run, the one door to publishing: locked, told to its owner, and never half done."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ilacs_audit.disk.lock import locked
from ilacs_audit.disk.writing import read_json, write_json
from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import AUDIENCES, SERVICE, audience
from ilacs_audit.domain.calendar import Period, parse_day
from ilacs_audit.domain.catalogue.services import Service
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.engine.pool import Outcome, Warm
from ilacs_audit.intake.commentary import load_challenges
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition.edition import INDEX, RUN, Edition
from ilacs_audit.publishing.edition.staging import Made, pages_there
from ilacs_audit.publishing.outcomes import Run
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.owner.status import Told, tell
from ilacs_audit.publishing.run.asked import Asked
from ilacs_audit.publishing.run.make import compile_evidence, make_period
from ilacs_audit.publishing.run.overview import Front, write_fronts
from ilacs_audit.publishing.run.services import asked_for, in_order, pages_of, readers_of
from ilacs_audit.publishing.timetable import plan_reports

__all__ = ["Run", "compile_evidence", "in_plain_words", "rewrite_index", "run"]
LOCK = "outputs.lock"
BOARD = "board"


def run(
    period: str | Period,
    *,
    workspace: Workspace,
    outputs: str | Path,
    as_of: date | str | None = None,
    audiences: Sequence[str] = ("board",),
    only: tuple[str, ...] = (),
    workers: int | None = None,
    engine: str = "auto",
    force: bool = False,
    unattended: bool = False,
    strict: bool = False,
    fronts: bool = True,
    now: datetime | None = None,
    on_progress: Callable[[Outcome, int], None] | None = None,
    **options: Any,
) -> Run:
    """Publish a period for each audience; `as_of` is its last day unless given.

    `force` runs what is up to date too. `unattended` is for schedulers: inputs that are not new
    stop the run. `strict` stops it where a decision, its owner or date, or what the figures mean is not written.
    `fronts=False` makes no page out of all the others: the front page is then the list of pages.
    `now` is written to the log and the owner's status page, and nowhere else.

    Earlier good pages stay where a report fails. Raises an AuditError, and publishes nothing, when
    the catalogue, the returns, the disk or the disclosure search refuse the run as a whole.
    Example: `ia.run("2024-11", workspace=ia.load_workspace("."), outputs="outputs", as_of="2024-11-21")`.
    """
    month, day = Period.parse(period), None if as_of is None else parse_day(as_of)
    given.needed(workspace, Workspace, "workspace")
    given.path(outputs, "outputs=")
    given.count(workers, "workers", least=1)
    only = (only,) if isinstance(only, str) else tuple(only)
    outputs, named = Path(outputs), [audiences] if isinstance(audiences, str) else list(audiences)
    of_all = {audience(name) for name in named if name != SERVICE and not audience(name).service}
    readers = sorted(of_all, key=lambda each: [*AUDIENCES].index(each.id))
    chosen = asked_for(workspace, [name for name in named if name.partition(":")[0] == SERVICE])
    with in_plain_words(), locked(Outputs(outputs).opened(), name=LOCK), Warm() as warm:
        told = Told(outputs, month, now)
        try:
            facts = (workspace.authority.name, day or month.last)
            editions = [Edition(outputs, month, each, *facts) for each in readers]
            named_ones, board = tuple(editions), Edition(outputs, month, audience(BOARD), *facts)
            if chosen and board not in editions and not board.known():
                editions = [*editions, board]  # a service's pages stand beside the board's, which go first
            settings = {"workers": workers, "engine": engine, "warm": warm, **options}
            asked = Asked(
                *(workspace, outputs, month, tuple(editions), only, force, unattended, strict, on_progress, settings),
                followed=bool(chosen),
                fronts=fronts,
            )
            ended = make_period(asked) if editions else None
            if chosen:
                after = replace(asked, before=named_ones, followed=False)
                ended = _with_services(after, chosen, facts, ended)
            assert ended is not None
        except (AuditError, OSError) as problem:
            tell(told, problem=in_words(problem))
            raise
        tell(told, run=ended)
        return ended


def _with_services(asked: Asked, chosen: Sequence[Service], facts: tuple[str, date], before: Run | None) -> Run:
    """Make the editions of services, the one with most files first, and tell of them together with those before."""
    store = compile_evidence(asked.workspace, asked.outputs).store
    ordered = in_order(asked.workspace, chosen, asked.period, store)
    readers = [readers_of(asked.workspace, each.audience) for each in ordered]
    editions = [Edition(asked.outputs, asked.period, each, *facts) for each in readers]
    ended = make_period(replace(asked, editions=tuple(editions)))
    return ended if before is None else before.beside(ended)


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Let a disk that is full or may not be written be told as a sentence."""
    try:
        yield
    except OSError as error:
        raise in_words(error) from error


def in_words(problem: AuditError | OSError) -> AuditError:
    """An error of the system as a sentence; our own stay as they are."""
    if isinstance(problem, AuditError):
        return problem
    what = problem.strerror or type(problem).__name__
    return AuditError(
        f"A file could not be read or written: {what}. What readers have is whole.",
        fix="Make sure that the outputs folder may be written and the disk is not full, then run it again.",
    )


def rewrite_index(period: str, *, workspace: Workspace, outputs: Path, audience_id: str, **options: Any) -> Path:
    """Write an edition's front page again from the pages that are there. Returns the page."""
    month = Period.parse(period)
    reports, absent = plan_reports(workspace, month)
    with in_plain_words(), locked(Outputs(outputs).opened(), name=LOCK):
        edition = Edition(outputs, month, readers_of(workspace, audience_id), workspace.authority.name, month.last)
        told = read_json(edition.shared / RUN)
        edition = replace(edition, as_of=parse_day(told.get("as_of", month.last.isoformat())))
        failed = {each["report"] for each in told.get("reports", ()) if each["status"] == "failed"}
        store = Outputs(outputs).store
        pages, absent, last = pages_of(reports, absent, edition=edition, work=workspace, store=store)
        made = Made(pages, absent, (), known_failed=failed, last=last)
        asked = load_challenges(workspace.evidence)
        fronts = Front.all_of(edition, made, edition.known(), folder=edition.shared, challenges=asked)
        write_fronts(fronts, workspace, **options)
        if told:
            write_json(edition.shared / RUN, {**told, "pages": pages_there(edition.shared)})
        return edition.shared / INDEX

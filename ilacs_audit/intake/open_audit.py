"""The one door through which a report gets at evidence: what it asked for is noted behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ilacs_audit.disk.writing import read_json
from ilacs_audit.domain import given
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.audiences import audience as known_audience
from ilacs_audit.domain.calendar import Period, date_words, parse_day
from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.doors.parameters import refuse_unknown
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.domain.references.challenges import CHALLENGES, Challenge, ChallengeTold
from ilacs_audit.domain.references.decided import DECISIONS, Decided
from ilacs_audit.domain.told import Asked, EditionTold, PageTold, StatusTold
from ilacs_audit.intake.handed import Handed
from ilacs_audit.intake.of_service import refuse_new_words
from ilacs_audit.intake.workspace import load_workspace


def open_audit(
    audit: str,
    *,
    as_of: str,
    audience: str,
    period: str = "",
    workspace: str | Path = "",
    evidence: str | Path = "",
    store: str | Path = "",
) -> Dossier:
    """Open one audit: its protocol, its answers, the round before, training, and what people wrote.

    Parameters
    ----------
    audit
        Its id in data/programme.yml.
    period, as_of, audience
        The month the report speaks for (left out, the audit's own), its last day of evidence, and who reads it.
    workspace, evidence, store
        The folder with data/ (left out, the nearest at or above this one); the returns, where they lie elsewhere, or
        the address of a database with them (its views stand in data/evidence/views.yml); the compiled store, where a
        run made one.

    Raises CatalogueError on an unknown audit, UsageError on an unknown audience, on a day or month that is not ISO,
    and on a last day of evidence before the audit began.
    """
    given.identifier(audit, "audit")
    work = opened(_handed(workspace, evidence, store), audit, period=period, as_of=as_of, audience=audience)
    if parse_day(work.as_of) < work.protocol.on:
        what = f"The audit {audit} begins on {date_words(work.protocol.on)}, after the last day of evidence."
        raise UsageError(what, where=f"as_of {work.as_of}", fix="Give a day on or after it; or correct its `on`.")
    return work


def open_evidence(
    *,
    period: str,
    as_of: str,
    audience: str,
    workspace: str | Path = "",
    evidence: str | Path = "",
    store: str | Path = "",
    report: str = "",
) -> Dossier:
    """Open the evidence of a month for a report that is not about one audit: registers and standards.

    `report` is its name in reports.yml: a person's words and decisions on it stand under that name in the commentary.
    Other options and errors as of `open_audit`.
    """
    work = opened(_handed(workspace, evidence, store), "", period=period, as_of=as_of, audience=audience)
    return replace(work, report=report)


def open_edition(told: str | Path, *, workspace: str | Path = "", evidence: str | Path = "") -> EditionTold:
    """Open what the pages of an edition told their readers, as a run notes it beside them in private.

    Raises UsageError where there is no such note. Options as of `open_audit`.
    """
    given.path(told, "open_edition")
    known = read_json(Path(told))
    if "pages" not in known:
        fix = "Run the period first, and give outputs/private/AUDIENCE/PERIOD/edition.json."
        raise UsageError(f"{Path(told).name} is no note of an edition.", fix=fix)
    return _edition(_handed(workspace, evidence, ""), **known)


def _challenged(*, challenge: Mapping[str, str], **told: str) -> ChallengeTold:
    return ChallengeTold(read_as(Challenge, challenge, file=CHALLENGES), **told)


def _edition(
    handed: Handed,
    *,
    pages: Sequence[dict[str, Any]],
    before: dict[str, Any] | None = None,
    statuses: Sequence[Sequence[str]] = (),
    spreadsheet: str = "",
    paper: str = "",
    challenges: Sequence[dict[str, Any]] = (),
    decided: Sequence[dict[str, str]] = (),
    **about: str,
) -> EditionTold:
    told = replace(opened(handed, "", **about), handed=handed)  # its pages have told what is one service's
    earlier = _edition(handed, **before) if before else None
    said = tuple(StatusTold(*each) for each in statuses)
    more: dict[str, Any] = {"spreadsheet": spreadsheet, "paper": paper, "statuses": said, "before": earlier}
    asked = tuple(_challenged(**each) for each in challenges)
    more["decided"] = tuple(read_as(Decided, each, file=DECISIONS) for each in decided)
    return EditionTold(told, tuple(_page(**each) for each in pages), challenges=asked, **more)


def _page(
    *,
    released: Sequence[dict[str, object]] = (),
    asked: Sequence[Any] = (),
    restated: Sequence[Sequence[str]] = (),
    **said: str,
) -> PageTold:
    shown, asking = tuple(rows(measures(released))), tuple(_asked(*each) for each in asked)
    first = tuple((what, was, now) for what, was, now in restated)
    return PageTold(**said, released=shown, asked=asking, restated=first)


def _asked(
    words: str,
    by: str = "",
    instructed: bool = False,
    answers: Sequence[str] = (),
    rests_on: str = "",
    *told: str,
) -> Asked:
    return Asked(words, by, instructed, tuple(answers), rests_on, *told)


def opened(handed: Handed, audit: str, *, period: str, as_of: str, audience: str) -> Dossier:
    """One audit out of evidence that is open already, or with an empty id the evidence itself."""
    service = known_audience(audience).service
    handed = replace(handed, service=handed.work.authority.service(service)) if service else handed
    protocol = handed.protocol(audit) if audit else None
    if service and audit:
        refuse_new_words(handed.answers([audit]).problems, audit)
    month = period or str(protocol.period if protocol else "")
    return Dossier(handed, audit, str(Period.parse(month)), parse_day(as_of).isoformat(), known_audience(audience).id)


def _handed(workspace: str | Path, evidence: str | Path, store: str | Path) -> Handed:
    refuse_unknown()
    given.folder(workspace, "workspace")
    return Handed(load_workspace(workspace, evidence=evidence, store=store))

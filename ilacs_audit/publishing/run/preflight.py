"""Before a run: whether the inputs are there, can be read, and are news.

A scheduled run that publishes last month's returns under this month's name is worse than one
that stops. It stops with a sentence; a person who runs the same command is only told.
"""

import os
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from ilacs_audit.disk.fingerprints import file_fingerprint
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import ReturnsError, StaleInputError
from ilacs_audit.intake.files.sources import Source, return_files, sources
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.timetable import load_timetable

_REFUSED = {
    "repeats": (
        "The returns of {month} are not new. {odd}",
        "Put this month's returns in the evidence folder. If they are right, run it by hand, without --unattended.",
    ),
    "unchanged": (
        "Nothing has changed since {month} was last published, so nothing was run.",
        "Check that the new returns have reached the evidence folder. To publish again, add --force.",
    ),
    "changing": (
        "An input was changed while {month} was being made, so nothing was published.",
        "Wait until nobody is saving files in the evidence folder or the workspace, and run it again.",
    ),
}


def check_inputs(workspace: Workspace, period: Period, only: Collection[str] = ()) -> list[str]:
    """Refuse inputs that are missing or cannot be read; say in sentences what else is odd about them.

    Registers can stand alone: where no return has ever come, or where `only` pages on registers are asked for.

    Raises StaleInputError, which a scheduler sees as exit code 15.
    """
    try:
        found = sources(return_files(workspace.evidence), workspace.programme)[0]
    except ReturnsError as missing:
        raise StaleInputError(
            "The evidence folder is not there.", where=str(workspace.evidence), fix="Check --evidence."
        ) from missing
    except OSError as error:
        raise StaleInputError(
            f"The evidence folder cannot be read: {error.strerror}.",
            where=str(workspace.evidence),
            fix="Give the account that runs this the right to read it.",
        ) from error
    # Their names stay out of logs, since one may name a child.
    if shut := [each for each in found if not _opens(each.path)]:
        audits = ", ".join(sorted({each.audit_id for each in shut}))
        raise StaleInputError(
            f"{len(shut)} of {len(found)} returns cannot be opened.",
            where=f"returns of {audits}",
            fix="Close them where they are open, and give the account that runs this the right to read them.",
        )
    due = [audit for audit in workspace.programme.in_period(period) if audit.returns]
    came = {audit.id for audit in due} & {each.audit_id for each in found}
    if due and not came and not _alone(workspace, found, only):
        raise StaleInputError(
            f"There is no return for {period.words}, though {len(due)} audits expect some.",
            where=", ".join(audit.id for audit in due),
            fix="Put the returns in the evidence folder, named as the programme's patterns say.",
        )
    return list(_repeats(found, period))


def refuse(case: str, period: Period, odd: Collection[str] = ()) -> None:
    """Stop a run: a scheduled one over returns that are not new or over nothing new, any over inputs that change."""
    what, fix = _REFUSED[case]
    raise StaleInputError(what.format(month=period.words, odd=" ".join(odd)), fix=fix)


def _alone(workspace: Workspace, found: Collection[Source], only: Collection[str]) -> bool:
    """Whether registers are all that a run can speak of, or all that it was asked for."""
    planned = load_timetable(workspace.root / "reports.yml") if only else {}
    asked = [planned[name] for name in only if name in planned]
    wanted = len(asked) == len(only) and all(each.registers for each in asked) if only else not found
    return wanted and bool(workspace.registers)


def _opens(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError:
        return False
    return os.access(path, os.R_OK)


def _repeats(found: list[Source], period: Period) -> Iterator[str]:
    """A sentence for each earlier audit whose very bytes came again under this period's name."""
    earlier: dict[int, list[Source]] = defaultdict(list)
    for each in found:
        if each.audit and each.audit.period < period:
            earlier[each.path.stat().st_size].append(each)
    for each in found:
        alike = earlier[each.path.stat().st_size]
        same = [old for old in alike if file_fingerprint(old.path) == file_fingerprint(each.path)]
        if each.audit and each.audit.period == period and same:
            old = same[0].audit
            yield f"A return of {each.audit_id} holds the same bytes as one of {old.id if old else 'an earlier audit'}."

"""What the owner of a run is told, and nobody else: a page, a file for programs, a note, a log.

All of it lies in the private folder. It holds counts, places and what to do, and of the values of a return a word
without a meaning alone, unless it names somebody; the log has no value at all. The clock is not read here: `now` is
given by whoever started the run.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ilacs_audit.claims.words import counted
from ilacs_audit.disk.writing import private_folder, write_json, write_whole
from ilacs_audit.domain.audiences import audience
from ilacs_audit.domain.calendar import Period, date_words
from ilacs_audit.domain.errors import AuditError, LockedError
from ilacs_audit.publishing.outcomes import Entry, Run
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.pages import render

NOTE, INDEX = "what-to-do.txt", "index.html"
_FINE = ("made", "kept")


@dataclass(frozen=True)
class Told:
    """Which run is told of, and when it was started."""

    outputs: Path
    period: Period
    now: datetime | None

    @property
    def folder(self) -> Path:
        """Where the owner looks."""
        return private_folder(Outputs(self.outputs).status)

    @property
    def log(self) -> Path:
        """One line a run, for each period."""
        return private_folder(Outputs(self.outputs).logs) / f"{self.period}.log"


def tell(told: Told, *, run: Run | None = None, problem: AuditError | None = None) -> None:
    """Write how a run ended. A disk that cannot be written is no reason to hide the run's own error."""
    if isinstance(problem, LockedError):
        return
    with suppress(*((OSError,) if problem else ())):
        facts = _facts(told, run, problem)
        write_json(told.folder / "status.json", facts)
        write_whole(told.folder / "status.html", _page(told, run, problem, facts))
        _write_note(told, facts)
        _log(told, facts)


def _facts(told: Told, run: Run | None, problem: AuditError | None) -> dict[str, Any]:
    entries = run.entries if run else ()
    counts = Counter(each.status for each in entries)
    return {
        "period": str(told.period),
        "started": told.now.isoformat(timespec="seconds") if told.now else "",
        "exit_code": problem.exit_code if problem else run.exit_code if run else 0,
        "published": bool(run and run.published),
        "counts": dict(sorted(counts.items())),
        "to_do": [str(problem)] if problem else [*_to_do(entries), *(run.to_do if run else ())],
        "remarks": list(run.remarks if run else ()),
        "reports": [vars(each) | {"seconds": round(each.seconds, 1)} for each in entries],
    }


def _to_do(entries: tuple[Entry, ...]) -> Iterator[str]:
    """A sentence for each report that failed or waits; the same in several editions is told once."""
    failed = [each for each in entries if each.status not in _FINE]
    for report in dict.fromkeys(each.report for each in failed):
        ours = [each for each in failed if each.report == report]
        editions = ", ".join(each.edition.partition(": ")[2] or each.audience for each in ours)
        fix = "" if "What to do:" in ours[0].problem else f" {_LOOK}"
        waits = "Restatement pending: what readers have stands. " if ours[0].status == "pending" else ""
        yield f"{ours[0].title} ({report}; {editions}): {waits}{ours[0].problem}{fix}"


_LOOK = (
    "What to do: run ilacs-audit check and put right what its fix lists name; if there is nothing, open the notebook "
    "of that name in outputs/private, which shows where it stopped. Then run the same command again: only what "
    "failed is run."
)


def _page(told: Told, run: Run | None, problem: AuditError | None, facts: dict[str, Any]) -> bytes:
    entries = () if problem or not run else run.entries
    of_all = [each for each in entries if not audience(each.audience).service]
    ours = list(dict.fromkeys(each.audience for each in of_all))
    return render(
        "status.html.j2",
        ilacs={
            "authority": "Owner's status page",
            "period_words": told.period.words,
            "audience": "internal",
            "audience_title": "For the owner of the run only",
        },
        run={
            "as_of_words": date_words(told.now.date()) if told.now else "these inputs",
            "published": facts["published"],
            "made": sum(each.status in _FINE for each in entries),
            "total": len(entries),
        },
        to_do=facts["to_do"],
        remarks=facts["remarks"],
        editions=[audience(each).title for each in ours],
        reports=list(_reports(told, tuple(of_all), ours)),
        whole=list(_editions(told, entries)),
        log=_disclosure_log(entries),
    )


def _disclosure_log(entries: Sequence[Entry]) -> str:
    """How many figures of this run's editions are hidden, and what the look over editions and months found."""
    small, beside = (sum(each.hidden[place] for each in entries) for place in (0, 1))
    waits = len({(each.audience, each.report) for each in entries if each.status == "pending"})
    looked = "Figures that could be worked out from another edition or an earlier one: 0 of those shown"
    held = f"; {counted(waits, 'page')} {'waits' if waits == 1 else 'wait'} for that reason" if waits else ""
    return f"{counted(small + beside, 'figure')} hidden, {beside:,} of them beside a small one. {looked}{held}."


def _editions(told: Told, entries: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    """Each edition: how many of its pages are in place, and which are not."""
    for name in dict.fromkeys(each.audience for each in entries):
        ours = [each for each in entries if each.audience == name]
        place = Outputs(Path("../..")).shared(name) / str(told.period) / INDEX
        yield {
            "title": ours[0].edition or audience(name).title,
            "href": place.as_posix(),
            "made": sum(each.status in _FINE for each in ours),
            "total": len(ours),
            "not_made": [each.title for each in ours if each.status not in _FINE],
        }


def _reports(told: Told, entries: tuple[Entry, ...], ours: list[str]) -> Iterator[dict[str, Any]]:
    """Each report once, with its page in every edition of the run."""
    pages = {(each.report, each.audience): each for each in entries}
    for name in dict.fromkeys(each.report for each in entries):
        found = [pages.get((name, each)) for each in ours]
        shown = [
            each
            and {
                "href": f"../../{each.audience}/{told.period}/{each.report}.html",
                "made": each.status in _FINE,
                "pending": each.status == "pending",
                "hidden": _hidden(each),
                "restated": "; ".join(each.restated),
                "took": f"{each.seconds:.1f} s" if each.status == "made" else "not run: nothing changed",
            }
            for each in found
        ]
        yield {"title": next(each.title for each in found if each), "pages": shown}


def _hidden(entry: Entry) -> str:
    told = [f"{count:,} {why}" for count, why in zip(entry.hidden, ("small", "beside them"), strict=True) if count]
    return ", ".join(told) or "none"


def _write_note(told: Told, facts: dict[str, Any]) -> None:
    """A note that can be mailed to the owner as it is; there is none when there is nothing to do."""
    path = told.folder / NOTE
    if not facts["to_do"]:
        path.unlink(missing_ok=True)
        return
    steps = "\n".join(f"{number}. {each}" for number, each in enumerate(facts["to_do"], start=1))
    begin = f"The reports of {told.period.words} need something from you. What readers have is whole and unchanged"
    where = "where a report failed or waits for its restatement; no page of theirs says why."
    write_whole(path, f"{begin}\n{where}\n\n{steps}\n".encode())


def _log(told: Told, facts: dict[str, Any]) -> None:
    counts = " ".join(f"{name.replace(' ', '-')}={count}" for name, count in facts["counts"].items())
    about = f"exit={facts['exit_code']} published={'yes' if facts['published'] else 'no'} {counts}".rstrip()
    failed = [each for each in facts["reports"] if each["status"] not in _FINE]
    shown = [f"  {each['report']} {each['audience']} {each['status']}" for each in failed]
    with told.log.open("a", encoding="utf-8") as file:
        file.write("\n".join([f"{facts['started'] or '-'} {told.period} {about}", *shown]) + "\n")

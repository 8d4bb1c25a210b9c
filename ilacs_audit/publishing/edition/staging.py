"""Put a whole edition together, unseen by readers: new pages, pages that are still right, and what goes round them.

A page that need not be made again is copied as it is. What failed keeps its earlier page, and the index says so.
"""

import json
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint, folder_hashes
from ilacs_audit.disk.writing import read_json, write_json, write_whole
from ilacs_audit.domain.errors import PendingError
from ilacs_audit.domain.references.challenges import Challenge
from ilacs_audit.engine.jobs import Outcome
from ilacs_audit.publishing.edition import figures_workbook
from ilacs_audit.publishing.edition.challenged import challenges_told
from ilacs_audit.publishing.edition.edition import INDEX, RUN, Edition, page_files
from ilacs_audit.publishing.edition.figures_csv import measures_csv
from ilacs_audit.publishing.edition.front_page import pages_told, whole_counts, with_notes
from ilacs_audit.publishing.edition.last_edition import last_told
from ilacs_audit.publishing.timetable import FRONT, LAST, OTHER, Absent, Report

Summaries = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Made:
    """What one run made of an edition: how reports ended, and what each page was made from.

    `current` is what is to be noted of each report whose page is new or still right, `made_from` goes into
    `run.json`. Of those `pending` the earlier page stands, and what was made of them is left aside. `last` are the
    reports that are made of all others when they are staged, the front page at the end.
    """

    reports: Sequence[Report]
    absent: Sequence[Absent]
    outcomes: Sequence[Outcome]
    current: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    made_from: Mapping[str, Any] = field(default_factory=dict)
    known_failed: Collection[str] = ()
    pending: Mapping[str, PendingError] = field(default_factory=dict)
    last: Sequence[Report] = ()

    @property
    def done(self) -> dict[str, dict[str, Any]]:
        """What each page that was made and may go out says of itself."""
        ok = (each for each in self.outcomes if each.status == "ok" and each.job_id not in self.pending)
        return {each.job_id: dict(each.result) for each in ok}  # type: ignore[call-overload]  # ok has one

    @property
    def every(self) -> list[Report]:
        """Every report, the front page last."""
        return [*self.reports, *self.last]

    @property
    def failed(self) -> set[str]:
        """The reports that could not be made."""
        return {each.job_id for each in self.outcomes if each.status != "ok"} | set(self.known_failed)


def stage(edition: Edition, made: Made) -> Summaries:
    """Put the pages of an edition together. Returns what is to be remembered of each, in the order of the index."""
    known = edition.known()
    done = {name: _restated(each, known.get(name, {})) for name, each in made.done.items()}
    about = {each.id: {"title": each.title, "audit": str(each.parameters.get("audit", ""))} for each in made.reports}
    for name, summary in done.items():
        figures = measures_csv(summary["released"], audit=about[name]["audit"], **summary["words"])
        write_whole(edition.staged / f"{name}.csv", figures)
    _copy(edition, [file for each in made.reports if each.id in known.keys() - done for file in page_files(each.id)])
    # The names of files that somebody else put into the readers' folder.
    ours = {*read_json(edition.shared / RUN).get("pages", {}), RUN, INDEX}
    foreign = {name for name in folder_hashes(edition.shared) if name not in ours and not name.endswith(".html")}
    _copy(edition, [name for name in foreign if not (edition.staged / name).exists()])
    waiting = {name: {**known[name], "pending": True} for name in made.pending if name in known}
    told = known | done | waiting
    note_pages(edition.staged, made.reports, told)
    there = folder_hashes(edition.staged)
    summaries = {
        each.id: about[each.id] | _noted(each.id, told[each.id], made, there)
        for each in made.reports
        if each.id in told
    }
    for name in there.keys() - foreign - {file for each in summaries for file in page_files(each)}:
        (edition.staged / name).unlink()
    write_figures(edition, edition.staged, made, summaries)
    return summaries


def note_pages(folder: Path, reports: Sequence[Report], told: Mapping[str, Mapping[str, Any]]) -> None:
    """Write above each page what its edition says of it, and link the other pages of its area."""
    there = [each for each in reports if each.id in told]
    for each in there:
        page = folder / f"{each.id}.html"
        ours = [other for other in there if each.area not in ("", OTHER) and other.area == each.area]
        near = [(other, told[other.id]) for other in ours if other.id != each.id]
        content = page.read_bytes() if page.is_file() else b""  # one that could not be made again is not there
        again = [other for other in there if _read_again(told[each.id], told[other.id])]
        if (noted := with_notes(content, told[each.id], near, registers=each.registers, again=again)) != content:
            write_whole(page, noted)


def _read_again(page: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the other page says what second readers, who changed grades of this one, do to a headline."""
    ours, theirs = ({row["measure"] for row in each.get("released", ())} for each in (page, other))
    return "marked_down" in ours and {"graded_good", "graded_good_corrected"} <= theirs


def write_figures(edition: Edition, folder: Path, made: Made, summaries: Mapping[str, Any]) -> None:
    """Write the figures of all pages as one spreadsheet (extra `[excel]`); while none moved, it is the readers' own."""
    shown = [(each.title, summaries[each.id]["released"]) for each in made.reports if each.id in summaries]
    if not shown or not figures_workbook.available():
        return
    note, there = edition.private / "figures.json", edition.shared / figures_workbook.NAME
    of, known = fingerprint(package_fingerprint(), edition.frame, json.dumps(shown, sort_keys=True)), read_json(note)
    path = folder / figures_workbook.NAME
    if known.get("of") == of and there.is_file() and known["file"] == file_fingerprint(there):
        shutil.copyfile(there, path)
    else:
        write_whole(path, figures_workbook.edition_workbook(shown, edition.frame))
        write_json(note, {"of": of, "file": file_fingerprint(path)})


def write_run(edition: Edition, made: Made, summaries: Mapping[str, Any]) -> None:
    """Write what made an edition, when all of it is staged. Why a report failed is for its owner's status page.

    Which rows a person took out, of so few files, and what was written from a desk is for the council's own readers.
    """
    content = {
        "period": str(edition.period),
        "audience": edition.audience.id,
        "as_of": edition.as_of.isoformat(),
        "pages": pages_there(edition.staged),
        "reports": [{"report": each.id, "status": _status(each.id, made, summaries)} for each in made.reports],
        **{
            name: said
            for name, said in made.made_from.items()
            if name not in ("taken_out", "desk") or edition.audience.id in ("internal", "board")
        },
    }
    write_json(edition.staged / RUN, content)


def _status(name: str, made: Made, summaries: Mapping[str, Any]) -> str:
    if name in made.failed or name not in summaries:
        return "failed" if name in made.failed else "not made"
    return "restatement pending" if summaries[name].get("pending") else "ok"


def edition_told(
    edition: Edition, made: Made, summaries: Mapping[str, Any], *, folder: Path, challenges: Sequence[Challenge] = ()
) -> dict[str, Any]:
    """What the last pages of an edition are made of: what its pages in a folder released, and what is not there.

    `challenges` are those of all readers, of which it tells those of its own.
    """
    there = (folder / figures_workbook.NAME).is_file()
    beside = [each for each in made.last if each.name != FRONT]
    return {
        "period": str(edition.period),
        "as_of": edition.as_of.isoformat(),
        "audience": edition.audience.id,
        "spreadsheet": figures_workbook.NAME if there else "",
        "paper": next((LAST[each.name] for each in beside), ""),
        "before": last_told(edition),
        "pages": [
            *({"title": each.title, "area": each.area, "href": LAST[each.name]} for each in beside),
            *pages_told(made.reports, summaries, made.failed, made.absent),
        ],
        "challenges": challenges_told(edition, challenges, summaries),
    }


def _noted(name: str, summary: Mapping[str, Any], made: Made, there: Mapping[str, str]) -> dict[str, Any]:
    """A summary with what its page was made from; an earlier page keeps what it was made from."""
    files = {file: there[file] for file in page_files(name)}
    told = {key: value for key, value in summary.items() if key != "handed"}
    current = {} if name in made.pending else made.current.get(name, {})
    return {**told, "made": {**summary.get("made", {}), "files": files, **current}}


def _restated(summary: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """A page's summary with the counts of the whole service that readers were first given otherwise, before and now."""
    now, was = (whole_counts(each.get("released", ())) for each in (summary, known))
    first = {name: before for name, (before, _) in known.get("restated", {}).items()}
    told = {name: [first.get(name, was[name]), now[name]] for name in now.keys() & was.keys()}
    return {**summary, "restated": {name: told[name] for name in sorted(told) if told[name][0] != told[name][1]}}


def pages_there(folder: Path) -> dict[str, str]:
    """The files of an edition with their hashes, as its manifest has them."""
    return {name: mark for name, mark in folder_hashes(folder).items() if name != RUN}


def _copy(edition: Edition, names: Collection[str]) -> None:
    for name in names:
        shutil.copyfile(edition.shared / name, edition.staged / name)

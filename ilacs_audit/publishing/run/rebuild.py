"""Make a published period again from its archived inputs, and compare it byte for byte.

The answer to "why is November different from the paper we took?". What readers have is not
touched: the rebuilt pages go to a private folder.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ilacs_audit.disk.code import package_fingerprint, versions
from ilacs_audit.disk.fingerprints import folder_hashes
from ilacs_audit.disk.lock import locked
from ilacs_audit.disk.writing import read_json, write_whole
from ilacs_audit.domain.audiences import audience
from ilacs_audit.domain.calendar import Period, parse_day
from ilacs_audit.domain.errors import StaleInputError
from ilacs_audit.intake.commentary import load_challenges
from ilacs_audit.intake.workspace import Workspace, load_workspace
from ilacs_audit.publishing.edition import figures_workbook, staging
from ilacs_audit.publishing.edition.edition import FRONT_NOTE, RUN, Edition
from ilacs_audit.publishing.edition.staging import Made, Summaries
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.run.archive import Archive
from ilacs_audit.publishing.run.batch import LOCK, in_plain_words
from ilacs_audit.publishing.run.make import compile_evidence
from ilacs_audit.publishing.run.overview import Front, write_fronts
from ilacs_audit.publishing.run.reports import run_reports
from ilacs_audit.publishing.run.services import pages_of, readers_of
from ilacs_audit.publishing.timetable import LAST, plan_reports


@dataclass(frozen=True)
class Rebuilt:
    """What came of a rebuild: where it lies, and which files are the bytes that were published."""

    folder: Path
    identical: tuple[str, ...]
    different: tuple[str, ...]
    remarks: tuple[str, ...]


def rebuild(period: str, *, outputs: Path, audience_id: str = "board", **options: Any) -> Rebuilt:
    """Make the pages of a period and audience again, and say of each whether it is the same.

    Raises StaleInputError naming exactly what is missing where it cannot be done.
    """
    month = Period.parse(period)
    edition = Edition(outputs, month, audience(audience_id), "", month.last)
    told, known = read_json(edition.shared / RUN), read_json(edition.private / "summaries.json")
    if not told or not known:
        raise StaleInputError(
            f"{month.words} was never published for this audience, or what is known of it was purged.",
            where=f"{audience_id}/{month}",
            fix="Name a period that was published, or restore outputs from a backup.",
        )
    place = Outputs(outputs).rebuilt(audience_id) / str(month)
    with in_plain_words(), locked(Outputs(outputs).opened(), name=LOCK):
        shutil.rmtree(place, ignore_errors=True)
        archive = Archive(Outputs(outputs).archive)
        inputs = {name: each["made"].get("inputs", "") for name, each in known.items()}
        last = read_json(edition.private / FRONT_NOTE).get("inputs") or max(inputs.values())
        lists, made = [*sorted({*inputs.values()} - {last}), last], dict(known)
        for each in lists:
            with _laid_out(archive, archive.run(each)) as work:
                names = [name for name, of in inputs.items() if of == each]
                made |= _make(work, names, edition, told, place, made, options, last=each == last)
        remarks = [remark for each in lists for remark in _remarks(archive.run(each))]
    there = folder_hashes(place)
    around = {figures_workbook.NAME, *LAST.values()}
    given = {name: mark for name, mark in told["pages"].items() if name in around or name.rsplit(".", 1)[0] in known}
    same = tuple(name for name, mark in given.items() if there.get(name) == mark)
    return Rebuilt(place, same, tuple(sorted(set(given) - set(same))), tuple(dict.fromkeys(remarks)))


def _make(
    work: Workspace,
    names: list[str],
    edition: Edition,
    told: Mapping[str, Any],
    place: Path,
    known: Mapping[str, Any],
    options: Mapping[str, Any],
    *,
    last: bool,
) -> Summaries:
    """Run the reports that were made from one list of inputs, as they lay, and put their pages into a place.

    With the `last` list, of which the last pages were made, these and the figures of all pages go round them.
    """
    day = parse_day(told["as_of"])
    readers = readers_of(work, edition.audience.id)
    again = Edition(work.root / "outputs", edition.period, readers, work.authority.name, day)
    reports, absent = plan_reports(work, again.period)
    again.prepare()
    store = compile_evidence(work, again.outputs).store
    pages, absent, after = pages_of(reports, absent, edition=edition, work=work, store=store)
    chosen = [each for each in pages if each.id in names]
    [ended] = run_reports([(again, chosen)], work, store, **options)
    summaries = staging.stage(again, Made(pages, absent, ended))
    # What an edition said above a page no input tells again.
    notes = {
        name: {key: known[name][key] for key in ("pending", "restated") if key in known[name]} for name in summaries
    }
    told_again = {name: {**known[name], **each, **notes[name]} for name, each in summaries.items()}
    for name in summaries:
        for path in again.staged.glob(f"{name}.*"):
            write_whole(place / path.name, path.read_bytes())
    if last:
        failed = {each["report"] for each in told["reports"] if each["status"] == "failed"}
        made, every = Made(pages, absent, (), known_failed=failed, last=after), {**known, **told_again}
        staging.note_pages(place, pages, every)
        staging.write_figures(again, place, made, every)
        asked = load_challenges(work.evidence)
        write_fronts(Front.all_of(again, made, every, folder=place, challenges=asked), work, **options)
    return told_again


@contextmanager
def _laid_out(archive: Archive, run: Mapping[str, Any]) -> Iterator[Workspace]:
    """The workspace and evidence of a run, as they were, for as long as they are needed."""
    folder = Path(tempfile.mkdtemp(prefix="ilacs-rebuild-"))
    try:
        archive.lay_out(run, folder)
        yield load_workspace(folder / "workspace", evidence=folder / "evidence")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remarks(run: Mapping[str, Any]) -> Iterator[str]:
    """What is not as it was: the package, Python, or a package beneath it."""
    now = versions()
    for name, before in run["versions"].items():
        if now.get(name) != before:
            yield f"{name} was {before} and is {now.get(name, 'not installed')}."
    if run["package"] != package_fingerprint():
        yield "The code of ilacs_audit, or a package beneath it, is not what it was: install that version to compare."

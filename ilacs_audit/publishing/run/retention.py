"""Take away personal data that is no longer needed, by the month it speaks for.

Pages that readers have are kept unless they are asked for by name: they hold no person, and
they are the record. After a purge a period cannot be rebuilt, and `rebuild` says so.
"""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ilacs_audit.disk.lock import locked
from ilacs_audit.disk.writing import read_json
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.publishing.edition.edition import FRONT_NOTE
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.run.archive import Archive
from ilacs_audit.publishing.run.batch import LOCK, in_plain_words


def purge(outputs: Path, *, before: date, remove: bool = False, pages: bool = False) -> list[Path]:
    """The private files and folders of the months that ended before a day, removed if asked.

    Executed notebooks, rebuilt pages, marks and logs of those months, their tables in the store,
    and archived inputs that no later month needs. `pages` adds the readers' folders.
    """
    with in_plain_words(), locked(Outputs(outputs).opened(), name=LOCK):
        tables = (path for part in ("answers", "problems") for path in (Outputs(outputs).store / part).glob("period=*"))
        old = (path for path in tables if _old(path.name.removeprefix("period="), before))
        found = sorted({*_folders(outputs, before, pages=pages), *old, *_archived(outputs, before)})
        for path in found if remove else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        return found


def _old(name: str, before: date) -> bool:
    """Whether a name such as 2024-11 is a month that was over before a day."""
    try:
        return Period.parse(name).last < before
    except UsageError:
        return False


def _folders(outputs: Path, before: date, *, pages: bool) -> Iterator[Path]:
    ours = Outputs(outputs)
    places = (ours.kept, ours.rebuilt, *((ours.shared, ours.documents) if pages else ()))
    homes = [place(name) for place in places for name in ours.audiences()]
    for home in (home for home in (*homes, ours.succeeded, ours.logs) if home.is_dir()):
        yield from (path for path in home.iterdir() if _old(path.name.split(".")[0], before))


def _archived(outputs: Path, before: date) -> Iterator[Path]:
    """What is in the archive and needed by no month that is kept."""
    ours = Outputs(outputs)
    archive = Archive(ours.archive)
    if not archive.folder.is_dir():
        return
    lists = set()
    for path in (each for name in ours.audiences() for each in ours.kept(name).glob("*/summaries.json")):
        if not _old(path.parent.name, before):
            lists |= {each.get("made", {}).get("inputs", "") for each in read_json(path).values()}
            lists.add(read_json(path.with_name(FRONT_NOTE)).get("inputs", ""))
    kept = archive.used_by(lists)
    yield from (path for path in archive.folder.iterdir() if path.name not in kept)

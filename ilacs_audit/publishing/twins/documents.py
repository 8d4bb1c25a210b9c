"""The pages that readers have as documents in a folder of their own, put there in one step.

A document is made of a finished page, so it has passed the gate, the search and the ledger with it. A page that
somebody has altered since is refused: its document would say what nobody published.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from ilacs_audit.disk.fingerprints import folder_hashes
from ilacs_audit.disk.swap import swap
from ilacs_audit.disk.writing import read_json, write_whole
from ilacs_audit.domain.audiences import AUDIENCES, is_audience
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import StaleInputError, UsageError, near, quoted
from ilacs_audit.publishing.edition.edition import RUN
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.twins import pdf, word
from ilacs_audit.publishing.twins.blocks import read_page

KINDS: Mapping[str, ModuleType] = {"word": word, "pdf": pdf}


def documents(
    period: str, *, outputs: str | Path, audience: str = "board", kinds: Sequence[str] = (), only: Sequence[str] = ()
) -> list[Path]:
    """Write the pages of a period and audience as Word files and PDFs, and return where they are.

    Without `kinds` both are written, as far as their extras are installed. `only` names pages. Documents of an earlier
    run are replaced as a whole. Raises UsageError on an unknown kind, page or audience or where an extra is missing,
    and StaleInputError where there is no edition, or where a page is not the one that was published.
    Example: `ia.documents("2024-11", outputs="outputs", audience="board")`.
    """
    if not is_audience(audience):
        raise UsageError(f"There is no edition {quoted(audience)}.", fix=f"Use one of: {', '.join(AUDIENCES)}.")
    month, ours = str(Period.parse(period)), Outputs(Path(outputs))
    made = _kinds(kinds)
    pages = list(_pages(ours.shared(audience) / month, only))
    with tempfile.TemporaryDirectory(dir=ours.opened()) as staged:
        folder = Path(staged) / month
        folder.mkdir()
        for path in pages:
            page = read_page(path.read_text(encoding="utf-8"))
            for each in made:
                write_whole(folder / f"{path.stem}.{each.ENDING}", each.made(page))
        place = ours.documents(audience) / month
        folder.chmod(0o755)
        swap(folder, place)
    return sorted(place.iterdir())


def _kinds(kinds: Sequence[str]) -> list[ModuleType]:
    """The ways that were asked for, or those that are installed."""
    if strange := [each for each in kinds if each not in KINDS]:
        raise UsageError(f"There is no document {quoted(strange[0])}.", fix=f"Use one of: {', '.join(KINDS)}.")
    lacking = [each for each in kinds or KINDS if find_spec(KINDS[each].MODULE) is None]
    if lacking and (kinds or len(lacking) == len(KINDS)):
        extra = ",".join(KINDS[each].EXTRA for each in lacking)
        raise UsageError(
            f"What writes {' and '.join(lacking)} is not installed.",
            fix=f'Install it: pip install "ilacs_audit[{extra}]".',
        )
    return [KINDS[each] for each in kinds or KINDS if each not in lacking]


def _pages(folder: Path, only: Sequence[str]) -> Iterator[Path]:
    """The pages of an edition that readers have, each as it was published."""
    given, there = read_json(folder / RUN).get("pages", {}), folder_hashes(folder)
    names = [name for name in given if name.endswith(".html")]
    if not names:
        fix = f"Publish the month first: ilacs-audit run {folder.name} --audience {folder.parent.name}."
        raise StaleInputError("This edition is not there.", where=f"{folder.parent.name}, {folder.name}", fix=fix)
    for each in only:
        if f"{each}.html" not in names:
            raise UsageError(
                f"There is no page {quoted(each)}.",
                fix=near(each, [name[:-5] for name in names], otherwise="See index.html."),
            )
    for name in sorted(name for name in names if not only or name[:-5] in only):
        if there.get(name) != given[name]:
            fix = "Publish the month again, and write the documents after it."
            raise StaleInputError("A page is not the one that was published.", where=name, fix=fix)
        yield folder / name

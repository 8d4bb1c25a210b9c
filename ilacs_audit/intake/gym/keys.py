"""The key of a pack: everything in it, anchors too, sealed so that a changed key is no key.

The code that auditors see is made of what they read alone: it tells which pack a workbook is of, and of no anchor.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from ilacs_audit.disk.fingerprints import fingerprint
from ilacs_audit.disk.writing import read_json
from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.catalogue.gym import Asked, Pack, Vignette
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.identifying import in_words
from ilacs_audit.intake.cells.spelling import clean
from ilacs_audit.intake.gym.vignettes import about_somebody

KEY = "-key.json"


def sealed(vignettes: Sequence[Vignette], *, number: int, seed: int) -> Pack:
    """A pack of these extracts, with its code and its seal."""
    read = [(clean(each.text), [(asked.standard, clean(asked.text)) for asked in each.asked]) for each in vignettes]
    code = f"P{number}-{fingerprint(number, read)[:8]}"
    return Pack(number, seed, code, fingerprint(number, seed, code, tuple(vignettes)), tuple(vignettes))


def item_print(vignette: Vignette, asked: Asked) -> str:
    """What one question of one extract is known by in every pack that holds it, whatever place it has there."""
    # A letter first: of figures with an e between them a spreadsheet makes a number.
    return f"q{fingerprint(clean(vignette.text), asked.standard, clean(asked.text))[:11]}"


def key_of(pack: Pack) -> dict[str, object]:
    """A pack as its key file holds it."""
    return asdict(pack)


def read_key(path: Path) -> Pack:
    """Read a key, be it our own or another council's. Raises CatalogueError where it is no key, or was changed."""
    pack = read_as(Pack, read_json(path, otherwise={}), file=path.name)
    if sealed(pack.vignettes, number=pack.number, seed=pack.seed) != pack:
        fix = "Ask whoever made the pack for its key, or make the pack again with its seed."
        raise CatalogueError("The key has been changed since it was made.", where=path.name, fix=fix)
    for fault in _about_somebody(pack):
        fix = "Do not use the pack; tell whoever made it."
        raise CatalogueError(f"{fault}, so the pack is not read.", where=path.name, fix=fix)
    return pack


def _about_somebody(pack: Pack) -> Iterator[str]:
    for each in pack.vignettes:
        texts = (each.text, *(asked.why for asked in each.asked))
        yield from (f"{told} (extract {each.id})" for text in texts for told in about_somebody(text))
        wordings = (asked.text for asked in each.asked)
        yield from (f"There is a {told.kind} in a question" for text in wordings for told in in_words(text))

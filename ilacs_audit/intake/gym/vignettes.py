"""Read the extracts of the gym, and refuse what could be about somebody: a name, initials, a place, a number.

Packs go from council to council, so an extract may hold nothing that was copied from a file. An invented one needs
no capital letter inside a sentence, which names, initials and places have.
"""

import re
from calendar import day_name, month_name
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ilacs_audit.claims.words import counted
from ilacs_audit.disclosure.search.finder import IdentifierFinder
from ilacs_audit.domain.catalogue.faults import read_as, refuse
from ilacs_audit.domain.catalogue.gym import Vignette, Vignettes, worded
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.identifying import in_words
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.yaml_files import read_yaml

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CODE = re.compile(r"\d{5,}|\d{3,}[ /-]\d{3,}|[^\W\d_]\d{3,}")
_OPENS = re.compile(r"(?:^|[.!?:;]['\"’”)]*)\s*['\"‘“(]*$")
_ALWAYS = frozenset({"I", "GP", "A", "E", *(f"I'{end}" for end in ("m", "d", "ve", "ll"))})
_DAYS = frozenset(day_name)
_MONTHS = frozenset(month_name[1:])  # some are names as well, unless a word before them says when
_WHEN = frozenset({"in", "since", "of", "by", "until", "last", "from", "to", "early", "late", "next", "every"})
_OPENERS = (  # that may begin a sentence, and are nobody's name
    "while when where whether if although though because since after before as at by for from in into on to with "
    "without neither nor nothing nobody none no both each every all some many most several other another this that "
    "these those there here then once only one two three four five six seven eight nine ten"
)
_FIX = (
    "Write 'the child', 'her brother' or 'the school' in its place: an extract is about nobody. "
    "If it is an ordinary word, begin the sentence with another."
)


class Extracts(NamedTuple):
    """The extracts of a folder, and the standards that they ask and the catalogue does not have."""

    kept: tuple[Vignette, ...]
    lacking: tuple[str, ...]


def load_vignettes(
    folder: Path, *, standards: Standards, identifiers: Collection[str] = (), known: Iterable[str] = ()
) -> Extracts:
    """Every extract of a folder, with the wording of what it asks; what no standard of the catalogue asks is left out.

    `identifiers` are the names and references of the council's own returns, `known` more texts whose words may begin a
    sentence. Raises CatalogueError, which holds no name, and where no question is left.
    """
    files = {path.name: read_as(Vignettes, read_yaml(path), file=path.name) for path in sorted(folder.glob("*.yml"))}
    if not files:
        fix = "Put data/gym/vignettes.yml back, or write a file of your own there."
        raise CatalogueError("There are no extracts.", where="data/gym", fix=fix)
    found = [(name, each) for name, file in files.items() for each in file.vignettes]
    wording = {each.id: each.text for each in standards}
    whys = (asked.why for _, each in found for asked in each.asked)
    ordinary = _small_words((*known, *wording.values(), *(each.text for _, each in found), *whys))
    finder = IdentifierFinder(identifiers)
    refuse(fault for name, each in found for fault in _faults(each, name, ordinary, finder))
    refuse(_twice(found))
    return _fitting([each for _, each in found], wording)


def _fitting(found: Sequence[Vignette], wording: dict[str, str]) -> Extracts:
    """The extracts with the questions that the catalogue has standards for."""
    asked = {each: tuple(one for one in each.asked if one.standard in wording) for each in found}
    lacking = dict.fromkeys(one.standard for each in found for one in each.asked if one.standard not in wording)
    kept = tuple(worded(replace(each, asked=left), wording) for each, left in asked.items() if left)
    if not kept:
        raise CatalogueError(f"None of {counted(len(found), 'extract')} asks a standard that you have.", fix=_OTHERS)
    return Extracts(kept, tuple(lacking))


_OTHERS = (
    "Take data/gym away, and the extracts that come with the package are used with standards of their own; or write "
    "extracts there that ask yours."
)


def about_somebody(text: str, *, ordinary: Collection[str] | None = None) -> Iterator[str]:
    """What in an extract could be about somebody, by its place and never by its words.

    `ordinary` are words that may open a sentence; left out, any may.

    >>> list(about_somebody("The boy told Kim so. Call 01632 960123."))
    ['Word 4 could be a name, initials or a place', 'There is a phone number in it', 'There is a long number in it']
    """
    for place, word in enumerate(_WORD.finditer(text), start=1):
        if not word[0].islower() and not _may_have_capitals(word[0], text[: word.start()], ordinary):
            yield f"Word {place} could be a name, initials or a place"
    yield from (f"There is a {kind} in it" for kind in dict.fromkeys(each.kind for each in in_words(text)))
    if _CODE.search(text):
        yield "There is a long number in it"


def _may_have_capitals(word: str, before: str, ordinary: Collection[str] | None) -> bool:
    if word in _ALWAYS or word.removesuffix("s") in _DAYS:
        return True
    last = re.findall(r"[^\W\d_]+", before)[-1:]
    if word in _MONTHS:
        return bool(last) and last[0].casefold() in _WHEN
    opens = bool(_OPENS.search(before)) and word[1:] == word[1:].lower() and len(word) > 1
    return opens and (ordinary is None or word.casefold() in ordinary)


def _small_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that somewhere stand without a capital letter: a sentence may begin with one of them."""
    return frozenset(word for text in (_OPENERS, *texts) for word in _WORD.findall(text) if word.islower())


def _faults(
    vignette: Vignette, file: str, ordinary: Collection[str], finder: IdentifierFinder
) -> Iterator[CatalogueError]:
    where = f"{file}, extract {vignette.id}"
    for part, text in (("text", vignette.text), *(("why", each.why) for each in vignette.asked)):
        told = [*about_somebody(text, ordinary=ordinary)]
        told += ["Somebody of your own returns is named in it"] if finder.find(text) else []
        yield from (CatalogueError(f"{each}.", where=f"{where}, {part}", fix=_FIX) for each in told)


def _twice(found: Iterable[tuple[str, Vignette]]) -> Iterator[CatalogueError]:
    first: dict[str, str] = {}
    for name, each in found:
        if each.id in first:
            where = f"{first[each.id]} and {name}"
            yield CatalogueError(f"Used twice: {each.id}.", where=where, fix="Give each extract its own id.")
        first.setdefault(each.id, name)

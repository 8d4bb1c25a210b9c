"""Find what could identify someone in free text, for a person to decide.

Nothing here can call a text anonymous. It finds what has a pattern and what is already known
from the returns, hides it in the table, and leaves the judgement to a reader.
"""

import re
from collections.abc import Iterable, Iterator

from ilacs_audit.domain.identifying import Identifying, days_in, in_words
from ilacs_audit.intake.identity.people import name_parts
from ilacs_audit.intake.identity.references import reference

_REFERENCE = re.compile(r"(?<!\w)[A-Z/]{0,6}\d[\d/]{3,}(?!\w)")
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_a-z][^\W\d_]*(?:['’‐‑-][^\W\d_]{2,})*")
_SHORT = 2
_SHORT_TEXT = "am an as at be by do go he if in is it me my no of ok on or so to up us we la sw cp hv"
_SHORT_WORDS = frozenset(_SHORT_TEXT.split())
_TELLING = 5
_DIGIT = re.compile(r"\d")
_ORDINARY = frozenset(
    word
    for line in (
        "will rose grace mark may june april august summer hope faith joy frank bill rob pat drew art dean guy jack",
        "young price long page banks bank hill wood lane park west north south east day king lord bishop knight",
        "cook baker carter read reading brown white green black gray grey stone field fields marsh brook rivers",
        "good hall bell major wise power english french parent church house ward bright gold love key hunt head hand",
        "waters wells walker law swift sharp strong short little noble savage best case child moss kent wade",
    )
    for word in line.split()
)


class IdentifierFinder:
    """Finds identifiers by pattern, and the names, references and birth dates it was given."""

    def __init__(
        self,
        names: Iterable[str] = (),
        *,
        references: Iterable[str] = (),
        birth_dates: Iterable[str] = (),
    ) -> None:
        known = frozenset(references)
        without_zeros = frozenset(text.lstrip("0") for text in known)
        self.references = known | {text for text in without_zeros if len(text) >= _TELLING}
        self.birth_dates = frozenset(day for each in birth_dates for day, *_ in days_in(each))
        parts = {part for name in names for part in name_parts(name)}
        self.certain = frozenset(part for part in parts - _ORDINARY if len(part) > _SHORT)
        self.possible = frozenset(parts & _ORDINARY)
        self.short = frozenset(part for part in parts if len(part) == _SHORT)

    def hits(self, text: str, *, own: frozenset[str] = frozenset()) -> list[Identifying]:
        """What was found, in order of place, without overlaps. `own` are the names of the row's own child."""
        found = list(self._names(text, own))
        if "@" in text or _DIGIT.search(text):
            found.extend(self._patterns(text))
        return _without_overlaps(found)

    def masked(self, text: str, *, own: frozenset[str] = frozenset()) -> str:
        """The text with every hit replaced by its kind.

        >>> IdentifierFinder(["julie kelly"]).masked("Julie rang 01632 960871")
        '[name] rang [phone number]'
        """
        for hit in reversed(self.hits(text, own=own)):
            text = f"{text[: hit.start]}[{hit.kind}]{text[hit.end :]}"
        return text

    def _names(self, text: str, own: frozenset[str]) -> Iterator[Identifying]:
        words = [(word, set(name_parts(word[0]))) for word in _WORD.finditer(text) if word[0][0].isupper()]
        sure = (self.certain | own) - _SHORT_WORDS
        certain = [not sure.isdisjoint(spelt) for _, spelt in words]
        for place, (word, spelt) in enumerate(words):
            beside = any(certain[max(place - 1, 0) : place + 2])
            possible = not spelt.isdisjoint(self.possible | own) and (beside or _inside(text, word.start()))
            if certain[place] or possible or (spelt <= self.short and _touching(text, words, certain, place)):
                yield Identifying("name", *word.span())

    def _patterns(self, text: str) -> Iterator[Identifying]:
        yield from in_words(text)
        days = days_in(text) if self.birth_dates else ()
        yield from (Identifying("date of birth", *at) for day, *at in days if day in self.birth_dates)
        for found in _REFERENCE.finditer(text) if self.references else ():
            if reference(found[0]) in self.references:
                yield Identifying("reference", *found.span())


def _touching(text: str, words: list[tuple[re.Match[str], set[str]]], certain: list[bool], place: int) -> bool:
    """Whether a sure name stands right before or after a word, with nothing but space between them."""
    pairs = ((at, at + 1) for at in (place - 1, place) if 0 <= at < len(words) - 1)
    told = [(one, two) for one, two in pairs if certain[one] or certain[two]]
    return any(text[words[one][0].end() : words[two][0].start()].isspace() for one, two in told)


def _inside(text: str, start: int) -> bool:
    """Whether a word stands inside a sentence, where a capital letter means a name."""
    before = text[:start].rstrip(" ‘“\"'([")
    return bool(before) and before[-1] not in ".!?:;-–•\n"


def _without_overlaps(hits: list[Identifying]) -> list[Identifying]:
    kept: list[Identifying] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept

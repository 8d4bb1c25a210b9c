"""How far a statement reads as a claim on practice: its words and what kinds of words they are, each with a weight.

The weights in `weights.txt` were learnt from sentences that people labelled, by `python -m benchmarks.prose_weights`.
A list of forms knows only the ways of saying "we met" that somebody thought of; a sum over kinds of words (a person,
a thing, a month, what is done) also knows the next one. Whether figures are right is never weighed: rows say that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from math import sqrt
from pathlib import Path

from ilacs_audit.claims.prose.lexicon import words
from ilacs_audit.claims.prose.rules import parts, rule

CLAIM = -1.1  # at or above this a sentence counts as a claim
PRAISE = 0.7  # a sentence that rows bear claims more than they do only at or above this
SCALE = 5.0
_STEM = 5
_DENIED = 3  # words that a denial reaches
_TOKEN = re.compile(r"[a-z][a-z’'-]*|\d[\d,.]*%?|[?:;“”\".,()–—]", re.I)
_KINDS = {
    "~": ("dated",),
    "#": ("figure", "spelt"),
    "WHO": ("named",),
    "ROLE": ("roles",),
    "STAFF": ("staff",),
    "PRACTICE": ("practice",),
    "THING": ("things",),
    "OTHERS": ("others",),
    "PRAISE": ("praising",),
    "DONE": ("done",),
}
_ENDINGS = ("ly", "ed", "ing", "s")


def score(text: str, marks: Iterable[str] = ()) -> float:
    """How far a statement reads as a claim on practice: the more, the higher. `marks` say how its figures stand.

    >>> score("Members thanked the auditors.") < CLAIM < score("Families feel listened to by our workers now.")
    True
    """
    given = weights()
    known = [given[each] for each in {*features(text), *marks} if each in given]
    return (SCALE * sum(known) / sqrt(len(known)) if known else 0) + given["bias"]


def features(text: str) -> Iterator[str]:
    """What is weighed: words, their beginnings, pairs, words apart, first and last, denied, kinds, meanings."""
    text = text.strip(" .")  # a part of a sentence is read as a whole one is
    tokens = list(_TOKEN.finditer(text[:1].lower() + text[1:]))
    kinds = _kinds(text, tokens)
    said = [kind if kind in "~#" else token.group().lower() for token, kind in zip(tokens, kinds, strict=True)]
    for word in said:
        yield from _of_word(word)
    yield from _runs(said, 2, "")
    for length in (1, 2, 3):
        yield from _runs(kinds, length, "/")
    yield from (f"{one}…{other}" for gap in (2, 3) for one, other in zip(said, said[gap:], strict=False))
    yield from (f"<{word}" for word in (*said[:2], "_".join(said[:3])))
    yield from (f">{word}" for word in said[-2:])
    yield from (f"-{word[:_STEM]}" for word in _denied(said))
    meant = [_meanings(word) for word in said]
    yield from (f"%{each}" for some in meant for each in some)
    yield from (f"<%{each}" for each in next(filter(None, meant), ()))
    yield from (f"-%{each}" for word in _denied(said) for each in _meanings(word))
    yield f"length_{min(len(said) // 5, 8)}"


def _denied(said: list[str]) -> Iterator[str]:
    """The words that a denial, a doubt or a condition reaches."""
    left = 0
    for word in said:
        if left:
            yield word
        left = _DENIED if rule("denying").fullmatch(word) else left - 1 if left else 0


def _of_word(word: str) -> tuple[str, str]:
    return f".{word}", f"{word[:_STEM]}*"


@cache
def _meanings(word: str) -> tuple[str, ...]:
    """What a word may mean, such as praise, cause or law."""
    forms = (word.replace("’", "'"), *(f"{word[:end]}*" for end in range(_STEM - 2, len(word) + 1)))
    return tuple(dict.fromkeys(each for form in forms for each in _meant().get(form, ())))


@cache
def _meant() -> Mapping[str, list[str]]:
    lists = {name.split()[1]: body.split() for name, (_, body) in parts().items() if name.startswith("means ")}
    return {form: [name for name in lists if form in lists[name]] for form in {*chain(*lists.values())}}


def _runs(items: list[str], length: int, sign: str) -> Iterator[str]:
    whole = ["^", *items, "$"]
    return (sign + "_".join(whole[at : at + length]) for at in range(len(whole) - length + 1))


def _kinds(text: str, tokens: list[re.Match[str]]) -> list[str]:
    """The kind of each word: one of the lists of the rules, itself where it is a little word, or else its ending."""
    kinds = ["" for _ in tokens]
    for kind, pattern in _patterns():
        for start, end in (match.span() for match in pattern.finditer(text)):
            for at, token in enumerate(tokens):
                if token.start() < end and token.end() > start and not kinds[at]:
                    kinds[at] = kind
    return [kind or _plain_kind(token.group()) for kind, token in zip(kinds, tokens, strict=True)]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    loaded = ((word.rule, word.forms) for word in words())
    return (*loaded, *((kind, rule(name)) for kind, names in _KINDS.items() for name in names))


def _plain_kind(word: str) -> str:
    if rule("little").fullmatch(word) or not word[0].isalpha():
        return word.lower()
    return next((ending for ending in _ENDINGS if word.lower().endswith(ending)), "Name" if word.istitle() else "x")


@cache
def weights() -> Mapping[str, float]:
    """The weights as they were learnt."""
    text = Path(__file__).with_name("weights.txt").read_text(encoding="utf-8")
    return {name: int(weight) / 100 for name, weight in re.findall(r"(\S+) (-?\d+)(?:  |\n)", text)}

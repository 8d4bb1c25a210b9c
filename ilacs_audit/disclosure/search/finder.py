"""Find thousands of names in a text by walking its words once.

The words of a name are run together ("annajones"), and so are the words of the text from
every starting point for as long as they still begin some name. That finds "Anna Jones",
"ANNA  JONES", "Anna-Jones", "A n n a Jones" and "AnnaJones" alike, and the time taken
hardly depends on how many names there are. Numbers, days of birth and initials are found by `numbers` and `initials`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ilacs_audit.disclosure.search.initials import Initials
from ilacs_audit.disclosure.search.numbers import Births, References
from ilacs_audit.disclosure.search.ordinary_words import BETWEEN, ORDINARY, PEOPLE
from ilacs_audit.disclosure.search.undisguise import bare, words

_SHORTEST_WORD = 3
_SHORTEST_CODE = 4
_LONG_ENOUGH_IN_NOISE = 6
_CAPITAL = r"(?=[^\W\d_a-z])"
_BREAK = r"[\s'\"“”()-]+"
_CODE = re.compile(r"([^\W\d_]{1,6})[\W_]*(0*)(\d{4,})(?:[\W_]\d{1,3})?")
_HOUSE = re.compile(r"\b(\d{1,4}[A-Za-z]?),?((?:\s[^\W\d_a-z][\w'’]+){2,4})")
_NAME = re.compile(r"[^\W\d_][^\d_@/\\()<>|;:]*")


class IdentifierFinder:
    """The identifiers of a run, ready to be looked for."""

    def __init__(self, identifiers: Iterable[str]) -> None:
        known = sorted(identifiers)
        self._initials = Initials(known)
        self._references, self._births = References(known), Births(known)
        self._names: dict[str, str] = {}
        self._ordinary: dict[str, Sequence[str]] = {}
        self._ends: dict[str, dict[str, str]] = {}
        for identifier in known:
            for name in _variants(identifier):
                run = "".join(name)
                if not _worth_finding(name, run):
                    continue
                self._names.setdefault(run, identifier)
                if len(name) > 1 and ORDINARY.issuperset(name):
                    self._ordinary.setdefault(run, name)
                if len(name) == 2 and not any(map(str.isdigit, run)):
                    self._ends.setdefault(name[0], {}).setdefault(name[1], identifier)
        self._beginnings = {name[:end] for name in self._names for end in range(1, len(name) + 1)}

    def find(self, text: str, *, noisy: bool = False) -> set[str]:
        """The identifiers in a text; in noise (bytes that happen to be legible) only long ones."""
        said = bare(text)
        read = words(said)
        beginnings = self._beginnings
        starts = [place for place, word in enumerate(read) if word in beginnings]
        found = {name for place in starts for name in self._from(read, place)}
        if noisy:
            long = {self._names[name] for name in found if len(name) >= _LONG_ENOUGH_IN_NOISE}
            return long | {each for each in self._references.find(said) if len(each) >= _LONG_ENOUGH_IN_NOISE}
        whole = {self._names[name] for name in found if name not in self._ordinary or self._meant(name, said)}
        others = (each.find(said) for each in (self._initials, self._references, self._births))
        return whole.union(self._around(said, read, starts), *others)

    def _from(self, read: list[str], place: int) -> Iterator[str]:
        run, end = "", place
        while end < len(read) and (run := run + read[end]) in self._beginnings:
            end += 1
            if run in self._names:
                yield run

    def _around(self, said: str, read: list[str], starts: list[int]) -> Iterator[str]:
        """Those whose first and last name stand around up to three others: "Anna Louise M. Jones"."""
        for place in starts:
            if lasts := self._ends.get(read[place]):
                for last in set(read[place + 2 : place + 5]) & lasts.keys():
                    middle = rf"(?:{_BREAK}(?!(?:{BETWEEN})\b){_CAPITAL}(?:\w+|\w\.)){{1,3}}{_BREAK}"
                    if re.search(rf"(?<!\w){_CAPITAL}(?i:{read[place]}){middle}{_CAPITAL}(?i:{last})(?!\w)", said):
                        yield lasts[last]

    def _meant(self, run: str, said: str) -> bool:
        """Whether a name of two ordinary words is one where it stands: not "Will young", nor "will young people"."""
        name = r"[\W_]+".join(f"({word})" for word in self._ordinary[run])
        told = list(re.finditer(rf"(?<![^\W_]){name}(?![^\W_])(\s+(?:{PEOPLE})\b)?", said, re.IGNORECASE))
        named = (each.groups()[:-1] for each in told if not each.groups()[-1])
        return not told or any(len({word[0].isupper() for word in words_of}) == 1 for words_of in named)


def _variants(identifier: str) -> Iterator[Sequence[str]]:
    """What an identifier may be run together from: a name in any order or without some of it, a code, a house."""
    name = words(identifier)
    yield from (name, [*name[-1:], *name[:-1]], [*name[1:], *name[:1]])
    if found := _CODE.fullmatch(identifier.strip()):
        yield from (words(f"{found[1]} {zeros}{found[3]}") for zeros in ("", found[2]))
    for house in _HOUSE.finditer(identifier):  # also with its "Road" written "Rd"
        number, *street = words(" ".join(house.groups()))
        yield from ((number, *street), (number, *(street[:-1] if ORDINARY.isdisjoint(street[:-1]) else street)))
    told = " ".join(identifier.partition("@")[0].replace("_", ".").split(".")) if "@" in identifier else identifier
    if _NAME.fullmatch(told):
        yield from _shorter(told)


def _shorter(name: str) -> Iterator[Sequence[str]]:
    """A forename and a family name out of several, and each half of one with a hyphen."""
    last, comma, first = name.partition(",")
    *given, family = (f"{first} {last}" if comma else name).split() or [""]
    halves = words(family)
    for one in words(" ".join(given)) if len(given) < 4 else ():
        for other in ("".join(halves), *halves):
            if len(given) == 1 or (len(one) > 1 and len(other) > 2 and not ORDINARY.issuperset((one, other))):
                yield from ((one, other), (other, one))


def _worth_finding(name: Sequence[str], run: str) -> bool:
    """Whether the run is long and rare enough to mean a person; figures alone are for `References`."""
    if any(letter.isdigit() for letter in run):
        return len(run) >= _SHORTEST_CODE and not run.isdigit()
    return len(run) >= _SHORTEST_WORD and (len(name) > 1 or run not in ORDINARY)

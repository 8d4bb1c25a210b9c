"""Who reads a report, and the one rule set for what each of them may see.

These constants are reviewed by a council's information-governance lead. They live here and
nowhere else: `disclosure.release` applies them to counts, shares, intervals, marks, words
and data files alike.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from ilacs_audit.domain.errors import UsageError, near, quoted

_OF_SERVICE = re.compile("service:[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
SERVICE = "service"  # "service:fostering" is the edition of one service

WHOLE_SERVICE = frozenset({"all", "service"})
ORDINARY_GROUPS = WHOLE_SERVICE | {
    *("", "team", "agency", "audit", "intervention", "grade", "rule", "role", "standard", "register", "worker"),
    *("course", "plan area", "role with a vacant post", "survey", "bed state"),
    *("coefficient", "time until the second reading", "who drafted the words", "characteristic"),
    *("kind of question", "what is asked", "part of the list"),
    *(
        "action",
        "time overdue",
        "priority",
        "agency asked to act",
        "time since it was raised",
        "standard closed on paper",
        "standard raised again",
    ),
    *("practice area", "audit without a return", "area nobody looked at", "practice theme", "recording theme"),
}
_SENSITIVE = (  # how a word begins that makes a breakdown sensitive, whatever a person says of it
    *("ethnic", "race", "racial", "nationalit", "immigra", "migra", "asylum", "refugee", "traffick"),
    *("relig", "belief", "faith", "sexual", "lgb", "transgender", "politic"),
    *("disab", "health", "medic", "diagnos", "autis", "send", "exploit", "abus", "offen", "crim", "convict"),
)


def surely_sensitive(group: str) -> bool:
    """Whether a breakdown is by what a person can be hurt with, by the beginnings of its words in any case.

    >>> [surely_sensitive(each) for each in ("Ethnic origin", "Religion or belief", "race_group", "Placement type")]
    [True, True, True, False]
    """
    words = "".join(letter if letter.isalpha() else " " for letter in group.casefold()).split()
    return any(word.startswith(_SENSITIVE) for word in words)


@dataclass(frozen=True)
class Audience:
    """The disclosure rules of one readership.

    `smallest_base` is the fewest distinct children a breakdown may rest on, `smallest_count`
    the smallest count that may be shown where counts are protected, `rounded_to` the base to
    which the rest are rounded (1 = unrounded). `protects` says which counts are protected:
    'none', 'sensitive' groups, or 'all'. A breakdown that nobody has called `ordinary` is sensitive.
    """

    id: str
    title: str
    smallest_base: int
    smallest_count: int
    rounded_to: int
    protects: str
    ordinary: frozenset[str] = ORDINARY_GROUPS

    @property
    def service(self) -> str:
        """The id of the service whose edition this is; "" where it is of the whole council.

        >>> audience("service:fostering").service, audience("board").service
        ('fostering', '')
        """
        kind, _, name = self.id.partition(":")
        return name if kind == SERVICE else ""

    def sensitive(self, group: str) -> bool:
        """Whether a breakdown by this is sensitive: known to be, or not known to be ordinary."""
        return surely_sensitive(group) or group.casefold() not in self.ordinary


AUDIENCES: Mapping[str, Audience] = {
    audience.id: audience
    for audience in (
        Audience("internal", "Internal edition", smallest_base=5, smallest_count=1, rounded_to=1, protects="none"),
        Audience("board", "Board edition", smallest_base=5, smallest_count=6, rounded_to=1, protects="sensitive"),
        Audience("public", "Public edition", smallest_base=6, smallest_count=6, rounded_to=5, protects="all"),
    )
}


# A service's reader has the board's paper too: what one leaves of the other is a group as well, of six files or none.
_SERVICE = Audience(SERVICE, "Service edition", smallest_base=6, smallest_count=6, rounded_to=1, protects="sensitive")


def is_audience(name: object) -> bool:
    """Whether this is the name of an audience.

    >>> [is_audience(name) for name in ("board", "service:fostering", "service", "press")]
    [True, True, False, False]
    """
    return isinstance(name, str) and (name in AUDIENCES or bool(_OF_SERVICE.fullmatch(name)))


def audience(name: str, *, ordinary: Collection[str] = ()) -> Audience:
    """The rules of a named audience, with the breakdowns that its council calls ordinary.

    Raises UsageError naming the known ones.
    """
    if not is_audience(name):
        fix = near(name, AUDIENCES, otherwise=f"Use one of: {', '.join(AUDIENCES)}, service:NAME.")
        raise UsageError(f"{quoted(name)} is not an audience.", fix=fix)
    rules = AUDIENCES.get(name) or replace(_SERVICE, id=name)
    return replace(rules, ordinary=ORDINARY_GROUPS | {each.casefold() for each in ordinary})

"""Who reads a report, and the one rule set for what each of them may see.

These constants are reviewed by a council's information-governance lead. They live here and
nowhere else: `disclosure.release` applies them to counts, shares, intervals, marks, words
and data files alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ilacs_audit.domain.errors import UsageError, near, quoted

SENSITIVE_GROUPS = frozenset({"ethnicity", "disability", "health", "exploitation", "offence", "immigration status"})
WHOLE_SERVICE = frozenset({"all", "service"})


@dataclass(frozen=True)
class Audience:
    """The disclosure rules of one readership.

    `smallest_base` is the fewest distinct children a breakdown may rest on, `smallest_count`
    the smallest count that may be shown where counts are protected, `rounded_to` the base to
    which the rest are rounded (1 = unrounded). `protects` says which counts are protected:
    'none', 'sensitive' groups, or 'all'.
    """

    id: str
    title: str
    smallest_base: int
    smallest_count: int
    rounded_to: int
    protects: str


AUDIENCES: Mapping[str, Audience] = {
    audience.id: audience
    for audience in (
        Audience("internal", "Internal edition", smallest_base=5, smallest_count=1, rounded_to=1, protects="none"),
        Audience("board", "Board edition", smallest_base=5, smallest_count=6, rounded_to=1, protects="sensitive"),
        Audience("public", "Public edition", smallest_base=6, smallest_count=6, rounded_to=5, protects="all"),
    )
}


def audience(name: str) -> Audience:
    """The rules of a named audience. Raises UsageError naming the known ones."""
    if not isinstance(name, str) or name not in AUDIENCES:
        fix = near(name, AUDIENCES, otherwise=f"Use one of: {', '.join(AUDIENCES)}.")
        raise UsageError(f"{quoted(name)} is not an audience.", fix=fix)
    return AUDIENCES[name]

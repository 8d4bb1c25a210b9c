"""What chance alone would show when many standards are compared at once.

Twenty-five standards that have not changed give one or two "changes" by chance. The page says how many to
expect. A change is called better or worse only where it stands when the whole family, every change of the
month's audits, is judged together; its interval stays as it is (methods, 7.4 and 11.9).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from ilacs_audit.claims.change.two_rounds import pairs
from ilacs_audit.claims.verdicts.verdicts import FEWEST_FILES
from ilacs_audit.claims.words import NOT_COMPARABLE, counted, number_word, plural
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import Row, earlier_round, rows
from ilacs_audit.stats.comparison import false_discovery
from ilacs_audit.stats.sampling import chance_of_false_change, false_alarms

REPORT_LEVEL = 0.05
PROMISE = "Of the changes named this month, about one in twenty may be chance."

Judge = Callable[[Sequence[float]], Sequence[bool]]
"""Says of the chances of comparisons, in order, which stand; a change that is not named has the chance one."""


class FalseFlags(NamedTuple):
    """How many of the compared standards would look changed by chance, and the chance of at least one."""

    compared: int
    expected: float
    at_least_one: float

    @property
    def words(self) -> str:
        """The caveat as a page prints it; nothing where luck can bring none.

        >>> FalseFlags(25, 1.3, 0.74).words
        'Compare 25 standards with counts like these and luck makes one or more look changed about 74 times in 100.'
        """
        often = round(100 * self.at_least_one)
        if self.compared < 2 or not often:
            return ""
        # Like these: as many standards elsewhere have other counts, and so other odds.
        compared = f"{number_word(self.compared)} {plural('standard', self.compared)} with counts like these"
        return f"Compare {compared} and luck makes one or more look changed about {counted(often, 'time')} in 100."

    @property
    def in_short(self) -> str:
        """How many to expect of a whole edition; nothing where that is fewer than one.

        >>> FalseFlags(52, 2.2, 0.89).in_short
        'Compare 52 standards that have not changed, and luck makes about two look as if they had.'
        """
        if self.compared < 2 or not round(self.expected):
            return ""
        many = number_word(self.compared)
        luck = f"luck makes {by_chance(self.expected)} look as if they had"
        return f"Compare {many} standards that have not changed, and {luck}."


def false_flags(changes: Sequence[Row]) -> FalseFlags:
    """How many of these changes luck would make, by their own counts; none where a count is not known as it is."""
    both = [(earlier_round(row.note), row) for row in changes if row.verdict not in ("", NOT_COMPARABLE)]
    if any(was is None or row.status == "rounded" or not row.denominator for was, row in both):
        return FalseFlags(0, 0.0, 0.0)
    pairs_read = [((was[0], was[1]), (row.numerator or 0, row.denominator or 0)) for was, row in both if was]
    return _flags(pairs_read)


def by_chance(expected: float) -> str:
    """An expected number of flags as a person says it: nobody has seen 0.2 of a team.

    >>> by_chance(0.2), by_chance(1.3)
    ('fewer than one', 'about one')
    """
    about = round(expected)
    return "fewer than one" if about == 0 else f"about {number_word(about)}"


def expected_false_flags(
    before: pd.DataFrame, after: pd.DataFrame, *, changes: pd.DataFrame | None = None
) -> FalseFlags:
    """Count the standards that would be called changed although nothing moved.

    Each standard is taken at its pooled share and its own two numbers of files. With `changes` only those
    are counted that could be compared.
    """
    before, after = doors.findings(before), doors.findings(after)
    both = _both_read(before, after)
    if changes is not None:
        alike = {row.standard_id for row in rows(doors.findings(changes)) if row.verdict not in ("", NOT_COMPARABLE)}
        both = ((was, now) for was, now in both if now.standard_id in alike)
    return _flags((_counts(was), _counts(now)) for was, now in both)


def stand_together(
    chances: Sequence[float], others: Sequence[float] = (), *, level: float = REPORT_LEVEL
) -> list[bool]:
    """Whether each comparison stands when it is judged as one family with `others`; one that is alone does.

    What is compared and would not be named counts with the chance one, so that the share of false ones is held among
    what is named, and not among more.

    >>> stand_together([0.004, 1.0]), stand_together([0.004, 1.0], [1.0] * 20), stand_together([0.04])
    ([True, False], [False, False], [True])
    """
    family = [*chances, *others]
    if len(family) < 2:
        return [True] * len(chances)
    return [bool(each) for each in false_discovery(family, level=level).passes[: len(chances)]]


def _both_read(before: pd.DataFrame, after: pd.DataFrame) -> Iterable[tuple[Row, Row]]:
    for was, now in pairs(before, after):
        if was is not None and min(_counts(was)[1], _counts(now)[1]) >= FEWEST_FILES:
            yield was, now


def _flags(both: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> FalseFlags:
    chances = list(_chances(both))
    found = false_alarms(chances)
    return FalseFlags(len(chances), found.expected, found.at_least_one)


def _chances(both: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> Iterable[float]:
    for (met, read), (met_now, read_now) in both:
        chance = chance_of_false_change(read, read_now, (met + met_now) / (read + read_now))
        if chance is not None:
            yield chance


def _counts(row: Row) -> tuple[int, int]:
    return row.numerator or 0, row.denominator or 0

"""Agreement of two readers, and a headline corrected for it, in sentences for those who do not know the word kappa."""

from collections.abc import Callable

from ilacs_audit.claims.words import capital, count_of, counted, percent
from ilacs_audit.domain.measures import Row

MEASURES = frozenset({"alike", "agreement", "movement", "graded_good_corrected"})
COEFFICIENT = "coefficient"  # the group of what is no share, and never a percentage
LUCK = "1 would be full agreement, 0 what luck alone gives"
SAME, BY_LUCK = "The same grade from both", "The same grade from both, by luck alone"
KAPPA, AC2, ALPHA = "Linear-weighted kappa", "AC2, linear-weighted", "Ordinal alpha"
SHIFT = "Mean shift in grades, above 0 is down"
ONE_WAY, BOWKER = "So many one way, by luck", "Bowker's test of the whole table"
STUART = "Stuart-Maxwell test of the grades given"
ALL_ALIKE = "Every file had the same grade from both, so nobody can tell whether they would part on another."
PLAIN = {  # what each is, for those who have never met it
    BY_LUCK: "if both gave each grade as often as they did, and neither had looked at the file",
    KAPPA: "agreement beyond luck; two grades apart counts as worse than one",
    AC2: "the same, steadier where nearly all files have one grade",
    ALPHA: "the same, of all who read a file, two or more",
    SHIFT: "by how many grades the second reader moved a file",
    ONE_WAY: "the chance that luck alone sends so many of the moved grades the same way",
    BOWKER: "the chance that luck alone makes the moves between any two grades so one-sided",
    STUART: "the chance that luck alone makes two readers differ so in how often they give each grade",
}


def agreement_sentence(row: Row) -> str:
    """A coefficient, a test of which way grades move, or a corrected share, as a sentence.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> kappa = {"measure": "agreement", "level": "Kappa", "denominator": 29, "value": 0.66}
    >>> agreement_sentence(*rows(measures([{**kappa, "lower": 0.44, "upper": 0.85}])))
    'Kappa of 29 files is 0.66, likely 0.44 to 0.85 (1 would be full agreement, 0 what luck alone gives).'
    """
    if row.value is None:
        return row.reason or row.note
    if row.measure == "graded_good_corrected":
        found = f"about {percent(row.value)} would be good or better{_range(row, percent)}"
        return f"{row.level}: had a moderator graded every file, {found}. {row.note}".strip()
    files = counted(row.denominator or 0, "file")
    if row.measure == "alike":
        by = " by luck alone" * (row.level == BY_LUCK)
        return f"Two people who read the same file would give the same grade {times_in_ten(row.value)}{by}, of {files}."
    if row.measure == "agreement":
        return f"{row.level} of {files} is {row.value:.2f}{_range(row, '{:.2f}'.format)} ({LUCK})."
    if row.method != "test":
        way = "down" if row.value > 0 else "up"
        return f"The second reader moved {files} by {abs(row.value):.2f} grades {way} on average."
    return f"{capital(row.level)}: the chance of it by luck alone is {chance(row.value)}, of {files}."


def chance(value: float) -> str:
    """A chance in per cent, and none that is nought."""
    return "under 0.1%" if value < 0.001 else f"{100 * value:.1f}%" if value < 0.1 else percent(value)


def _range(row: Row, said: Callable[[float], str]) -> str:
    return "" if row.lower is None or row.upper is None else f", likely {said(row.lower)} to {said(row.upper)}"


def luck_and_sight(same: Row | None, luck: Row | None) -> str:
    """How often two readers gave one grade and would have by luck alone, for those who know no coefficient."""
    if same is None or same.value is None:
        return ""
    if luck is None or luck.value is None:
        return ALL_ALIKE if same.numerator == same.denominator else ""
    count, more = count_of(same.numerator or 0, same.denominator or 0), (same.value or 0.0) > (luck.value or 0.0)
    said = "Only what is above that shows" if more else "It is no more than that, so nothing here shows"
    return (
        f"Two people who read the same file gave it the same grade {times_in_ten(same.value or 0.0)} ({count}). Had "
        "both given as many of each grade without opening a file, they would still have agreed "
        f"{times_in_ten(luck.value or 0.0)}, by luck. {said} that they judge alike."
    )


FOR_ALL = "That is of all audits together; how far grades move audit by audit is told below, where it can be."


def lean_words(down: int, up: int, one_way: Row | None) -> str:
    """Whether luck alone could send so many of the moved grades one way; nothing where none moved.

    >>> lean_words(2, 0, None)
    'Too few files were graded twice to tell whether that is luck.'
    """
    if down == up:
        return "As many went up as down." if down else ""
    if one_way is None or one_way.value is None:
        return "Too few files were graded twice to tell whether that is luck."
    sure = one_way.value < 0.05
    said, apart = ("is hardly luck", f" {FOR_ALL}") if sure else ("could be luck", "")
    more, fewer = ("down", "up") if down > up else ("up", "down")
    return f"That more go {more} than {fewer} {said}: by luck alone the chance of it is {chance(one_way.value)}.{apart}"


def times_in_ten(value: float) -> str:
    """A share as so many times in ten.

    >>> times_in_ten(21 / 29), times_in_ten(0.354), times_in_ten(0.03), times_in_ten(0.97), times_in_ten(1.0)
    ('about 7 times in 10', 'about 4 times in 10', 'less than once in 10', 'more than 9 times in 10', 'every time')
    """
    tenths = int(10 * value + 0.5)
    if tenths in (0, 10):
        return "every time" if value == 1 else "more than 9 times in 10" if tenths else "less than once in 10"
    return "about once in 10" if tenths == 1 else f"about {tenths} times in 10"

"""What a table of teams shows in one line, and what may be said of a group of children beside all others."""

from collections import Counter
from collections.abc import Sequence

from ilacs_audit.claims.words import (
    CANNOT_TELL,
    MET,
    NOT_MET,
    capital,
    count_of,
    listed,
    number_word,
    period_words,
    plural,
)
from ilacs_audit.domain.counting import OTHERS
from ilacs_audit.domain.measures import Row, in_order

_UNNAMED = (OTHERS, "")  # what is left over is no team, and no heading blames it
ONLY = "Only {team} can be judged on its own"
_NAMED = 3  # more names than these make no heading
GROUP_MET = "group_met"
_SAID = {
    "different": "more apart than luck would bring",
    "no worthwhile difference": "no worthwhile difference",
    "too few to say": "too few to say that they differ",
}


def shortfalls(judged: Sequence[Row]) -> dict[str, int]:
    """On how many standards each team is shown to fall short, the most first; others put together come last."""
    short = Counter(row.level for row in judged if row.verdict == NOT_MET)
    levels = {row.level for row in judged}
    return {name: short[name] for name in sorted(levels, key=lambda it: (it == OTHERS, -short[it], in_order(it)))}


def falls_short(judged: Sequence[Row], *, teams: int, asked: int) -> str:
    """Name who of so many `teams` falls short on most of the standards `asked`; nothing where none is judged.

    A team is not blamed as the only one that can be judged among several, nor what is put together of the others: it
    is said apart. `judged` are the rows that a reader sees with a verdict of their own.
    """
    together = sum(row.level == OTHERS and row.verdict == NOT_MET for row in judged)
    judged = [row for row in judged if row.level not in _UNNAMED]
    known = Counter(row.level for row in judged if row.verdict in (MET, NOT_MET, CANNOT_TELL))
    most = max((short := shortfalls(judged)).values(), default=0)
    if not most:
        return _none_short(judged, together)
    if len(known) == 1 < teams:
        return ONLY.format(team=next(iter(known)))
    worst = [name for name in short if short[name] == most]
    on = _standards(most, {known[name] for name in worst}, asked)
    if len(worst) == len(known) > 2:
        return f"Every team{'' if len(known) == teams else ' that can be judged'} falls short on {on}"
    if len(worst) > _NAMED:
        return f"{capital(number_word(len(worst)))} teams fall short on {on}"
    if len(worst) > 1:
        return f"{listed(worst)} fall short on {on}"
    (name,) = worst
    return f"{name} {short_on([row.verdict for row in judged if row.level == name], asked)}"


def short_on(verdicts: Sequence[str], asked: int) -> str:
    """On how many of the standards `asked` one team falls short, and of how many we cannot tell.

    >>> short_on(["not met", "not met", "cannot tell", "met"], 4)
    'falls short on 2 of 4 standards; on one we cannot tell'
    >>> short_on(["cannot tell"], 2), short_on(["met", "cannot tell"], 2)
    ('we cannot tell of any standard', 'no standard is shown to fall short; on one we cannot tell')
    """
    tally = Counter(verdicts)
    short, unsure, met = (tally[word] for word in (NOT_MET, CANNOT_TELL, MET))
    if not short + unsure + met:
        return "no standard can be judged"
    if not short + met:
        return "we cannot tell of any standard"
    bare = asked - short - unsure - met
    rest = [f"on {number_word(unsure)} we cannot tell"] if unsure else []
    rest += [f"{number_word(bare)} {'has' if bare == 1 else 'have'} no verdict"] if bare else []
    said = f"falls short on {count_of(short, asked)} standards" if short else "no standard is shown to fall short"
    return "; ".join([said, *rest])


def _none_short(judged: Sequence[Row], together: int) -> str:
    """That no team that can be judged is shown to fall short, and on how many standards the others together do."""
    known = sorted({row.level for row in judged if row.verdict in (MET, CANNOT_TELL)})
    if not known:
        return ""
    unsure = not any(row.verdict == MET for row in judged)
    which = known[0] if together and len(known) == 1 else "any team" if unsure else "No team"
    shown = "is shown" if which == "No team" else "is not shown"
    said = f"We cannot tell of {which} whether it falls short" if unsure else f"{which} {shown} to fall short"
    others = f"; the other teams, put together, fall short on {number_word(together)}" if together else ""
    return f"{said} on any standard{others}"


def _standards(most: int, known: set[int], asked: int) -> str:
    """So many of the standards asked, or of those that have a verdict where some have none."""
    if len(known) > 1:
        return f"{number_word(most)} {plural('standard', most)}"
    (count,) = known
    return f"{count_of(most, count)} standards{'' if count == asked else ' that can be judged'}"


def equity_sentence(row: Row) -> str:
    """One group of children beside the others.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> told = {"measure": "group_met", "group": "disability", "level": "disabled", "numerator": 9, "denominator": 14}
    >>> equity_sentence(*rows(measures([{**told, "reason": "41 of 66", "verdict": "too few to say"}])))
    'In 9 of 14 files of disabled children; in 41 of 66 of others: too few to say that they differ.'
    """
    return f"In {row.numerator} of {row.denominator} files of {whom(row)}; in {row.reason} of others: {finding(row)}."


def finding(row: Row) -> str:
    """What may be said of the difference."""
    return _SAID[row.verdict]


def whom(row: Row) -> str:
    """The group in words.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> [whom(each) for each in rows(measures([{"group": "age band", "level": "0 to 4"}]))]
    ['children aged 0 to 4']
    """
    if row.group == "disability":
        return "disabled children"
    return f"children {'aged' if row.group == 'age band' else f'with the {row.group}'} {row.level}"


def heading(row: Row) -> str:
    """The group as a line of a table begins."""
    return capital(whom(row).removeprefix("children ").removeprefix(f"with the {row.group} "))


UNTOLD = "whether children of different ages, ethnic groups and plans, and disabled children, are served alike"


def equity_answer(found: Sequence[Row]) -> str:
    """Whether groups of children are served alike, for those who must act on it; nothing where none was compared."""
    told = {row.measure: row for row in found if row.measure.startswith("compared_") and not row.hidden}
    few, apart, enough = (told.get(f"compared_{name}") for name in ("too_few", "apart", "enough"))
    if few is None or apart is None or enough is None or not few.denominator:
        return ""
    when, count = f"in the twelve months to {period_words(few.period)}", few.denominator
    if apart.numerator:
        among = f"in {count_of(apart.numerator, count)} comparisons"
        return f"{capital(when)}, {among} a group of children stands out from all others by more than luck."
    if few.numerator != count:
        ruled = (
            f"in {count_of(count - (few.numerator or 0), count)} comparisons a difference of ten points is ruled out"
        )
        return (
            f"{capital(when)} no group of children stands out: {ruled}, in the others too few files were read to say."
        )
    had = f"{count_of(enough.numerator, count) if enough.numerator else f'none of {count}'} comparisons"
    why = f"{had} of a group with all others had the {enough.level} on each side that show a difference of 20 points"
    return f"We cannot tell {UNTOLD}: {when} {why}."


def equity_lead(answer: str, found: Sequence[Row]) -> str:
    """The answer as the front page has room for it."""
    few = next((row.denominator for row in found if row.measure == "compared_too_few"), None)
    said = answer.partition(": in the twelve months")[0]
    return f"{said}: none of {few} comparisons had files enough." if said != answer and "none of" in answer else answer


def equity_help(found: Sequence[Row]) -> list[str]:
    """What would let somebody tell: what to record of whom, and what to read."""
    known = [row for row in found if row.measure == "children_known" and not row.hidden]
    gone = [row for row in known if row.numerator is not None and row.numerator < (row.denominator or 0)]
    exact = not any(row.status == "rounded" for row in gone)
    each = [f"the {row.level}{f' of {(row.denominator or 0) - (row.numerator or 0)}' * exact}" for row in gone]
    of = f"of {gone[0].denominator} children" if gone and exact else "of the children of whom it is missing"
    said = [f"Record {listed(each)} {of} in the cases register."] if gone else []
    said += [
        f"Give the cases register its {row.level}: it says it of no child." for row in known if row.numerator is None
    ]
    if enough := next((row for row in found if row.measure == "compared_enough"), None):
        said.append(
            f"Ask one question in every audit, such as whether the child was seen and heard: then the files of all "
            f"themes can be put together until a group has {enough.level}, as those of one theme seldom can."
        )
    return said

"""What a report on a register says of each of its counts: words as data, one line a measure.

The report counts and the words stand here, so that table, headline, sentence and method say one thing of it. None
of them judges: what was done is activity, and activity is no impact.
"""

from collections.abc import Mapping, Sequence
from configparser import ConfigParser, SectionProxy
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ilacs_audit.claims.sentences.readers.learning import learning_answer
from ilacs_audit.claims.sentences.readers.mirror import mirror_answer
from ilacs_audit.claims.sentences.teams import equity_answer, equity_lead
from ilacs_audit.claims.words import capital, count_of, counted, period_words, share_words, written_out
from ilacs_audit.domain.catalogue.limits import Limit
from ilacs_audit.domain.measures import CROSS, Row

DAYS = "kaplan-meier"  # the method whose value is a time and no share
NO_DATA = "no data supplied"
_OF_THE_ROW = (
    " in {month}",
    " for the role {level}",
    " of the cohort {level}",
    " ({level})",
    " for {level}",
    " on {level}",
)
LEFT = "A figure as told on an earlier day is left as it was, because the difference since would be of too few to show."
UNSHOWN = "The numbers of this month are too small to show."
FEWEST_TO_LEAD = 10
_OF_NO_PEOPLE = ("action_", "audit_", "area_", "finding_", "place_", "round_", "standard_")  # how such measures begin


class Told(NamedTuple):
    """What a count is called, of what it is, what is so, and how it was counted; `one|several`, {level} the row's."""

    name: str
    of: str
    said: str
    method: str = ""
    limits: tuple[str, ...] = ()
    most: str = ""
    where: str = ""  # the one level of which its method speaks
    beside: str = ""  # the count of the same level that a headline tells with it


QUESTIONS = {
    "survey_answered": "Who answered, and what did they say?",
    "action_done": "Was what we found put right?",
    "screened_high": "Who is at risk of exploitation?",
    "second_same": "Would another reader have given the same grade?",
    "form_spare": "Do our forms ask the right questions?",
    "mirror_open": "Would an inspector trust our own auditing?",
    **dict.fromkeys(("ai_same", "ai_answer_same"), "Would another reader have given the same grade?"),
    "step_down_done": "Do children move on as panels decided, and are there beds for them?",
    "leaver_plan_in_time": "Is help for care leavers timely, and do they learn or work?",
    "fostered_visited_in_time": "Are privately fostered children visited in time, and spoken to alone?",
    "interview_offered": "Is a child who went missing asked about it afterwards?",
    "compared_too_few": "Was practice the same for children of every age, ethnic group and plan?",
    "hub_came": "Which young children come to a family hub?",
}


@cache
def told_of() -> Mapping[str, Told]:
    """What is said of each measure of a register, as it is written in `registers.txt`."""
    read = ConfigParser(interpolation=None)
    read.read_string(Path(__file__).with_suffix(".txt").read_text(encoding="utf-8"))
    return {name: _told(read[name]) for name in read.sections()}


def _told(part: SectionProxy) -> Told:
    texts = ("name", "of", "said", "method", "most", "where", "beside")
    words = {name: " ".join(part.get(name, "").split()) for name in texts}
    return Told(**words, limits=tuple(part.get("limits", "").split()))


def register_question(found: Sequence[Row]) -> str:
    """What a page on a plain register answers, by what it counts first."""
    return next((QUESTIONS[row.measure] for row in found if row.measure in QUESTIONS), "What does the register tell?")


def is_register(row: Row) -> bool:
    """Whether a row is of a report on a register."""
    return row.measure in told_of()


def name_of(row: Row) -> str:
    """What a count is called in a table."""
    return told_of()[row.measure].name.replace("{level}", row.level)


def of_whom(row: Row) -> str:
    """Of whom a count is, in the plural."""
    of = _form(told_of()[row.measure].of, 2).partition(" whose")[0]
    for words in _OF_THE_ROW:
        of = of.replace(words, "")
    return of.format(day=_day(row))


def register_sentence(row: Row) -> str:
    """One count of a register that may be shown, as a sentence.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> counted = measures([{"measure": "case_left", "numerator": 43, "denominator": 142}])
    >>> register_sentence(*rows(counted))
    '43 of 142 children reviewed had left the team by the day of this page (30%).'
    """
    told = told_of()[row.measure]
    if row.numerator is None and row.value is not None and row.method != DAYS:
        return f"About {round(100 * row.value)}% of {_form(told.of, 2)} {_form(told.said, 2).format(level=row.level)}."
    if row.numerator is None:
        return _in_days(row, told) if row.method == DAYS else f"{told.name}: {NO_DATA}."
    if row.denominator == 0:
        return ""
    about = "about " if row.status == "rounded" else ""
    count = f"{row.numerator:,}" if row.denominator is None else _of_how_many(row, about)
    parts = [*map(written_out, row.level.split(CROSS, 1)), ""]
    words = {"level": ", ".join(filter(None, parts[:2])), "first": parts[0], "second": parts[1], "day": _day(row)}
    limited = told.limits or "within {level}" in told.said
    if limited and row.group != "all":  # the level of the whole is its limit, that of a team its name
        words["level"] = "the limit"
    words["month"] = period_words(row.period)
    did, of = (
        _form(told.said, row.numerator).format(**words),
        _form(told.of, row.denominator or row.numerator).format(**words),
    )
    share = "" if about or row.denominator is None else share_words(row.numerator, row.denominator)
    left = f", {row.as_told}" if row.as_told else ""
    return f"{capital(count)} {of} {did}{share}{most_words(row, sep=', ')}{left}."


def most_words(row: Row, *, sep: str = "") -> str:
    """How many more it may be, where that is not known of everybody: as a count and a share."""
    if row.upper is None or not told_of()[row.measure].most or not row.denominator or row.numerator is None:
        return ""
    most = round(row.upper * row.denominator)
    return (
        f"{sep}{told_of()[row.measure].most} {most:,}{share_words(most, row.denominator)}"
        if most > row.numerator
        else ""
    )


def _of_how_many(row: Row, about: str) -> str:
    k, n = row.numerator or 0, row.denominator or 0
    return f"{about}{count_of(k, n)}" if k else f"none of {about}{n:,}"


def register_headline(found: Sequence[Row]) -> str:
    """The first two counts of the whole service, else the two lowest shares of what a report counts first.

    A count in two parts is one of the two: a share of both may be true of neither.
    Where a count has another `beside` it, the lowest share and that one lead: who came, and who is still to come.

    Of the whole no other takes the place of a hidden one: it would be of another month, or of something a reader did
    not ask. A whole of a few leads no shared page: the reader would think of each of them.
    """
    found = [*found]
    if answer := equity_answer(found) or mirror_answer(found) or learning_answer(found):
        return answer
    ours = [row for row in found if is_register(row) and row.method != DAYS]
    of_all = [row for row in ours if row.group == "all"]
    first = [*dict.fromkeys((row.measure, row.period) for row in of_all)][:2]
    whole = [row for row in of_all if (row.measure, row.period) in first]
    leads = next((row.measure for row in ours if row.measure in QUESTIONS), ours[0].measure if ours else "")
    parts = [row for row in ours if row.measure == leads and row.denominator and row.numerator is not None]
    lowest = sorted(parts, key=lambda row: (row.numerator or 0) / (row.denominator or 1))[:2]
    beside = [
        row
        for low in lowest[:1]
        for row in ours
        if row.measure == told_of()[low.measure].beside and (row.group, row.level) == (low.group, low.level)
    ]
    told = {(row.numerator, row.denominator) for row in of_all}  # what stands of the whole is not said again of a part
    worst = [row for row in lowest[:1] if (row.numerator, row.denominator) not in told]
    led = [*whole, *worst] if whole and leads != whole[0].measure else whole
    shown = [row for row in led or [*lowest[:1], *(beside or lowest[1:])] if not row.hidden and not _few(row)]
    return " ".join(register_sentence(row) for row in shown) or (UNSHOWN if ours else "")


def register_lead(answer: str, found: Sequence[Row]) -> str:
    """The first sentence of what a page on registers answered, with the one that must stand beside it; else nothing."""
    if answer and answer == equity_answer(found):
        return equity_lead(answer, found)
    shown = [row for row in found if is_register(row) and not row.hidden]
    told = {each: row for row in shown if (each := register_sentence(row))}
    first = max(filter(answer.startswith, told), key=len, default="")
    must = told_of()[told[first].measure].beside if first and told[first].group == "all" else ""
    more = (each for each, row in told.items() if row.measure == must and each != first and each in answer)
    return " ".join((first, *more))


def _few(row: Row) -> bool:
    shared = row.audience not in ("", "internal") and not row.measure.startswith(_OF_NO_PEOPLE)
    return shared and row.denominator is not None and row.denominator < FEWEST_TO_LEAD


def register_methods(found: Sequence[Row], limits: Mapping[str, Limit]) -> tuple[str, ...]:
    """How the counts of a page on registers were made, each said once, and the `limits` in force that judge them."""
    told = [(told_of()[row.measure], row.level) for row in found if is_register(row)]
    ways = (each.method for each, level in told if each.where in ("", level))
    ruled = (limits[name].words for each, _ in told for name in each.limits if name in limits)
    return tuple(filter(None, dict.fromkeys((*ways, *ruled))))


def _in_days(row: Row, told: Told) -> str:
    if row.value is None:
        return f"Half of the {_form(told.of, 2)} had not {told.said} by the last day of which the register tells."
    ends = "" if row.lower is None else f", likely {row.lower:g}" + (f" to {row.upper:g}" if row.upper else " or more")
    return f"Half of the {_form(told.of, 2)} had {told.said} within {counted(round(row.value), 'day')}{ends}."


def _day(row: Row) -> str:
    """The day that a count is of, which opens its note; what the gate adds comes after it."""
    return " ".join(row.note.split(" ")[:3]) if row.note[:1].isdigit() else "the day of this page"


def _form(words: str, count: int) -> str:
    """The words for one or for several."""
    return " ".join(each.split("|")[0 if count == 1 else -1] for each in words.split(" "))

"""What readers asked since, each with what its figure said then and says now, and what they were answered."""

import re
from collections.abc import Sequence
from datetime import date

import pandas as pd

from ilacs_audit.claims.prose.keep import licensed
from ilacs_audit.claims.words import capital, counted, number_word, period_words, plural
from ilacs_audit.display.fragments import Fragment, fragment, nothing
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.errors import CommentaryError
from ilacs_audit.domain.measures import RELEASED_COLUMNS, from_rows
from ilacs_audit.domain.references.challenges import CHALLENGES, ChallengeTold
from ilacs_audit.domain.standards import Standards
from ilacs_audit.domain.told import EditionTold

NOT_HERE = "No page of this edition has this figure."
NOT_KEPT = "No edition of {month} is kept here."
BESIDE = "Two counts beside each other do not tell a change from luck; the page of each says what can be told."
LEFT_OUT = "(The words are left out: they claim more than the figures bear.)"
NOT_YET = "not yet answered"
_COUNT = re.compile(r"\d[\d,]* of \d[\d,]*")


def challenges(told: EditionTold) -> Fragment:
    """Each challenge of the readers of an edition; nothing where there is none.

    A person's words that claim more than the page with the figure bears are left out, and it is said that they are.
    """
    given.needed(told, EditionTold, "told")
    if not told.challenges:
        return nothing("challenges")
    day = parse_day(told.about.as_of)
    lines = [_line(told, each, day) for each in told.challenges]
    note = BESIDE if any(each["then"] for each in lines) else ""
    return fragment("challenges", template="challenges.html.j2", finding=_finding(lines), lines=lines, note=note)


def unborne(words: str, released: pd.DataFrame, *, standards: Standards, code: str, then: str = "") -> str:
    """Why a person's words on a challenged figure cannot be published beside these released measures; else nothing.

    A count that the figure said `then` may be asked about: it stands beside the words.
    """
    for count in _COUNT.findall(then):
        words = re.sub(rf"(?<!\d){count}(?!\d)", "the", words)
    try:
        licensed(words, released, standards=standards, about=f"{code} in {CHALLENGES}", request=True)
    except CommentaryError as refused:
        return str(refused)
    return ""


def _printed(told: EditionTold, each: ChallengeTold, words: str) -> str:
    """Words as a page may print them, judged by the figures of the page that they are about, else by all there are."""
    file = each.href.partition("#")[0]
    found = [row for page in told.pages if file in ("", page.href) for row in page.released]
    released, standards = from_rows(found, columns=RELEASED_COLUMNS), told.about.standards
    refused = unborne(words, released, standards=standards, code=each.challenge.code, then=each.then)
    return LEFT_OUT if refused else words


def _finding(lines: Sequence[dict[str, str]]) -> str:
    """How many there are, and how many readers see no answer to."""
    many, waiting = len(lines), sum(each["answer"] in ("", LEFT_OUT) for each in lines)
    head = f"Your {number_word(many)} {plural('challenge', many)}" if many > 1 else "Your challenge"
    if waiting in (0, many):
        return f"{head}: {'answered' if not waiting else NOT_YET}"
    return f"{head}: {number_word(many - waiting)} answered, {number_word(waiting)} not yet"


def _line(told: EditionTold, each: ChallengeTold, day: date) -> dict[str, str]:
    """One challenge as its lines show it: `then` only where the figure said something else."""
    it, month = each.challenge, period_words(str(each.challenge.period))
    now = each.now or NOT_HERE
    unmoved = str(it.period) == told.about.period or each.then == each.now != ""
    then = "" if unmoved else each.then or NOT_KEPT.format(month=month)
    name, _, rest = now.partition(": ")
    now = rest if rest and then.startswith(f"{name}: ") else now
    asked = f"{it.by}, {date_words(it.raised_on)}"
    line = {"words": _printed(told, each, it.words), "asked": asked, "code": it.code, "href": each.href}
    line |= {"then": then, "now": now}
    if it.answered(day) and it.answered_on:
        by = ", ".join(filter(None, (it.answered_by, date_words(it.answered_on))))
        return {**line, "answer": _printed(told, each, it.answer), "by": by}
    months = (day.year - it.raised_on.year) * 12 + day.month - it.raised_on.month - (day.day < it.raised_on.day)
    return {**line, "answer": "", "by": capital(NOT_YET) + (f": {counted(months, 'month')}." if months else ".")}

"""The questions of the interview as data, and what an answer to each may be.

Each has a default, and "don't know" is an answer to every one: it leaves unsaid what nobody knows. Which
question comes next depends on what was seen and on what was said, and on nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import Scale, Standard
from ilacs_audit.intake.cells.footers import ranges
from ilacs_audit.intake.cells.months import month_in, undated
from ilacs_audit.intake.tables.mixed import APART, READERS, ROUNDS
from ilacs_audit.intake.tables.proposals import FLOORS, likeness
from ilacs_audit.publishing.first import replies
from ilacs_audit.publishing.first.meanings import QUESTION, UNITS, Column
from ilacs_audit.publishing.first.own_scales import scale_called
from ilacs_audit.publishing.first.replies import CHOSEN, UNKNOWN
from ilacs_audit.publishing.first.seen import Seen
from ilacs_audit.publishing.first.workspace import Ground

_READERS = {"apart": "kept apart, and not counted with the auditors' own", "together": "all count together"}
_UNITS = {"file": "a child's file", "worker": "a worker", "request": "a request or a meeting"}

_NAMED = """
council example title month readers rounds unit reference questions columns teams met adverse target chosen listed
intended baseline same codes
"""
NAMES = tuple(_NAMED.split())


@dataclass(frozen=True)
class Question:
    """One question: its name in a file of answers, what is asked, the default, and how an answer is read."""

    name: str
    asks: str
    default: str
    read: Callable[[str], Any]
    choices: Mapping[str, str] = field(default_factory=dict)


def questions(seen: Seen, found: Ground, read: Mapping[str, Any]) -> Iterator[Question]:
    """Every question of this interview in order, as far as the answers so far decide which they are."""
    if not found.council:
        yield Question("council", "What is your council called?", "Our council", str)
    if any(readers for _, readers in seen.mixed):
        asks = f"{READERS}, by {_by(seen, readers=True)}. Are they kept apart, or do all rows count together?"
        yield Question("readers", asks, "apart", lambda text: replies.one_of(text, _READERS, "apart"), _READERS)
    if not all(readers for _, readers in seen.mixed):
        asks = f"{ROUNDS}, by {_by(seen, readers=False)}. Do all rows count together?"
        yield Question("rounds", asks, "no", lambda text: text != UNKNOWN and replies.yes(text))
        if read.get("rounds") is False:
            fix = f"{APART}; where all rows count together: --rounds yes."
            raise ReturnsError(f"{ROUNDS}, by {_by(seen, readers=False)}. Nothing was written.", fix=fix)
    if found.theme is None:
        yield Question("title", "What is this audit called?", title_of(seen), str)
    yield Question("month", "Which month is it of (YYYY-MM)?", month_of(seen), replies.month)
    if found.theme is None:
        yield from _of_the_form(seen, read)
    for number, like in reworded(seen, found).items():
        told = next(each.header for each in seen.columns if each.number == number)
        other = f"column {like.number}, “{like.header}”" if isinstance(like, Column) else f"{like.id}, “{like.text}”"
        asks = f"Is “{told}” the same question as {other}, in other words?"
        yield Question(f"same_{number}", asks, "no", lambda text: text != UNKNOWN and replies.yes(text))
    if found.theme and seen.codes:
        told = ", ".join(text for text, _ in seen.codes)
        asks = f"Under questions stand {told}, which are no answers. What do they mean? Write it like 1=yes, 2=no"
        yield Question("codes", asks, UNKNOWN, lambda text: replies.codes(text, seen))
    asks = "How were the files chosen?"
    yield Question("chosen", asks, UNKNOWN, lambda text: replies.one_of(text, CHOSEN, "unknown"), CHOSEN)
    asks = "How many were on the list that they were chosen from?"
    if read.get("chosen") != "census":
        yield Question("listed", asks, UNKNOWN, lambda text: replies.count(text, least=seen.files))
    yield Question("intended", "How many were meant to be audited?", UNKNOWN, replies.count)
    if earlier := [audit for audit in found.rounds if "month" in read and audit.period.first < read["month"].first]:
        asks = "Is it the next round of an earlier audit, to be compared with it?"
        choices = {**{audit.id: audit.title for audit in earlier}, "no": "not compared"}
        yield Question("baseline", asks, "no", lambda text: replies.baseline(text, earlier), choices)


def reworded(seen: Seen, found: Ground) -> dict[int, Standard | Column]:
    """New questions, by their number, with what each is like: a standard without a column, or a question before it.

    Two questions that stand in one table are two, and so are those of tables that ask nothing in common.
    """
    asked = {each.meaning for each in seen.columns}
    left = [each for each in found.theme.standards if each.id not in asked] if found.theme else []
    near: dict[int, Standard | Column] = {}
    for column in (each for each in seen.questions if each.meaning == QUESTION):
        before = [each for each in seen.questions if each.number < column.number and _elsewhere(column, each, seen)]
        asking: list[Standard | Column] = [*left, *before]
        like = [(likeness(column.header, _text(each)), each) for each in asking]
        score, best = max(like, key=lambda each: each[0], default=(0.0, column))
        rivals = [each for each in seen.questions if near.get(each.number) == best]
        if score >= FLOORS["standard"] and all(_elsewhere(column, each, seen) for each in rivals):
            near[column.number] = best
    return near


def _text(asked: Standard | Column) -> str:
    return asked.header if isinstance(asked, Column) else asked.text


def _elsewhere(one: Column, other: Column, seen: Seen) -> bool:
    """Whether two questions stand in no table together, and a third in tables of both."""
    return not one.at & other.at and any(each.at & one.at and each.at & other.at for each in seen.questions)


def _by(seen: Seen, *, readers: bool) -> str:
    return " and ".join(f"column {each.number}, “{each.shown}”" for each, kind in seen.mixed if kind is readers)


def _of_the_form(seen: Seen, read: Mapping[str, Any]) -> Iterator[Question]:
    """What is asked once a form: what a row is, which columns ask, and what counts."""
    asks = "What is one row about?"
    yield Question("unit", asks, seen.unit, lambda text: replies.one_of(text, _UNITS, seen.unit), _UNITS)
    asks = "Which columns are the questions that the audit asks?"
    asking = ranges([each.number for each in asking_columns(seen, {})])
    yield Question("questions", asks, asking, lambda text: replies.columns(text, seen))
    asks = 'Is another column read wrongly? Write NUMBER=meaning, such as "7=team, 9=comment"'
    yield Question("columns", asks, "no", lambda text: replies.corrections(text, seen))
    told = {*(each.meaning for each in seen.columns), *read.get("columns", {}).values()}
    if told.isdisjoint(UNITS[read.get("unit", seen.unit)]):
        asks = "Which column says whose file a row is: the reference, or the worker's name? Write its number"
        yield Question("reference", asks, "", lambda text: replies.number(text, seen))
    if len(seen.sheets) > 1 and not seen.of("team"):
        asks = f"{len(seen.sheets)} sheets are read. Is each a team's, and called after it?"
        yield Question("teams", asks, UNKNOWN, lambda text: text != UNKNOWN and replies.yes(text))
    used = scales(seen, read)
    for scale in used:
        asks = f"Of {', '.join(scale.levels)}: which count as met?"
        best = ", ".join(level for level in scale.levels if level in scale.meets) or UNKNOWN
        read_as = partial(replies.levels, scale=scale, others=used)
        yield Question(f"met_{scale.id}", asks, best, read_as)
    if looking := [each for each in asking_columns(seen, read) if each.adverse]:
        listed = "; ".join(f"{each.number} “{each.header}”" for each in looking)
        asks = f"To which of these is “no” the good answer? Write their numbers, or none. {listed}"
        yield Question("adverse", asks, UNKNOWN, partial(replies.adverse, seen=seen))
    yield Question("target", "Is there a target for each question, such as 90%?", UNKNOWN, replies.target)


def scales(seen: Seen, read: Mapping[str, Any]) -> list[Scale]:
    """The scales on which the questions are answered, each once."""
    used = dict.fromkeys(each.scale for each in asking_columns(seen, read))
    return [scale for each in used if (scale := scale_called(each))]


def unjudged(seen: Seen, read: Mapping[str, Any]) -> list[Column]:
    """The new questions of which nobody said what counts as met: marks, and those to which "no" could be good."""
    fresh = [each for each in asking_columns(seen, read) if each.meaning == QUESTION]
    told = {scale.id for scale in scales(seen, read) if scale.meets or read.get(f"met_{scale.id}")}
    return [each for each in fresh if each.scale not in told or (each.adverse and read.get("adverse") is None)]


def asking_columns(seen: Seen, read: Mapping[str, Any]) -> list[Column]:
    """The columns that a person took for questions; of a known form, every column of answers."""
    asked = read.get("questions")
    return [each for each in seen.questions if (not each.of_the_child if asked is None else each.number in asked)]


def understood(said: str, asked: Question) -> Any:
    """An answer as it is used. Raises UsageError in words that say what to write."""
    return asked.read(replies.plain(said))


EXAMPLE = Question(
    "example",
    "This workspace still holds the invented council Northmere. Begin without its audits and standards?",
    "yes",
    replies.yes,
)


def title_of(seen: Seen) -> str:
    """A title out of the file's name: without the month, a version, or the numbers that a form adds."""
    title = undated(seen.paths[0].stem.replace("_", " "))
    return title if title and not seen.names_somebody else "Audit"


def month_of(seen: Seen) -> str:
    """The month that the file's name, its days or its title lines say; "" where they say none."""
    texts = (*(path.stem.replace("_", " ") for path in seen.paths), *seen.titles)
    return next(filter(None, map(month_in, texts)), f"{seen.days[0]:%Y-%m}" if seen.days else "")

"""What the answers to a form show of its questions, and what follows: in words for those who write the form."""

from collections.abc import Iterator, Sequence

from ilacs_audit.claims.words import capital, count_of, counted, listed, percent
from ilacs_audit.domain.measures import Row

LEFT_OUT = "left out"
_FOLLOWS = {  # what follows from what was found, by rule and reason
    ("F1", LEFT_OUT): "Could go, and be asked again once a year.",
    ("F1", "never met"): "Stays: it says that practice falls short, or asks for what nobody can do.",
    ("F1", "critical"): "Stays: it is critical, and being met is no reason to stop asking.",
    ("F1", "law or guidance"): "Stays: law or guidance asks it, and being met is no reason to stop asking.",
    ("F1", "no source recorded"): "Stays until its source is recorded: law may ask it.",
    ("F1", "a second reader found otherwise"): "Stays: second readers found files that do not meet it.",
    ("F1", "nothing else would be asked"): "Stays: without it nothing would be asked.",
    ("F3", ""): "Ask it only of the files to which it applies.",
    ("F4", ""): "Stays, in other words: say what meets it, with an example.",
    ("F5", ""): "Stays: the grade turns on it.",
}
FEW_FILES = 19  # with fewer, even one answer in all of them does not exclude that 15% differ
FEW_TWICE = 10


def shows(row: Row, beside: Row | None = None) -> str:
    """What a question's answers show; `beside` are the files below good, where the row has the others.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> seen = {"measure": "form_other", "numerator": 1, "denominator": 80, "note": "met", "upper": 0.058, "rule": "F1"}
    >>> shows(*rows(measures([{"value": 1 / 80, **seen}])))
    '“met” in 79 of 80 files; at most 6% are likely to have another answer.'
    """
    k, n = row.numerator or 0, row.denominator or 0
    if row.rule == "F1":
        most = f"; at most {percent(row.upper)} are likely to have another answer" if row.upper is not None else ""
        return f"“{row.note}” in {count_of(n - k, n)} files{most}."
    if row.rule == "F2":
        turned = ", the other way round" if row.signal else ""
        return f"The answer to {row.note} tells it in {count_of(k, n)} files{turned}."
    if row.rule == "F3":
        return f"Does not apply to {count_of(k, n)} files."
    if row.rule == "F4":
        return f"Two readers gave the same verdict in {count_of(k, n)} files, hardly more often than by luck."
    others = f", and in {count_of(beside.numerator or 0, beside.denominator or 0)} others" if beside else ""
    return f"Met in {count_of(k, n)} files graded good or better{others}."


def follows(row: Row) -> str:
    """What follows for the form from what was found of a question."""
    if row.rule != "F2":
        return _FOLLOWS.get((row.rule, row.reason), "")
    wrong = (row.denominator or 0) - (row.numerator or 0)
    most = f", and at most {percent(1 - row.lower)} are likely to be" if row.lower is not None else ""
    told = f"of these {row.denominator} files {wrong or 'none'} would be told wrongly{most}"
    return f"Could go: {told}." if row.reason == LEFT_OUT else f"{capital(row.reason)}."


def in_short(title: str, spare: Row, twice: Row | None, refused: Row | None = None) -> str:
    """How many questions of a form could go, or that nobody can tell."""
    if twice is None:
        return f"{title}: {'its returns were not read' if refused else 'no answers yet'}"
    if (twice.denominator or 0) < FEW_FILES:
        return f"{title}: too few files to tell"
    if not spare.numerator:
        return f"{title}: none of {spare.denominator} questions can be shown to be spare"
    return f"{title}: {count_of(spare.numerator, spare.denominator or 0)} questions could go"


def how_far(twice: Row | None, refused: Row | None = None) -> str:
    """How many files the form was judged by, what they are too few for, and the returns that were not read."""
    gone = _not_read(refused.numerator or 0) if refused else ""
    if twice is None:
        return gone or "No auditor has answered its questions yet, so nothing can be said of them."
    return " ".join(filter(None, [*_files(twice.denominator or 0, twice.numerator or 0, twice.note), gone]))


def _not_read(returns: int) -> str:
    was = (
        "was set aside as a whole, so no answer in it is"
        if returns == 1
        else ("were set aside as a whole, so no answer in them is")
    )
    return f"{counted(returns, 'return')} {was} counted: the fix list says why."


def _files(files: int, again: int, rounds: str) -> Iterator[str]:
    yield f"{counted(files, 'file')} of {counted(int(rounds.split()[0]), 'round')}."
    if files < FEW_FILES:
        yield f"Fewer than {FEW_FILES} files cannot show that a question never varies or repeats another."
    if not again:
        yield "None had answers from a second reader, so nobody can tell whether two people read a question alike."
    elif again < FEW_TWICE:
        told = f"{FEW_TWICE} are needed to tell whether two people read a question alike"
        yield f"{again} had answers from a second reader, and {told}."
    else:
        yield f"{again} had answers from a second reader."


def lost(left: Sequence[Row], told: Row | None) -> str:
    """What a shorter form would no longer say."""
    if not left or told is None or told.denominator is None:
        return ""
    codes = list(dict.fromkeys(row.standard_id for row in left))
    unknown = [row.standard_id for row in left if row.rule == "F1"]
    right, asked = told.numerator or 0, told.denominator
    wrong = asked - right
    said = f"Without {listed(codes)}, the rest of the form tells {count_of(right, asked)} of their answers"
    missed = f"; it is silent or wrong on {counted(wrong, 'answer')}" if wrong else ""
    more = (
        f" No page would show any more whether {listed(unknown)} {'is' if len(unknown) == 1 else 'are'} met."
        if unknown
        else ""
    )
    return f"{said}{missed}.{more}"

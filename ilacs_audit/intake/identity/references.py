"""Read a column of references: what a spreadsheet did to them shows in the column, not in one cell.

Excel drops leading zeros, rounds beyond fifteen digits, writes 1.23457E+11 and turns "3-12" into a date. A reference
that is no longer one is never taken for another child's: zeros come back where the other references show how many
digits there are, everything else is lost, and either is said.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date, time, timedelta
from numbers import Real
from typing import Any, NamedTuple

from ilacs_audit.intake.cells.months import MONTH
from ilacs_audit.intake.cells.spelling import written
from ilacs_audit.intake.cells.typed import UNKNOWN, tidy

PADDED = "mixed-reference: padded"
_DATE, _CUT, _LONG = "lost-reference: date", "lost-reference: exponent", "lost-reference: digits"
_NUMBER, _ZEROS = "lost-reference: number", "lost-reference: zeros"
_EXAMPLE = "lost-reference: example"
_MOST = 15
_LEAD = re.compile(r"^(?:(?:case|child|person|client)?\s*(?:ref|reference|id|no|number)\b|#)[.:#\s]*", re.IGNORECASE)
_WITH_NAME = re.compile(r"#?(\d{4,})(?:\s*,\s*|\s+[-–—(]?\s*)[^\W\d_a-z][^\W\d_A-Z]+(?:[\s’'-][^\d]*)?\)?")
_QUOTED = re.compile(r"""="(.*)"|'(.*)""")
_WHOLE = re.compile(r"\d+\.0+|\d{1,3}(?:,\d{3})+(?:\.0+)?")
_NO_LONGER = tuple(
    (case, re.compile(shape, re.IGNORECASE))
    for case, shape in (
        (_EXAMPLE, r"(?:(?:an? )?example\b.*|for example\b.*|e\.?g\b.*|dummy|test|template|xx+)"),
        (_CUT, r"-?\d+(?:[.,]\d+E[+-]?|E[+-])\d+|#+"),
        (_LONG, rf"\d{{{_MOST}}}0+"),
        (_NUMBER, r"-\d+(?:[.,]\d+)*|\(\d+(?:[.,]\d+)*\)"),
        (_DATE, r"(?:\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4}([/-])\d{2}\2\d{2})(?:[T ][\d:.]+)?"),
        (_DATE, rf"\d{{1,2}}[ -]{MONTH}(?:[ -]\d{{2,4}})?|{MONTH}[ -]\d{{2,4}}|\d{{1,2}}:\d{{2}}(?::\d{{2}})?"),
    )
)
_RARELY = ((_NUMBER, re.compile(r"\d+[.,]\d+")), (_DATE, re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}")))


class ReferenceRead(NamedTuple):
    """A reference as it is compared, "" where it is lost or blank, and the case of `intake.rules` its cell breaks."""

    text: str = ""
    case: str = ""
    typed: bool = False


def reference(value: Any) -> str:
    r"""A reference as it is compared: leading zeros kept, "ref", spaces and a name behind it dropped.

    >>> reference("ref 0038586"), reference("#0022909\xa0"), reference(123456.0), reference("0038586 - Ava Moss")
    ('0038586', '0022909', '123456', '0038586')
    """
    text = written(value)
    if found := _WITH_NAME.fullmatch(text):
        return found[1]
    return text if text.isdigit() else "".join(_LEAD.sub("", text).split()).upper()


def read_references(cells: Iterable[Any], *, known: Collection[str] = ()) -> dict[Any, ReferenceRead]:
    """What every distinct cell of a column stands for; `known` are references that other lists give.

    >>> [read.text for read in read_references(["0012345", 12346.0, "1.23457E+11", "-"]).values()]
    ['0012345', '0012346', '', '']
    """
    alone = {cell: _alone(cell) for cell in dict.fromkeys(cells)}
    texts = [read.text for read in alone.values() if read.text and not read.typed]
    odd: dict[str, str] = {}
    for case, shape in _RARELY:  # a council whose references all look like this means them
        found = [text for text in texts if shape.fullmatch(text)]
        odd |= dict.fromkeys(found if 2 * len(found) <= len(texts) else (), case)
    left = {cell: ReferenceRead("", odd[read.text]) if read.text in odd else read for cell, read in alone.items()}
    return _in_full(left, known)


def zero_led(cells: Iterable[Any]) -> frozenset[str]:
    """The references whose leading zeros were kept: they show what others have lost."""
    return frozenset(text for text in map(reference, cells) if text.isdigit() and text[0] == "0" and text.strip("0"))


def _alone(cell: Any) -> ReferenceRead:
    """What a cell says by itself; `typed` where it is a number, which cannot hold its zeros."""
    if isinstance(cell, Real) and not isinstance(cell, bool):
        return _from_number(float(cell))
    if isinstance(cell, date | time | timedelta):
        return ReferenceRead("", _DATE)
    text = tidy(cell)
    if found := _QUOTED.fullmatch(text):
        text = found[1] or found[2] or ""
    if _WHOLE.fullmatch(text):
        return _from_number(float(text.replace(",", "")))
    if case := next((case for case, shape in _NO_LONGER if shape.fullmatch(text)), ""):
        return ReferenceRead("", case)
    return ReferenceRead("" if text.casefold() in UNKNOWN else reference(text))


def _from_number(number: float) -> ReferenceRead:
    if not number or number != number:  # a formula that points at a blank cell shows 0
        return ReferenceRead()
    if number < 0 or not number.is_integer():
        return ReferenceRead("", _NUMBER)
    return ReferenceRead("", _LONG) if number >= 10**_MOST else ReferenceRead(str(int(number)), typed=True)


def _in_full(alone: dict[Any, ReferenceRead], known: Collection[str]) -> dict[Any, ReferenceRead]:
    """Short references with the zeros that the others show, or lost where that could be two children."""
    texts = {read.text for read in alone.values() if not read.typed}
    lengths = {len(text) for text in zero_led(texts)}
    longest = max((len(read.text) for read in alone.values() if read.text.isdigit()), default=0)
    full: dict[str, set[str]] = {}
    for text in zero_led(known):
        full.setdefault(text.lstrip("0"), set()).add(text)

    mixed = len(lengths) > 1 or longest > max(lengths, default=longest)

    def in_full(read: ReferenceRead) -> ReferenceRead:
        text = read.text
        if not text.isdigit() or text[0] == "0":
            return read
        there = full.get(text, set())
        padded = sorted(there | {text.zfill(length) for length in lengths if length > len(text)})
        if not padded:
            return read
        two = len(padded) > 1 or mixed or (there and text in known) or (padded[0] in texts and not read.typed)
        return ReferenceRead("", _ZEROS) if two else ReferenceRead(padded[0], PADDED)

    return {cell: in_full(read) for cell, read in alone.items()}

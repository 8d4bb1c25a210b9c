"""What would tell where a page cannot: the round that is booked, or the whole list, and no number that nobody can read.

The size that a design would need stands in the method fold (methods, 11.1 as amended).
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from ilacs_audit.claims.change.changes import AS_READ, withheld
from ilacs_audit.claims.change.luck import foremost
from ilacs_audit.claims.verdicts.direction import upwards
from ilacs_audit.claims.words import CANNOT_TELL, counted, number_word, percent
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.measures import Row, rows, select
from ilacs_audit.domain.programme import Audit
from ilacs_audit.stats.sampling import detectable_change


def what_would_tell(
    found: pd.DataFrame,
    *,
    audit: Audit | None,
    unit: str,
    measure: str,
    aim: str = "",
    as_of: date | str = date.min,
    of: str = "these {}",
) -> str:
    """Say what the next round could show of the rows of one measure that cannot be told, which are called `of`.

    `aim` is the standard meant.

    Nothing where every row is told, or where counts are rounded. A round whose day has come by `as_of` tells nothing.
    """
    whole = [row for row in rows(select(found, measure=measure)) if row.group in WHOLE_SERVICE and not row.hidden]
    unsure = [row for row in whole if row.verdict == CANNOT_TELL and row.denominator and row.numerator is not None]
    if measure == "compliance":  # where the missing answers decide, it is they that would tell
        unsure = [row for row in unsure if row.would_turn is None]
    unsure = [row for row in unsure if row.method not in ("sequence", "two-phase")]  # reading goes on, or in a part
    if audit is None or not unsure or any(row.status == "rounded" for row in whole):
        return ""
    size, listed, on = audit.next_size, audit.population_size, audit.ahead(parse_day(as_of))
    if measure == "change" and (near := _nearly(foremost(unsure, aim))) is not None:
        return _of_proof(*near, _booked(audit.next_size, on, unit) if on else "")
    if size is None or on is None:
        known = listed is not None and audit.by_chance and measure == "compliance"
        return f"Reading all {listed:,} would tell." if known else ""
    size = min(size, listed) if listed else size
    booked = _booked(size, on, unit)
    if measure == "change":
        return _of_change(unsure, booked, size, aim)
    whole_list = f"; reading all {listed:,} would" if listed and audit.by_chance else ""
    return _of_targets(unsure, booked, size, of.format(number_word(len(unsure))), whole_list)


def _booked(size: int | None, on: date, unit: str) -> str:
    return f"the {counted(size, unit)} booked for {date_words(on)}" if size else ""


def _nearly(row: Row) -> tuple[str, bool] | None:
    """The way of a change that the answers read show, though it is not named, and whether missing ones decide it."""
    decide = row.would_turn is not None or AS_READ in row.reason
    return (("rise" if (row.value or 0) > 0 else "fall"), decide) if decide or withheld(row) else None


def _of_proof(way: str, missing: bool, booked: str) -> str:
    """What would settle a change that is larger than luck would bring and is not named."""
    told = ["the missing answers"] if missing else []
    if booked:
        told.append(f"{booked}, if the {way} is still there")
    return f"What would tell of the {way}: {', or '.join(told)}." if told else ""


def _of_targets(unsure: Sequence[Row], booked: str, size: int, of: str, whole: str) -> str:
    told = sum(row.files_to_tell is not None and row.files_to_tell <= size for row in unsure)
    many = f"{number_word(told)} of {of}" if told else f"none of {of}{whole}"
    return f"If practice stays as it is, {booked} would settle {many}."


def _of_change(unsure: Sequence[Row], booked: str, size: int, aim: str) -> str:
    """The smallest rise from the share now seen that a next round of this size would show four times in five.

    It is told of the standard of which headline, note and chart speak.
    """
    row = foremost(unsure, aim)
    rise = detectable_change(row.denominator or 0, size, _share(row))
    now = (row.numerator or 0) / (row.denominator or 1)
    way, towards = ("rise", 1) if upwards(row).direction == row.direction else ("fall", -1)
    if not rise:
        return f"On {row.standard_id}, {booked} cannot show any {way} from {percent(now)}."
    size_of = f"a {way} from {percent(now)} to {percent(now + towards * rise)}, not a smaller one"
    return f"On {row.standard_id}, {booked} are enough to show {size_of}."


def _share(row: Row) -> float:
    """How many met it, counted so that more is better."""
    up = upwards(row)
    return (up.numerator or 0) / (up.denominator or 1)

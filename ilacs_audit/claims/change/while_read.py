"""That the work which a round is to judge had not ended, or not begun, when its files were read."""

from datetime import date

from ilacs_audit.claims.words import listed
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.programme import Audit, Intervention


def while_read(audit: Audit, *, as_of: date | str) -> str:
    """Say of each intervention that overlaps or follows the reading that this round cannot show all of what it did."""
    late = [each for each in audit.interventions if each.until >= audit.on]
    if not late:
        return ""
    said = listed([_when(each, audit, parse_day(as_of)) for each in late])
    return f"{said}, so this round cannot show its whole effect."


def _when(done: Intervention, audit: Audit, as_of: date) -> str:
    if done.on > audit.until:
        begins = "begins" if done.on > as_of else "began"
        return f"{done.title} {begins} after these files were read, on {date_words(done.on)}"
    runs = "runs" if done.until > as_of else "ran"
    return f"{done.title} was still going on when these files were read, and {runs} to {date_words(done.until)}"

"""That the work which a round is to judge had not ended, or not begun, when its files were read."""

from ilacs_audit.claims.words import listed
from ilacs_audit.domain.calendar import date_words
from ilacs_audit.domain.programme import Audit, Intervention


def while_read(audit: Audit) -> str:
    """Say of each intervention that overlaps or follows the reading that this round cannot show all of what it did."""
    late = [each for each in audit.interventions if each.until >= audit.on]
    if not late:
        return ""
    return f"{listed([_when(each, audit) for each in late])}, so this round cannot show its whole effect."


def _when(done: Intervention, audit: Audit) -> str:
    if done.on > audit.until:
        return f"{done.title} began after these files were read, on {date_words(done.on)}"
    return f"{done.title} was still going on when these files were read, and ran to {date_words(done.until)}"

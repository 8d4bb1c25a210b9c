"""What a reader can rely on and what not: one sentence, by rule, over the facts of every result."""

from collections.abc import Sequence

from ilacs_audit.claims.sentences.sentences import UNDRAWN
from ilacs_audit.claims.verdicts.by_design import worth
from ilacs_audit.claims.verdicts.estimates import in_doubt
from ilacs_audit.claims.verdicts.in_order import missing_in
from ilacs_audit.claims.words import LOW_BASE as FEWEST
from ilacs_audit.claims.words import listed, percent, plural
from ilacs_audit.display.figures import CHOSEN, likely_range
from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE, TWO_PHASE

CORRECTED = "graded_good_corrected"
OLD = "the evidence is old"
HOW = {"risk_led": " and not by chance", "auditor_choice": ", not by chance"}
_SILENT = "returns of agencies are missing and no range allows for them"


def concluded(found: list[Row], unit: str, then: str, standing: Sequence[Row], by: str = "file") -> str:
    """What a reader can rely on and what not, by rule: who the figures speak for first, then every reason to doubt."""
    row, units = first(found, "returned"), plural(unit)
    if row is None:
        return ""
    relied = (_by_chance if row.selection in DRAWN_BY_CHANCE else _otherwise)(row, found, units, then, standing, by)
    apart = _SILENT if _agencies_silent(found) and _SILENT not in relied else ""
    strange = f"some {units} read were not drawn" if row.note.startswith(UNDRAWN) else ""
    doubts = [why for why in (_gone(row, units), strange, apart, _kind(found), OLD if then else "") if why]
    careful = f"Be careful: {listed(doubts)}." if doubts else ""
    waiting = next(filter(None, (missing_in(each.note) for each in standing)), "")
    return " ".join(filter(None, (f"{relied}.", waiting, careful)))


def _by_chance(row: Row, found: list[Row], units: str, then: str, standing: Sequence[Row], by: str) -> str:
    """Of files that chance drew: whether there is a range to rely on, and for whom it speaks."""
    alone, drawn = f"Rely on the counts of these {units} alone", f"drawn by chance{_whole_cases(by)}"
    if in_doubt(standing):
        return f"{alone}: whether chance drew them from this list is in doubt"
    if row.numerator is not None and row.numerator < FEWEST:
        return f"{alone}: they were {drawn} and are too few to say more"
    if _agencies_silent(found):
        return f"Do not rely on the ranges alone: these {units} were {drawn.removesuffix(',')}, but {_SILENT}"
    if standing and all(each.hidden for each in standing):
        return f"There is nothing here to rely on: what these {units} show is of too few to be told"
    if standing and all(each.lower is None for each in standing):
        if by != "file" and any(each.verdict for each in standing):
            return f"Rely on the verdicts: these {units} were {drawn} and the ranges behind them are not shown here"
        return f"{alone}: they were {drawn.removesuffix(',')}, and no range can be given"
    of_then = f" for {then}" if then else ""
    whole = "this service's part of the list" if find_audience(row.audience).service else "the whole list"
    return (
        f"Rely on the ranges{of_then}: {drawn.removesuffix(',')}, these {units} speak for {whole}{_less(standing, by)}"
    )


def _less(standing: Sequence[Row], by: str) -> str:
    """How little files that hang together tell, at the least and at the most of any standard."""
    if by == "file":
        return ""
    told = [each for each in standing if "tell as much" in each.note and each.denominator]
    many = sorted({round(worth(each.note) * (each.denominator or 0)) for each in told})
    if not many:
        return ", and tell less than as many drawn one by one"
    about = f"{many[0]:,}" if len(many) == 1 else f"{many[0]:,} to {many[-1]:,}"
    return f", and tell as much as about {about} drawn one by one"


def _whole_cases(by: str) -> str:
    return "" if by == "file" else f", {by} by {by}, each with all files,"


def _otherwise(row: Row, found: list[Row], units: str, then: str, standing: Sequence[Row], by: str) -> str:
    """Of files that were all read, read in two parts or picked: what is counted and for whom it speaks."""
    alone = f"Rely on the counts of these {units} alone"
    if row.selection == "census":
        return f"Rely on the counts: the whole list was {'' if row.numerator == row.denominator else 'to be '}read"
    if row.selection != TWO_PHASE:
        how = f"{CHOSEN.get(row.selection, row.selection)}{HOW.get(row.selection, '')}"
        return f"{alone}: they were chosen {how}, so they cannot speak for others"
    if standing and not any(each.verdict or each.lower is not None for each in standing):
        return f"{alone}: no range of the list can be given"
    read = "all read" if row.numerator == row.denominator else "all to be read"
    why = f"flagged {units} were {read}, so the parts of the list are not in it as they are in the list"
    return f"Rely on the verdicts, and not on the share of what was read: {why}"


def _gone(row: Row, units: str) -> str:
    """Whether some of what was drawn never came back."""
    return (
        f"some {units} drawn were not read"
        if row.numerator is not None and row.numerator < (row.denominator or 0)
        else ""
    )


def _agencies_silent(found: list[Row]) -> bool:
    agencies = first(found, "agency_returns")
    return agencies is not None and agencies.numerator != agencies.denominator


def _kind(found: list[Row]) -> str:
    """What moderation says of the grades: that all it moved went one way, or that nobody read a second time."""
    twice, moved = first(found, "moderated"), [first(found, name) for name in ("marked_down", "marked_up")]
    if twice is None or twice.numerator == 0:
        alone = (read := first(found, "auditors")) is not None and read.numerator == 1 and read.status != "rounded"
        once = "one auditor read them all and nobody else" if alone else "nobody else"
        return "" if twice is None else f"{once} checked the answers"
    if any(each and each.hidden for each in moved):
        return "what a second reader changed is not shown"
    down, up = (each.numerator if each else None for each in moved)
    if up == 0 and down:
        return f"grades may be kind ({_set_right(found) or 'a second reader only marked down'})"
    return "grades may be harsh (a second reader only marked up)" if down == 0 and up else ""


def _set_right(found: list[Row]) -> str:
    """What the share good or better would be, had a moderator graded every file; nothing where that cannot be said."""
    fixed = first(found, CORRECTED)
    if fixed is None or fixed.value is None or fixed.centre is None:
        return ""
    would = f"had a moderator graded all, about {percent(fixed.value)} would be (likely {likely_range(fixed)})"
    return f"auditors graded {percent(fixed.centre)} good or better; {would}"


def first(found: list[Row], measure: str) -> Row | None:
    """The first row of a measure, if there is one."""
    return next((row for row in found if row.measure == measure), None)

"""Impact status: did it help? Derived from evidence by written rules, never typed.

Whether an action was done and whether it helped are two questions, and the board must see both answers
side by side. The status is worked out in a fixed order, stale evidence first (design, section 9):

    I?  stale: the status falls back one step and says so
    I0  not yet measurable: no baseline, or no re-audit booked; carries the date on which it will be
        (a later round that may not be compared with the earlier one is itself a baseline)
    I1  baseline only: a baseline on a known list, a re-audit booked with date and size
    I6  worsening: the change is worse; a critical standard is by its own range, whatever else was compared
    I5  sustained: I4, still there at a later round, target met, and a second source agrees
    I4  improving: the change is better and nothing about the design spoils it
    I3  no worthwhile improvement: a worthwhile rise is ruled out
    I2  cannot tell

A condition of I5 or I4 that fails gives the next status down, with the condition named.
"""

from dataclasses import dataclass, replace
from datetime import date

from ilacs_audit.claims.change.changes import BETTER, CRITICAL_UP, MODERATED_FLOOR, WORSE, WORTHWHILE, warning
from ilacs_audit.claims.change.comparable import RETURNS_FLOOR
from ilacs_audit.claims.verdicts.direction import upwards
from ilacs_audit.claims.verdicts.estimates import in_doubt
from ilacs_audit.claims.words import MET, NO_WORTHWHILE_CHANGE, NOT_COMPARABLE, listed, percent, points
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import add_months, date_words, parse_day
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.plan import ACTIVITY
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE, TWO_PHASE
from ilacs_audit.domain.standards import STALE_AFTER_MONTHS

WORDS = {
    "I0": "not yet measurable",
    "I1": "baseline only",
    "I2": "cannot tell",
    "I3": "no worthwhile improvement",
    "I4": "improving",
    "I5": "sustained",
    "I6": "worsening",
}
PICKED = "This round was not drawn by chance from a known list, so nothing can be measured against it."
UNLISTED = "This round was drawn by chance, but how many its list holds is not known."
IN_DOUBT = (
    "How many this round's list holds, or how chance drew from it, is in doubt, so nothing can be measured against it."
)
_NO_BASELINE = {  # why a round is none, by how its files were chosen; of any other way it is PICKED
    **dict.fromkeys(DRAWN_BY_CHANCE, UNLISTED),
    "census": "This round was to read a whole list, and not all of it is known, so nothing can be measured against it.",
    TWO_PHASE: "This round read its list in two parts, and to how many of each this applies is not known, so nothing"
    " can be measured against it.",
    "uneven": "Groups of the list were drawn out of proportion to their size, so nothing can be measured against this"
    " round.",
}
UNEXPLAINED = "Nothing that is recorded as meant for it came before, so we do not know why."
_ONE_STEP_DOWN = {"I5": "I4", "I4": "I2", "I6": "I2", "I3": "I2", "I2": "I1", "I1": "I0"}


@dataclass(frozen=True)
class Impact:
    """Whether an action helped, by which rule, why, and when it can be measured if it cannot be yet."""

    status: str
    words: str
    rule: str
    reason: str
    measurable_on: date | None = None


@dataclass(frozen=True)
class Evidence:
    """All that an impact status may rest on; what is left out counts as not there.

    `change` is the verdict on the change since the baseline (a row of `change`), `baseline` the verdict
    row of the first round, `evidence_on` the last day of the latest round. `returns` and `moderated` are shares,
    `second_source` is who else says that the target is met, and `begun` whether anything that was done is known to
    have begun before the files that show the change were read.
    """

    change: Row | None = None
    baseline: Row | None = None
    evidence_on: date | None = None
    reaudit_on: date | None = None
    reaudit_size: int | None = None
    target: str = ""
    returns: float | None = None
    moderated: float | None = None
    still_there: bool = False
    second_source: str = ""
    begun: bool = True


def impact_status(
    evidence: Evidence, *, as_of: date, stale_after: int = STALE_AFTER_MONTHS, worthwhile: float = WORTHWHILE
) -> Impact:
    """Derive the impact status of one standard or area from its evidence.

    `as_of` is the day the report speaks for, `stale_after` the months after which evidence is stale
    (12 for an annual theme).

    >>> impact_status(Evidence(reaudit_on=date(2025, 2, 10)), as_of=date(2024, 11, 21)).reason
    'There is no baseline. It will be measurable on 10 February 2025.'
    """
    evidence, as_of = given.needed(evidence, Evidence, "evidence"), parse_day(as_of)
    found = _fresh(evidence, worthwhile, as_of)
    if found.status == "I0" or evidence.evidence_on is None or add_months(evidence.evidence_on, stale_after) >= as_of:
        return found
    return _stale(found, evidence, stale_after)


def activity_pair(activity: str, impact: Impact, *, unsure: bool = False, booked: bool = False) -> str:
    """What the two statuses mean together, in the sentence the board must see; '' where they agree.

    A worsening that is a warning, and may be luck, is `unsure`. Where the next round is `booked` nobody is asked to
    book it.

    Raises CatalogueError for an unknown activity status, and for one that is complete while its impact
    is not yet measurable and carries no date: nobody could ever say that it helped.

    >>> activity_pair("complete", Impact("I2", "cannot tell", "I2", ""))
    'Finished, but we cannot show that it worked: book the re-audit.'
    """
    if activity and activity not in ACTIVITY:
        raise CatalogueError(f"'{activity}' is not an activity status.", fix=f"Use one of: {', '.join(ACTIVITY)}.")
    if (activity, impact.status) == ("complete", "I0") and impact.measurable_on is None:
        raise CatalogueError(
            "An action is complete but has no date on which its impact can be measured.",
            where="data/plan.yml",
            fix="Give the baseline and the date of the re-audit, or change the activity status.",
        )
    said = _PAIRS.get((activity, f"{impact.status}?" if unsure else impact.status), "")
    return said.replace("book the re-audit", "keep to the re-audit that is booked") if booked else said


_PAIRS = {
    ("complete", "I2"): "Finished, but we cannot show that it worked: book the re-audit.",
    ("complete", "I3"): "Finished, and it did not work: change the plan.",
    ("complete", "I6"): "Finished, and it did not work: change the plan.",
    ("not started", "I4"): "It is improving without us: do not claim it.",
    ("complete", "I6?"): "Finished, and it may be getting worse: look at it now.",
    ("not started", "I5"): "It is improving without us: do not claim it.",
    ("delayed", "I6"): "Late, and it is getting worse: escalate.",
    ("delayed", "I6?"): "Late, and it may be getting worse: escalate.",
}


def _fresh(evidence: Evidence, worthwhile: float, as_of: date) -> Impact:
    """The status before its age is looked at."""
    if evidence.change is None:
        return _without_reaudit(evidence, as_of)
    if evidence.change.verdict == WORSE:
        critical = evidence.change.reason.startswith(CRITICAL_UP)
        unsure = critical and warning(evidence.change)
        return _impact("I6", evidence.change.reason if unsure else CRITICAL_UP if critical else "The change is worse.")
    if evidence.change.verdict == NOT_COMPARABLE:
        return _begun_anew(evidence, evidence.change, as_of)
    if evidence.change.verdict == BETTER:
        return _improving(evidence)
    return _without_improvement(evidence, worthwhile)


def _without_reaudit(evidence: Evidence, as_of: date) -> Impact:
    """I0 or I1: no later round yet. One that was booked for a day that has come is no baseline's re-audit."""
    missing, when = _missing_for_i1(evidence), evidence.reaudit_on
    if when and when <= as_of:
        begun = missing or "There is a baseline."
        return _impact("I0", f"{begun} A round was booked for {date_words(when)}, and nothing of it is here.", when)
    if not missing:
        assert when is not None and evidence.reaudit_size is not None
        booked = f"A re-audit of {evidence.reaudit_size:,} is booked for {date_words(when)}."
        return _impact("I1", booked, when)
    known = f"It will be measurable on {date_words(when)}." if when else "No re-audit of this list is booked."
    if when and missing in (PICKED, IN_DOUBT, *_NO_BASELINE.values()) and missing != UNLISTED:
        known = f"The round booked for {date_words(when)} can be the first one to measure against."
    return _impact("I0", f"{missing} {known}", when)


def _begun_anew(evidence: Evidence, change: Row, as_of: date) -> Impact:
    """A round that may not be compared with the one before it is a baseline for the next."""
    found = _without_reaudit(evidence, as_of)
    drawn = evidence.baseline is not None and evidence.baseline.population is not None
    why = "" if found.reason.startswith(PICKED) else change.reason  # which then says it already
    anew = "This round is the baseline for the next." if drawn else ""
    return replace(found, reason=" ".join(filter(None, (why, anew, found.reason))))


def _missing_for_i1(evidence: Evidence) -> str:
    baseline = evidence.baseline
    if baseline is None or not baseline.denominator:
        return "There is no baseline."
    if baseline.population is None:
        if in_doubt([baseline]):
            return IN_DOUBT
        return _NO_BASELINE.get(baseline.selection, PICKED)
    if evidence.reaudit_on is None:
        return "There is a baseline."
    unsized = "There is a baseline, but how many files its re-audit is to read is not known."
    return "" if evidence.reaudit_size else unsized


def _improving(evidence: Evidence) -> Impact:
    """I5, I4 or, where a condition of I4 fails, I2: "better" rules out I3."""
    spoilt = _spoils_i4(evidence)
    if spoilt:
        return _impact("I2", f"The change is better, but {listed(spoilt)}, so it is not called improving.")
    short = _short_of_i5(evidence)
    if short:
        said = f"The change is better; it is not called sustained because {listed(short)}."
        return _impact("I4", f"{said}{_why(evidence)}")
    was = f"It was {evidence.change.note}. " if evidence.change and evidence.change.note else ""
    held = "The change since then has held at a later round, whatever the last two rounds alone can show"
    held = f"{held}, and the target is met; {evidence.second_source} found the same."
    return _impact("I5", f"{was}{held}{_why(evidence)}")


def _why(evidence: Evidence) -> str:
    """That no work explains a change, where none is known to have begun before it."""
    return "" if evidence.begun else f" {UNEXPLAINED}"


def _spoils_i4(evidence: Evidence) -> list[str]:
    """The conditions of I4 beyond the verdict; wording, list and rebound are held by the verdict itself."""
    failed = []
    if evidence.returns is None:
        failed.append("the share of returns is not known")
    elif evidence.returns < RETURNS_FLOOR:
        failed.append(f"fewer than {percent(RETURNS_FLOOR)} of returns came in")
    if evidence.moderated is None:
        failed.append("the share moderated is not known")
    elif evidence.moderated < MODERATED_FLOOR:
        failed.append(f"fewer than {percent(MODERATED_FLOOR)} of files were moderated")
    return failed


def _short_of_i5(evidence: Evidence) -> list[str]:
    conditions = (
        (evidence.still_there, "it has not been seen again at a later round"),
        (evidence.target == MET, "the target is not shown to be met"),
        (bool(evidence.second_source), "no second source agrees"),
    )
    return [words for held, words in conditions if not held]


UNDONE = "Compared alone, the files read show a change, but the missing answers could undo it."


def _without_improvement(evidence: Evidence, worthwhile: float) -> Impact:
    """I3 where a worthwhile rise is ruled out, else I2 with the reason of the change."""
    change = evidence.change
    assert change is not None
    best = best_case(change)
    if change.verdict == NO_WORTHWHILE_CHANGE or (best is not None and best < worthwhile):
        return _impact("I3", f"An improvement of {points(worthwhile)} or more is ruled out.")
    undone = UNDONE if change.would_turn else ""
    return _impact("I2", " ".join(filter(None, (undone, change.reason))) or "The change could be luck.")


def best_case(change: Row) -> float | None:
    """The upper end of a change turned so that more is better; None where the rounds gave no verdict."""
    if not change.verdict or change.verdict == NOT_COMPARABLE or change.lower is None or change.upper is None:
        return None
    return -change.lower if upwards(change).direction != change.direction else change.upper


def _stale(found: Impact, evidence: Evidence, months: int) -> Impact:
    assert evidence.evidence_on is not None
    status = _ONE_STEP_DOWN[found.status]
    old = f"The evidence is from {date_words(evidence.evidence_on)}, more than {months} months ago"
    reason = f"{old}, so it counts for less. {found.reason}"
    return replace(found, status=status, words=f"{WORDS[status]} (stale)", rule="I?", reason=reason)


def _impact(status: str, reason: str, measurable_on: date | None = None) -> Impact:
    return Impact(status, WORDS[status], status, reason, measurable_on)

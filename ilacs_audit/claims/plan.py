"""What the page on the improvement plan says of a line: where its activity comes from, what its impact rests on."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ilacs_audit.claims.change.changes import warning
from ilacs_audit.claims.change.impact import WORDS
from ilacs_audit.claims.sentences.next_round import what_would_tell
from ilacs_audit.claims.sentences.overview import passing
from ilacs_audit.claims.sentences.registers import register_sentence
from ilacs_audit.claims.words import capital, count_of, counted, listed, plural
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.measures import RELEASED_COLUMNS, Row, earlier_round, from_rows
from ilacs_audit.domain.plan import ACTIVITY
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import Standards, Theme
from ilacs_audit.domain.told import LineTold, PlanTold, Seen, StatusTold

NOT_SHOWN = "The numbers are too small to show, so no status is given."
NOT_MADE = "A page on it has not been made yet."
NO_AUDIT = "No audit of this month speaks to it."
NOTHING = "No data supplied."
UNCOUNTED = "No count of its effect is in this edition."
RULES = (
    "Activity comes from the plan, and where that leaves it open from the dates of the actions that audits raised; an"
    " area shows its worst item, and a blank is never good news.",
    "Impact comes by rule from the audits on these pages: I0 not yet measurable, I1 baseline only, I2 cannot tell, I3"
    " no worthwhile improvement, I4 improving, I5 sustained, I6 worsening. An area is as weak as its weakest standard,"
    " and is not called improving while part of it cannot be measured.",
)
RUNGS = ("done", "staff say", "audit", "re-audit", "performance data", "families")
REACHED: Mapping[str, str] = {"reach": "before", "reach_during": "while", "reach_after": "after"}
_COMPARED = ("I2", "I3", "I4", "I5", "I6")


def booked(told: LineTold, *, as_of: str) -> tuple[date | None, int | None]:
    """When more can be told of a line, and by how many: of its weakest standard, else of whatever is first."""
    if told.standing:
        audit = next(each for each, _ in told.audits if each.id == told.standing[0].page.audit)
        if on := audit.ahead(parse_day(as_of)):
            return on, audit.next_size
    return told.next_on, told.next_size


def chain(told: LineTold, *, as_of: str, rounds: Sequence[Audit] = ()) -> tuple[tuple[str, str], ...]:
    """An area from the oldest step to what is booked: the round before, training, this round, the next; what is held.

    The counts are those of its weakest standard. Steps stand by the day on which they began; that of the round before
    is known where it is one of `rounds`, and else it opens the chain.
    """
    (on, size), first = booked(told, as_of=as_of), told.standing[0] if told.standing else None
    earlier = earlier_round(first.change.note) if first and first.change and not first.change.hidden else None
    was = next((each.on for each in rounds if earlier and each.period.words == earlier[2]), date.min)
    read = next((each.on for each, _ in told.audits if first and each.id == first.page.audit), date.max)
    next_on = f"{date_words(on)}, {f'{size:,} booked' if size else 'size not set'}" if on else ""
    steps = (
        (was, "Baseline", f"{count_of(*earlier[:2])} in {earlier[2]}" if earlier else ""),
        *_trained(told),
        (read, "Re-audit" if earlier else "Read", _counted(first.row) if first else ""),
        (date.max, "Next" if on == told.next_on or not first else "Next on this standard", next_on),
    )
    return tuple((name, said) for _, name, said in sorted(steps, key=lambda step: step[0]) if said)


def _trained(told: LineTold) -> Iterator[tuple[date, str, str]]:
    """Whom each training reached, with the day on which it began; those of one day are one step.

    When of the round they came, as the page on the weakest standard's audit tells, is said.
    """
    begun: dict[date, list[str]] = {}
    for each in (one for one in told.reached if one.row.measure == "course_came"):
        done = (one.on for audit, _ in told.audits for one in audit.interventions if one.title == each.row.level)
        if count := _counted(each.row):
            when = _when(told, each.row.level)
            begun.setdefault(min(done, default=date.min), []).append(f"{count} ({each.row.level}{when})")
    return ((day, "Trained", "; ".join(said)) for day, said in begun.items())


def _when(told: LineTold, course: str) -> str:
    audit = told.standing[0].page.audit if told.standing else ""
    ours = {
        each.row.measure: each.row.numerator
        for each in told.reached
        if each.row.note == course and each.page.audit == audit
    }
    said = [f"{ours[name]:,} {when}" for name, when in REACHED.items() if ours.get(name)]
    return f": {listed(said)} the round was read" if said else ""


def _counted(row: Row) -> str:
    about = "about " if row.status == "rounded" else ""
    return "" if row.numerator is None or not row.denominator else f"{about}{count_of(row.numerator, row.denominator)}"


def activity_basis(told: LineTold) -> str:
    """Where the activity of an area comes from: its items, and the actions that audits raised."""
    found = Counter(item.activity or "not stated" for item in told.items)
    items = [f"{found[word]:,} {word}" for word in (*reversed(ACTIVITY), "not stated") if found[word]]
    of_items = f"{counted(len(told.items), 'item')}: {', '.join(items)}." if items else ""
    actions = _actions(told)
    return " ".join(filter(None, (of_items, f"{capital('; '.join(actions))}." if actions else "")))


_OF_ACTIONS = (
    ("action_late", "overdue"),
    ("action_undated", "open with no due day"),
    ("action_again", "closed, and a check found the problem still there"),
)


def of_no_area(paper: PlanTold) -> str:
    """How many actions that name no area of the plan are late or have no due day; they stand in no row of it."""
    said = _of_counts({each.row.measure: each.row for each in paper.astray})
    return f"Of the actions that name no area of the plan: {'; '.join(said)}." if said else ""


def closed_on_paper(paper: PlanTold) -> str:
    """How many closed actions failed in practice by a check or by a later audit: the areas count those of a check."""
    rows = (row for page in paper.edition.pages if page.href for row in page.released)
    known = (row for row in rows if row.measure == "action_paper" and row.group in WHOLE_SERVICE)
    said = next((_counted(row) for row in known if not row.hidden and row.numerator), "")
    return (
        f"Of all closed actions {said} failed in practice by a check or by a later audit; areas count a check alone."
        if said
        else ""
    )


def _actions(told: LineTold) -> Sequence[str]:
    return _of_counts({each.row.measure: each.row for each in told.actions})


def _of_counts(counts: Mapping[str, Row]) -> Sequence[str]:
    return [*_each_count(counts)]


def _each_count(counts: Mapping[str, Row]) -> Iterator[str]:
    for name, said in _OF_ACTIONS:
        row = counts.get(name)
        if row is not None and (row.hidden or row.numerator is None or row.denominator is None):
            yield f"how many actions are {said} is not shown"
        elif row is not None and (row.numerator or name == "action_late"):
            count = count_of(row.numerator or 0, row.denominator or 0)
            yield f"{count} {plural('action', row.denominator)} {said}"


def impact_word(told: LineTold) -> str:
    """The impact of a line in a word or two, as its status cell shows it."""
    if not told.status:
        return "Not shown" if told.reason == NOT_SHOWN else "No data supplied"
    if not told.standing:
        return capital(WORDS[told.status])
    weakest = told.standing[0].row
    return "Warning" if warning(weakest) else capital(weakest.note)


def statuses_told(paper: PlanTold) -> Iterator[StatusTold]:
    """What a paper shows of each area, as the next edition remembers it."""
    for each in paper.areas:
        yield StatusTold(each.line.id, each.activity, each.status, impact_word(each), each.rule)


def stale_limits(themes: Sequence[Theme]) -> str:
    """After how many months evidence counts a step less, and who says so."""
    found: dict[tuple[int, str], list[str]] = {}
    for each in themes:
        source = each.stale_source or "the limit this package starts with"
        found.setdefault((each.stale_after, source), []).append(each.title)
    told = (f"{months} months for {listed(titles)} ({source})" for (months, source), titles in found.items())
    return f"Evidence counts a step less, rule I?, after {'; '.join(told)}." if found else ""


def impacts(told: LineTold) -> tuple[str, str]:
    """What impact the items of an area have, and what is expected of them and when."""
    many, dated = len(told.items), sorted((each.next_on, each.line.id) for each in told.items if each.next_on)
    found = Counter(_status(each) for each in told.items)
    better = found["improving"] + found["sustained"]
    lead = f"{count_of(better, many)} items are shown to be better" if better else "None that we can yet show"
    first = f"; the first is {dated[0][1]} on {date_words(dated[0][0])}" if dated else ""
    return (
        f"{lead}: {', '.join(f'{count_of(count, many)} {status}' for status, count in found.items())}.",
        f"{count_of(len(dated), many)} items have a date on which more can be told{first}.",
    )


def _status(told: LineTold) -> str:
    if told.standing:
        word = standing_word(told.standing[0].row)
        return "with a warning" if word == "warning" else word
    return WORDS[told.status] if told.status else "not shown" if told.unshown else "without data"


def standing_word(row: Row) -> str:
    """The impact status of one standard: a warning is called so wherever it is counted."""
    return "warning" if warning(row) else WORDS[row.verdict]


def rests_on(told: LineTold) -> tuple[str, ...]:
    """What a line rests on, a rung each, the weakest kind first; '' where nothing is held."""
    compared = [each for each in told.standing if each.row.verdict in _COMPARED]
    family = [each.row for each in told.registers if each.row.measure.startswith("survey")]
    answered = (row for row in family if row.measure == "survey_answered")
    return (
        told.activity or ("not stated" if told.actions else ""),
        told.words.by or ("a comment" if told.words.paragraphs else ""),
        _read(told),
        counted(len(compared), "standard") if compared else "",
        "a register" if len(family) < len(told.registers) else "",
        next((f"{count_of(row.numerator or 0, row.denominator or 0)} answered" for row in answered), ""),
    )


def _read(told: LineTold) -> str:
    """How many records audits read of those that they drew; how many audits alone where a page hides its part."""
    rows = [row for _, row in told.audits if row and row.numerator is not None and row.denominator is not None]
    if not rows or len(rows) < len(told.audits):
        return counted(len(told.audits), "audit") if told.audits else ""
    return count_of(sum(row.numerator or 0 for row in rows), sum(row.denominator or 0 for row in rows))


class Evidence(NamedTuple):
    """A sentence on a line of the plan, the page of a register that it leads to, and the code of its figure."""

    said: str
    href: str = ""
    reference: str = ""


def evidence_sentence(told: LineTold, standards: Standards) -> Evidence:
    """The weakest standard of a line with its earlier count; or else what a register says of it, with its page."""
    if told.standing:
        return Evidence(_of_standard(told.standing[0], standards), "", told.standing[0].row.reference)
    said = (Evidence(register_sentence(each.row), each.page.href, each.row.reference) for each in told.registers)
    return next((each for each in said if each.said), Evidence(NOTHING if told.reason == NOTHING else UNCOUNTED))


def _of_standard(seen: Seen, standards: Standards) -> str:
    row, unit = seen.row, standards.theme(seen.row.theme).unit
    if row.numerator is None or not row.denominator:
        return ""
    count = capital(_counted(row))
    earlier = earlier_round(seen.change.note) if seen.change and not seen.change.hidden else None
    was = f" ({count_of(*earlier[:2])} in {earlier[2]})" if earlier else ""
    return f"{count} {plural(unit, row.denominator)} {passing(standards[row.standard_id])}{was}."


def change_of_mind(told: LineTold, standards: Standards, *, as_of: str) -> str:
    """What would change the status of a line: what the round that is booked could show, or that none is booked."""
    if told.standing:
        first = told.standing[0]
        audit = next(each for each, _ in told.audits if each.id == first.page.audit)
        changes = [first.change] if first.change and first.row.verdict == "I2" else []
        found = from_rows(changes, columns=RELEASED_COLUMNS)
        unit, on = standards.theme(first.row.theme).unit, audit.ahead(parse_day(as_of))
        said = what_would_tell(found, audit=audit, unit=unit, measure="change", aim=first.row.standard_id, as_of=as_of)
        if said:
            return capital(said.partition(": ")[2] or said)
        if on and audit.next_size:
            return f"The {counted(audit.next_size, unit)} booked for {date_words(on)}."
    return f"What is measured on {date_words(told.next_on)}." if told.next_on else "A count with a date; none is set."

"""The improvement plan, area by area: what was done, whether it helped, and on what evidence.

Activity comes from the plan and the register of actions, impact by rule from the released rows of the month's pages. An
area shows its weakest line and never an average; what a page hides gives no status here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ilacs_audit.analysis.shares import short
from ilacs_audit.claims.change.changes import warning
from ilacs_audit.claims.change.impact import Impact, activity_pair
from ilacs_audit.claims.plan import NO_AUDIT, NOT_MADE, NOT_SHOWN, NOTHING, REACHED
from ilacs_audit.claims.sentences.registers import is_register, register_sentence
from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.plan import Area, Item
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.told import EditionTold, LineTold, PageTold, PlanTold, Seen

# Nothing is called improving while a part of it falls back, cannot be told or has not been measured.
WEAKEST = ("I6", "I3", "I2", "I0", "I1", "I4", "I5")
_WORST = ("delayed", "stopped", "", "not started", "on track", "complete")


def improvement_plan(edition: EditionTold) -> PlanTold:
    """Tell of each area of the plan, in its order, what was done and whether it helped; each holds its items.

    An audit speaks to the lines that its protocol names and that name its theme, a register to the line that names its
    report and to those that name one of its counts in `measured_by`.
    """
    given.needed(edition, EditionTold, "edition")
    areas = edition.about.handed.plan().areas
    told = (_line(edition, each, tuple(_line(edition, item) for item in each.items)) for each in areas)
    known = {each.id for each in areas}
    counts = _by_area(edition)
    return PlanTold(edition, tuple(told), tuple(each for area in counts.keys() - known for each in counts[area]))


def _line(edition: EditionTold, line: Area | Item, items: tuple[LineTold, ...] = ()) -> LineTold:
    ours = [each for each in edition.pages if any(_under(code, line) for code in edition.codes(each))]
    found = list(_impacts(edition, [each for each in ours if each.href and each.audit]))
    shown = sorted((each for each in found if not each.row.hidden), key=_weakness)
    audits = tuple(_audits(edition, [each for each in ours if each.href]))
    registers = tuple(_registers(edition, line, ours, [each.row.standard_id for each in found]))
    actions = _by_area(edition).get(line.id, ()) if isinstance(line, Area) else ()
    activity = _activity(line, items, actions)
    on, size = min(_ahead(edition, line), default=(None, None), key=lambda each: (each[0], each[1] is None))
    known = bool(activity or registers or actions or audits or line.impact_on or any(each.status for each in items))
    made = all(each.href for each in ours)
    status, rule, reason = _status(shown, len(found), made=made, known=known)
    dated = [line.impact_on, on, *(item.line.impact_on for item in items)]
    seen = Impact(status, "", rule, reason, next(filter(None, dated), None))
    pair = (
        activity_pair(activity, seen, unsure=bool(shown) and warning(shown[0].row), booked=size is not None)
        if status
        else ""
    )
    words = edition.about.handed.words(edition.about.period, line.id)
    evidence = (tuple(shown), len(found) - len(shown), registers, actions, audits)
    reached = tuple(_reached(edition, line, [audit for audit, _ in audits]))
    return LineTold(line, activity, status, rule, reason, pair, *evidence, on, size, words, items, reached)


def _under(code: str, line: Area | Item) -> bool:
    return code == line.id or code.startswith(f"{line.id}.")


def _weakness(each: Seen) -> tuple[int, float, str]:
    """By status, then by the share that met it; what is not shown as a share comes last."""
    row = each.row
    share = row.numerator / row.denominator if row.numerator is not None and row.denominator else 2.0
    return WEAKEST.index(row.verdict), -share if row.direction == "lower" else share, row.standard_id


def _status(shown: Sequence[Seen], many: int, *, made: bool, known: bool) -> tuple[str, str, str]:
    """The status of the weakest line that is shown, with its rule and reason."""
    if shown:
        weakest = shown[0].row
        return weakest.verdict, weakest.rule, weakest.reason
    if many:
        return "", "", NOT_SHOWN
    if not made:
        return "", "", NOT_MADE
    return ("I0", "I0", NO_AUDIT) if known else ("", "", NOTHING)


def _impacts(edition: EditionTold, pages: Sequence[PageTold]) -> Iterator[Seen]:
    """The impact of each standard of each audit once, with its change where a page shows that."""
    changes: dict[tuple[str, str], Row] = {}
    found: dict[tuple[str, str], tuple[Row, PageTold]] = {}
    for page in pages:
        for row in page.released:
            if row.group in WHOLE_SERVICE and row.period == edition.about.period:
                if row.measure == "impact" and (row.hidden or row.verdict in WEAKEST):
                    found.setdefault((page.audit, row.standard_id), (row, page))
                elif row.measure == "change":
                    changes[page.audit, row.standard_id] = row
    return (Seen(row, page, changes.get(key)) for key, (row, page) in found.items())


def _audits(edition: EditionTold, pages: Sequence[PageTold]) -> Iterator[tuple[Audit, Row | None]]:
    for name in dict.fromkeys(each.audit for each in pages if each.audit):
        rows = (row for each in pages if each.audit == name for row in each.released if row.measure == "returned")
        yield edition.about.handed.protocol(name), next((row for row in rows if row.level == name), None)


def _reached(edition: EditionTold, line: Area | Item, audits: Sequence[Audit]) -> Iterator[Seen]:
    """How many of those named for the training of this line came, and when, as the pages on it and on its audits show.

    A training is the line's where all that the audits which name it share is under the line: training in assessments
    is none of an item on consent, though an audit of assessments is evidence on both.
    """
    shared: dict[str, set[str]] = {}
    for audit in edition.about.handed.planned():
        for each in audit.interventions:
            codes = {*edition.codes_of(audit)}
            shared[each.title] = shared.get(each.title, codes) & codes
    named = {each.title for audit in audits for each in audit.interventions}
    ours = {each for each in named if shared[each] and all(_under(code, line) for code in shared[each])}
    for page in edition.pages:
        for row in page.released if page.href else ():
            came = row.measure == "course_came" and row.group == "course" and row.level in ours
            when = row.measure in REACHED and row.group == "intervention" and row.note in ours
            if (came or when) and not row.hidden:
                yield Seen(row, page)


def _registers(
    edition: EditionTold, line: Area | Item, ours: Sequence[PageTold], standards: Sequence[str]
) -> Iterator[Seen]:
    """The counts that the line, or a standard that was read for it, names; the first that each page on it shows."""
    known = edition.about.standards
    own = [*line.measured_by, *(name for item in getattr(line, "items", ()) for name in item.measured_by)]
    named = dict.fromkeys([*own, *(name for code in standards if code in known for name in known[code].measured_by)])
    pages = [each for each in edition.pages if each.href and not each.audit]
    shown = [Seen(row, page) for page in pages for row in page.released if is_register(row)]
    found = [each for name in named for each in _named(shown, name)]
    told = {(each.row.measure, each.row.level): each for each in reversed(found) if not each.row.hidden}
    for page in (each for each in ours if each.href and not each.audit):
        if all(each.page is not page for each in told.values()):
            told |= {(each.row.measure, each.row.level): each for each in _leading(shown, page)}
    yield from reversed(told.values())


def _named(shown: Sequence[Seen], name: str) -> Sequence[Seen]:
    """The counts of one name, of everybody where they are told; of a question how many answered its survey, too."""
    rows = [each for each in shown if name == each.row.measure]
    asked = [each for each in shown if each.row.level.startswith(f"{short(name)} (")]
    surveys = {each.row.level.rpartition(" (")[2].removesuffix(")") for each in asked}
    answered = [each for each in shown if each.row.measure == "survey_answered" and each.row.level in surveys]
    return [each for each in rows if each.row.group in WHOLE_SERVICE] or [*rows, *answered, *asked]


def _leading(shown: Sequence[Seen], page: PageTold) -> Sequence[Seen]:
    """The count with which a page opens."""
    return [each for each in shown if each.page is page and not each.row.hidden and _opens(page, each.row)][:1]


def _opens(page: PageTold, row: Row) -> bool:
    said = register_sentence(row)
    return bool(said) and page.answer.startswith(said)


def _by_area(edition: EditionTold) -> Mapping[str, tuple[Seen, ...]]:
    """What pages tell of the actions of each area, each count once; those of no area under the words that say so."""
    found: dict[str, dict[str, Seen]] = {}
    for page in (each for each in edition.pages if each.href):
        for row in (each for each in page.released if each.group == "plan area"):
            found.setdefault(row.level.partition(" ")[0], {})[row.measure] = Seen(row, page)
    return {area: tuple(counts.values()) for area, counts in found.items()}


def _activity(line: Area | Item, items: Sequence[LineTold], actions: Sequence[Seen]) -> str:
    """What the plan says of a line, or its worst item; where it leaves one open, the register of actions speaks too."""
    said = [line.activity] if line.activity else [each.activity for each in items]
    found = said if said and "" not in said else [*said, _by_register(actions)]
    return min(found, key=_WORST.index)


def _by_register(actions: Sequence[Seen]) -> str:
    """By the dates of its actions; '' where nothing is open, a day is missing, or a count is not shown."""
    many = {each.row.measure: each.row.numerator for each in actions}
    late, undated, ahead = (many.get(f"action_{name}", 0) for name in ("late", "undated", "ahead"))
    if None in (late, undated, ahead):
        return ""
    return "delayed" if late else "on track" if ahead and not undated else ""


def _ahead(edition: EditionTold, line: Area | Item) -> Iterator[tuple[date, int | None]]:
    """Each day that is still to come on which more can be told, with how many files are booked for it."""
    day = parse_day(edition.about.as_of)
    for audit in edition.about.handed.planned():
        if any(_under(code, line) for code in edition.codes_of(audit)):
            if audit.on > day:
                yield audit.on, audit.intended
            if ahead := audit.ahead(day):
                yield ahead, audit.next_size
    for each in (line, *getattr(line, "items", ())):
        if each.impact_on and each.impact_on > day:
            yield each.impact_on, None

"""What the sources of a standard are called, and how each is told beside the others."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ilacs_audit.claims.sentences.registers import is_register, name_of, told_of
from ilacs_audit.claims.verdicts.missing_returns import APART, TOGETHER
from ilacs_audit.claims.verdicts.verdicts import BOUNDS
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET, clause, period_words
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import Audit

AUDITORS, SECOND, FAMILIES = "auditors_met", "second_reader_met", "families_met"
READERS_AGREE, CONFLICT, APART_ON, CAME = "readers_agree", "sources_conflict", "sources_apart", "returns_came"
SURVEY = "survey_positive"
READ_BY: Mapping[str, str] = {
    AUDITORS: "auditors",
    SECOND: "the second reader",
    FAMILIES: "families",
    TOGETHER: "partner agencies together",
    APART: "",  # the agency's own name
}
WHOLE_REGISTER = (
    "A register that holds everybody can be sure where as many files, drawn from a list, cannot; one that holds fewer "
    "than the list of the files has no verdict here."
)
SHORT_REGISTER = "fewer than the {size:,} on the list of the files"
READERS: Mapping[str, str] = {"auditors": "Auditors", "second": "Second reader", "agencies": "Partner agencies"}
BESIDE = ("families", "registers")
_TOGETHER: Mapping[str, str] = {TOGETHER: APART, READERS_AGREE: READERS_AGREE}  # and what is of one agency of them
_NO_SOURCE = frozenset({READERS_AGREE, CONFLICT, APART_ON, CAME, "met_where_good", "met_where_lower"})
_OF_GRADES = ("grade_", "good_though", "low_though")
_KIND = {AUDITORS: "auditors", SECOND: "second", FAMILIES: "families", SURVEY: "families"}


def kind_of(row: Row) -> str:
    """The kind of source that a count is of; nothing where it is none, such as how many returns came.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> [kind_of(row) for row in rows(measures([{"measure": "agency_met"}, {"measure": "meeting_in_time"}]))]
    ['agencies', 'registers']
    """
    if row.measure in (TOGETHER, APART):
        return "agencies"
    other = row.measure in _NO_SOURCE or row.measure.startswith(_OF_GRADES) or not is_register(row)
    return _KIND.get(row.measure, "" if other else "registers")


def of_month(row: Row) -> str:
    """The month that a count of a register is of, where it is of one month of several; else nothing.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> told = {"measure": "consent_agreed", "period": "2024-11"}
    >>> [of_month(row) for row in rows(measures([told, {**told, "measure": "meeting_in_time"}]))]
    ['2024-11', '']
    """
    told = told_of().get(row.measure)
    return row.period if told and "{month}" in f"{told.of}{told.said}" else ""


def alone(row: Row) -> str:
    """The words that say of which one month a count of a register is; nothing where it is of no one month."""
    return f", {period_words(month)} alone" if (month := of_month(row)) else ""


def same_list(audit: Audit, row: Row) -> bool:
    """Whether a count is of the very list of an audit: what its readers say, or as many of its month on a register.

    Sources that speak of different children, months or lists cannot contradict one another, however far they part.
    """
    if row.group in ("audit", "agency"):
        return place_of(row)[1] == audit.id
    month = audit.population.month
    return bool(month) and of_month(row) == month and row.denominator == audit.population_size


def longer_list(audits: Iterable[Audit], row: Row) -> int:
    """How many the longest list of the area holds, where a count of a register is of fewer; 0 where it is not.

    Such a register does not hold everybody: 19 of the 24 meetings that it names say nothing sure of 61.
    """
    ours = [each for each in audits if each.theme == row.theme]
    longest = (
        0
        if any(same_list(each, row) for each in ours)
        else max((each.population_size or 0 for each in ours), default=0)
    )
    return longest if kind_of(row) == "registers" and (row.denominator or 0) < longest else 0


def each_once(found: Sequence[Row]) -> list[Row]:
    """The rows without those of agencies together that one agency alone makes up: it would be told twice.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> police = {"measure": "agency_met", "group": "agency", "level": "Police in a"}
    >>> told = [{"measure": "agencies_met", "group": "audit", "level": "a"}, police]
    >>> [row.measure for row in each_once([*rows(measures(told))])]
    ['agency_met']
    """
    apart: dict[tuple[str, ...], list[Any]] = {}
    for row in found:
        if row.group == "agency":
            apart.setdefault((row.measure, *place_of(row)), []).append(_counts(row))
    return [
        row
        for row in found
        if apart.get((_TOGETHER.get(row.measure, ""), *place_of(row))) != [_counts(row)]
        or row.group == "agency"
        or (row.measure == READERS_AGREE and not row.level.startswith(READ_BY[TOGETHER]))
    ]


def _counts(row: Row) -> tuple[int | None, ...]:
    return row.numerator, row.denominator, row.missing


def place_of(row: Row) -> tuple[str, str]:
    """The standard and the audit of which a reader speaks."""
    return row.standard_id, row.level.rpartition(" in ")[2]


class Names:
    """What a source is called in a sentence: with its audit where a theme has several."""

    def __init__(self, audits: Sequence[Audit]) -> None:
        themes = [each.theme for each in audits]
        self.titles = {each.id: each.title if themes.count(each.theme) > 1 else "" for each in audits}

    def of(self, row: Row) -> str:
        """The agency, the readers or the register that gave a count."""
        if row.measure not in (*READ_BY, READERS_AGREE):
            return "families" if row.measure == SURVEY else f"the register ({clause(name_of(row))}{alone(row)})"
        name, _, audit = row.level.rpartition(" in ")
        title, said = self.titles.get(audit, ""), name or READ_BY[row.measure]
        return f"{said} ({title})" if title else said


def ends_words(row: Row) -> str:
    """From lowest to highest of what was asked, whatever the missing returns hold; nothing where all came.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> police = measures([{"measure": "agency_met", "numerator": 14, "denominator": 19, "missing": 5}])
    >>> ends_words(*rows(police))
    '14 to 19 of 24'
    """
    if not row.missing or row.numerator is None or row.denominator is None or kind_of(row) != "agencies":
        return ""
    return f"{row.numerator:,} to {row.numerator + row.missing:,} of {row.denominator + row.missing:,}"


def turning_words(row: Row) -> str:
    """What came alone would say, and how few of the missing returns would turn that to what.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> turning = {"missing": 5, "would_turn": 5, "target": 0.9, "lower_read": 0.5, "upper_read": 0.88}
    >>> turning_words(*rows(measures([{"measure": "agency_met", **turning}])))
    'by what came it falls short; cannot tell if all 5 missing returns met it'
    """
    if row.verdict in (MET, NOT_MET) and row.missing:
        return f"whatever {_the(row.missing)} hold{'s' if row.missing == 1 else ''}"
    if row.would_turn is None or row.target is None:
        return ""
    missing = row.missing or 0
    few = _the(missing, "all ") if row.would_turn == missing else f"{row.would_turn} of {_the(missing)}"
    reached = (row.lower_read or 0.0) >= row.target  # no verdict: a critical standard that was failed is not called met
    sure = row.method == BOUNDS or row.population == (row.denominator or 0) + missing
    turned = ("it falls short" if reached else "it reaches it") if sure else CANNOT_TELL
    so = "reaches the target" if reached else "falls short"
    return f"by what came it {so}; {turned} if {few} {'failed' if reached else 'met'} it"


def _the(missing: int, which: str = "the ") -> str:
    """The returns that never came, in words.

    >>> _the(1), _the(5), _the(5, "all ")
    ('the missing return', 'the 5 missing returns', 'all 5 missing returns')
    """
    return "the missing return" if missing == 1 else f"{which}{missing} missing returns"

"""What the sources of a standard are called, and how each is told beside the others."""

from collections.abc import Mapping, Sequence

from ilacs_audit.claims.sentences.registers import is_register, name_of, told_of
from ilacs_audit.claims.verdicts.missing_returns import APART, TOGETHER
from ilacs_audit.claims.words import MET, NOT_MET, clause, period_words
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
READERS: Mapping[str, str] = {"auditors": "Auditors", "second": "Second reader", "agencies": "Partner agencies"}
BESIDE = ("families", "registers")
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
    [', November 2024 alone', '']
    """
    told = told_of()[row.measure]
    return f", {period_words(row.period)} alone" if "{month}" in f"{told.of}{told.said}" else ""


class Names:
    """What a source is called in a sentence: with its audit where a theme has several."""

    def __init__(self, audits: Sequence[Audit]) -> None:
        themes = [each.theme for each in audits]
        self.titles = {each.id: each.title if themes.count(each.theme) > 1 else "" for each in audits}

    def of(self, row: Row) -> str:
        """The agency, the readers or the register that gave a count."""
        if row.measure not in (*READ_BY, READERS_AGREE):
            return "families" if row.measure == SURVEY else f"the register ({clause(name_of(row))}{of_month(row)})"
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
    """How few of the missing returns would turn what came: to fail where it would be met, to meet where it would not.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> turning = {"missing": 5, "would_turn": 5, "target": 0.9, "lower_read": 0.5, "upper_read": 0.88}
    >>> turning_words(*rows(measures([{"measure": "agency_met", **turning}])))
    'would turn if all 5 missing returns met it'
    """
    if row.verdict in (MET, NOT_MET) and row.missing:
        return f"whatever the {row.missing} missing returns hold"
    if row.would_turn is None or row.target is None:
        return ""
    few = f"all {row.missing}" if row.would_turn == row.missing else f"{row.would_turn} of the {row.missing}"
    return f"would turn if {few} missing returns {'failed' if (row.lower_read or 0.0) >= row.target else 'met'} it"

"""The answer to the board's question is never better than its worst standard."""

from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.claims.sentences.overview import changed, enough
from ilacs_audit.domain.measures import rows
from tests.build import seen, table

VERDICTS = ("not met", "cannot tell", "met", "")


def standing(verdicts):
    return list(rows(table(*(seen(9, 30, verdict=each) for each in verdicts)))) if verdicts else []


@given(st.lists(st.sampled_from(VERDICTS)), st.booleans())
def test_yes_needs_every_standard_and_no_critical_failure(verdicts, critical):
    said = enough(standing(verdicts), critical=critical)
    assert said.startswith("Yes") == (bool(verdicts) and set(verdicts) == {"met"} and not critical)
    assert (said == "Not yet.") == ("not met" in verdicts)


def test_what_may_not_be_shown_is_neither_met_nor_unknown():
    (hidden,) = standing([""])
    assert enough([*standing(["met"]), hidden._replace(status="suppressed")], critical=False) == (
        "Too little may be shown to say."
    )


def test_it_is_said_how_many_of_those_compared_have_changed():
    assert changed(standing(["cannot tell", "better", "worse", "not comparable", ""])) == (
        "Of the three standards compared with the round before, one is worse, one is better and on one we cannot tell."
    )
    assert changed(standing(["cannot tell", "no worthwhile change"])) == (
        "Of the two standards compared with the round before, on one any change is small and on one we cannot tell."
    )
    assert changed(standing(["cannot tell"] * 3)) == (
        "We cannot tell whether any of the three standards compared with the round before has changed."
    )
    assert changed(standing(["not comparable", ""])) == ""

import pandas as pd
import pytest

from ilacs_audit.domain.schemas import ANSWER, ANSWER_COLUMNS, TableError, check_table


def answers(**changes):
    row = dict.fromkeys(ANSWER_COLUMNS, "") | {
        "audit_id": "consent-2024-11",
        "child_ref": "C-1",
        "standard_id": "CON-1",
        "answer": "yes",
        "role": "auditor",
        "audited_on": "2024-11-18",
        "standard_version": 2,
    }
    return pd.DataFrame([row | changes])


def test_a_table_in_shape_passes_the_door():
    checked = check_table(answers(), ANSWER, name="answers")
    assert checked.loc[0, "audited_on"] == pd.Timestamp("2024-11-18")


@pytest.mark.parametrize(("column", "value"), [("role", "friend"), ("answer", ""), ("child_ref", "")])
def test_a_table_out_of_shape_is_refused_by_column(column, value):
    with pytest.raises(TableError, match=column):
        check_table(answers(**{column: value}), ANSWER, name="answers")


def test_the_refusal_never_quotes_a_value_that_could_be_a_childs():
    with pytest.raises(TableError) as refused:
        check_table(answers(role="Anna Jones", comment="Anna Jones, 0123456"), ANSWER, name="answers")
    assert "Anna" not in str(refused.value)

"""Small tables of answers, written as text: a test shows what goes in and what comes out."""

from collections.abc import Iterable

import pandas as pd
import pytest

from ilacs_audit.domain.schemas import ANSWER_COLUMNS

DEFAULTS = {"audit_id": "audit", "period": "2024-11", "team": "North", "role": "auditor", "standard_version": 1}


@pytest.fixture
def answers():
    """Make Answer rows from short records: `answers(("A", "CON-1", "yes"), ...)` or keyword records."""

    def make(*records: Iterable[str], **shared: object) -> pd.DataFrame:
        made = []
        for number, record in enumerate(records):
            given = dict(zip(("child_ref", "standard_id", "answer"), record[:3], strict=True))
            extra = record[3] if len(record) > 3 else {}
            made.append(dict.fromkeys(ANSWER_COLUMNS, "") | DEFAULTS | shared | given | extra | {"row": number})
        frame = pd.DataFrame(made, columns=[*ANSWER_COLUMNS])
        return frame.assign(audited_on=pd.to_datetime(frame["audited_on"].replace("", "2024-11-18")))

    return make

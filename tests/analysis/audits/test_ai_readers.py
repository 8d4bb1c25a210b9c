"""An AI's grades are told beside people's, and move no other figure however they come out."""

from pathlib import Path

import pandas as pd
import pytest

from ilacs_audit.analysis.audits.ai_readers import ai_readers
from ilacs_audit.analysis.audits.compliance import compliance
from ilacs_audit.analysis.recipes import moderation, reaudit, thematic, triangulation
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import gather, rows, select
from ilacs_audit.domain.standards import OVERALL
from ilacs_audit.intake.handed import Handed
from ilacs_audit.intake.open_audit import opened
from ilacs_audit.intake.problems import Loaded
from ilacs_audit.intake.workspace import load_workspace
from tests import build

GOOD, RI, POOR = "good", "requires improvement", "inadequate"
ANSWERS = (
    *(("CON-1", "auditor", "yes"), ("CON-1", "ai", "yes"), ("CON-2", "auditor", "yes"), ("CON-2", "ai", "no")),
    *(("CON-3", "auditor", "no"), ("CON-4", "ai", "no")),
)
ROOT = Path(__file__).parents[3]


def told(pairs, *more):
    """What an AI gave beside what a person gave; None where one of them gave nothing."""
    made = [
        (f"C{number}", OVERALL, grade, {"audit_id": "a", "role": role, "rater_ref": role, **about})
        for number, pair in enumerate(pairs)
        for grade, role, about in (*zip(pair, ("auditor", "ai"), ({}, {}), strict=True), *more)
        if grade
    ]
    programme = build.programme(build.audit("a", title="Plans"))
    return ai_readers(build.answers(*made), programme=programme, audits=["a"], period="2024-11")


def counts(found, **asked):
    return {row.measure: (row.numerator, row.denominator) for row in rows(select(found, **asked))}


def test_an_ai_is_held_against_the_person_who_read_the_same_file():
    found = told([(GOOD, GOOD), (GOOD, GOOD), (GOOD, RI), (RI, GOOD), (GOOD, POOR), (GOOD, None), (None, RI)])
    pairs = {"ai_same": (2, 5), "ai_near": (4, 5), "ai_down": (2, 5), "ai_up": (1, 5)}
    assert counts(found, group="all") == pairs
    assert counts(found, group="audit", level="Plans") == pairs
    assert found[["lower", "upper"]].isna().all(axis=None)


def test_answers_that_both_gave_are_counted_apart_from_grades():
    made = [("C1", code, said, {"audit_id": "a", "role": role}) for code, role, said in ANSWERS]
    found = ai_readers(build.answers(*made), programme=build.programme(build.audit("a", title="Plans")), audits=["a"])
    assert counts(found, group="all") == counts(found, group="audit") == {"ai_answer_same": (1, 2)}


def test_who_drafted_the_words_is_counted_by_return_and_a_blank_is_said_to_be_one():
    drafts = ("person", "ai unchecked", "ai unchecked", "", "ai checked")
    made = [
        (f"C{at}", code, "yes", {"audit_id": "a", "rater_ref": "P", "drafted_by": said})
        for at, said in enumerate(drafts)
        for code in ("CON-1", "CON-2")
    ]
    made.append(("C0", OVERALL, GOOD, {"audit_id": "a", "role": "ai", "drafted_by": "ai unchecked"}))
    programme = build.programme(build.audit("a"))
    found = ai_readers(build.answers(*made), programme=programme, audits=["a"])
    assert {row.level: (row.numerator, row.denominator) for row in rows(found)} == {
        "a person": (1, 5),
        "an AI, checked by a person": (1, 5),
        "an AI, not checked": (2, 5),
        "not said": (1, 5),
    }


def test_nobody_can_ask_for_what_an_ai_met():
    with pytest.raises(UsageError, match="not a role whose answers are counted"):
        compliance(build.answers(("A", "CON-1", "yes", {"role": "ai"})), role="ai")


@pytest.fixture(scope="module")
def example():
    """The example and its returns, read once."""
    work = load_workspace(ROOT)
    return work, Handed(work).answers([each.id for each in work.programme])


class WithAi(Handed):
    """The example, where an AI has answered every question of every file, and of three files nobody else read."""

    worst = False

    def answers(self, audits):
        table, problems = super().answers(audits)
        own = table[table["role"] == "auditor"]
        unread = own[own["child_ref"].isin(own["child_ref"].unique()[:3])]
        unread = unread.assign(child_ref="C-unread-" + unread["child_ref"].astype(str))
        ai = pd.concat([own, unread]).assign(role="ai", rater_ref="P-ai", worker_ref="", comment="")
        said = ai.groupby("standard_id")["answer"].transform("min" if self.worst else "max")
        return pd.concat([table, ai.assign(answer=said)], ignore_index=True), problems


class WithAiFlipped(WithAi):
    worst = True


RECIPES = {
    "plans-2024-11": thematic,
    "consent-2024-11": reaudit,
    "": lambda work: moderation(work)[:-1],
    "month": triangulation,
}


@pytest.mark.parametrize("name", RECIPES)
def test_an_ais_answers_move_no_figure_but_its_own_agreement(example, name):

    def found(handed, recipe):
        audit = "" if name == "month" else name
        work, returns = example
        given = opened(
            handed(work, returns=Loaded(*returns)), audit, period="2024-11", as_of="2024-11-21", audience="internal"
        )
        return gather(*recipe(given)).to_csv(index=False)

    assert found(Handed, RECIPES[name]) == found(WithAiFlipped, RECIPES[name])
    assert name or found(WithAi, moderation) != found(WithAiFlipped, moderation)

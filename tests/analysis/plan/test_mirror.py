"""Nine councils with one weakness each, and a strong one, diagnosed from their own tables.

The councils are made here by rules that know nothing of the lines: each weakness is planted as an inspector would
describe it, and everything else is as a careful council does it, chance included.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from ilacs_audit.analysis.audits.contradictions import grade_against_answers
from ilacs_audit.analysis.plan.mirror import audit_quality, kinds_met
from ilacs_audit.claims.sentences.readers.mirror import mirror_answer, verdicts
from ilacs_audit.claims.verdicts.mirror import NINE, WORTH_A_LOOK, mirror
from ilacs_audit.domain.catalogue.limits import Limit
from ilacs_audit.domain.columns import SIDE_TABLES
from ilacs_audit.domain.measures import rows
from tests import build

GRADES = ("outstanding", "good", "requires improvement", "inadequate")
DAY = date(2024, 12, 20)
LIMIT = Limit(
    id="moderation",
    title="A second reading",
    at_most=10,
    unit="working days",
    clock="the first reading",
    status="local",
    source="ours",
)
THEMES = ("consent", "plans", "visits", "supervision")
MONTHS = range(1, 13)


def catalogue(*, compliance):
    asked = [
        [
            build.standard(
                f"{name[:3].upper()}-{n}", kind="compliance" if n <= compliance else "quality", critical=n == 1
            )
            for n in range(1, 7)
        ]
        for name in THEMES
    ]
    return build.standards(*(build.theme(name, each) for name, each in zip(THEMES, asked, strict=True)))


def council(weakness="", *, seed=1):
    """The tables of a council that is weak in one of the nine, or in none."""
    chance = np.random.default_rng(seed)
    weak = {each.code: each.code == weakness for each in NINE}
    standards = catalogue(compliance=5 if weak["CR4"] else 2)
    audits, told, months = [], [], [1, 2] if weak["CR8"] else MONTHS
    for month in months:
        theme = "consent" if weak["CR8"] else THEMES[month % 4]
        name, first = f"{theme}-2024-{month:02d}", date(2024, month, 4)
        together = chance.random() < (0.1 if weak["CR7"] else 0.9)
        said = {"on": first, "until": first, "period": f"2024-{month:02d}", "intended": 20}
        audits.append(build.audit(name, theme, with_practitioner=bool(together), **said))
        for file in range(8 if weak["CR8"] else 20):
            told += _file(f"{month}-{file}", name, standards.theme(theme), first, weak, chance, again=file < 4)
    frame = build.answers(*told)
    return frame, _actions(weak, chance, audits), build.programme(*audits), standards


def _file(child, name, theme, first, weak, chance, *, again):
    def row(code, answer, role="auditor", on=first):
        return (child, code, answer, {"audit_id": name, "period": name[-7:], "role": role, "audited_on": str(on)})

    answers = ["yes" if chance.random() < 0.85 else "no" for _ in theme.standards]
    met = answers.count("yes")
    kind = 1 if answers[0] == "no" or met <= 3 else 0 if met == 6 else chance.integers(2)  # of good, requires
    grade = 2 if kind and met < 6 else 1
    if weak["CR6"] and chance.random() < 0.4:
        grade = 1 if grade == 2 else 2
    out = [row(each.id, said) for each, said in zip(theme.standards, answers, strict=True)]
    out.append(row("grade", GRADES[grade]))
    if again and not weak["CR9"]:
        moved = int(chance.choice([0, 1] if weak["CR3"] else [-1, 0, 0, 0, 0, 1]))
        out.append(row("grade", GRADES[min(max(grade + moved, 0), 3)], "moderator", first + timedelta(days=3)))
    if chance.random() < (0.05 if weak["CR5"] else 0.6):
        out.append(row(theme.standards[0].id, "yes", "family"))
    return out


def _actions(weak, chance, audits):
    made = []
    for number in range(60):
        raised = pd.Timestamp(2024, 1 + number % 10, 10)
        due, fate = raised + pd.Timedelta(days=40), chance.random()
        lost = fate < (0.5 if weak["CR1"] else 0.05)
        closed = pd.NaT if lost else due - pd.Timedelta(days=5)
        checked = pd.NaT if lost else due
        talked = pd.NaT if chance.random() < (0.6 if weak["CR2"] else 0.05) else raised + pd.Timedelta(days=14)
        made.append(
            dict.fromkeys(SIDE_TABLES["actions"], "")
            | {"action_id": f"A{number}", "audit_id": audits[0]["id"], "raised_on": raised, "due_on": due}
            | {"closed_on": closed, "checked_on": checked, "still_a_problem": "" if lost else "no"}
            | {"discussed_on": talked}
        )
    return pd.DataFrame(made)


def judged(returns, actions, programme, standards):
    year = {"programme": programme, "audits": [each.id for each in programme], "standards": standards}
    wrong = grade_against_answers(returns, **year)
    return list(rows(mirror(audit_quality(returns, actions, as_of=DAY, contradicted=wrong, limit=LIMIT, **year))))


def flagged(weakness, *, seed):
    return {code for code, word in verdicts(judged(*council(weakness, seed=seed))).items() if word == WORTH_A_LOOK}


@pytest.mark.parametrize("weakness", [each.code for each in NINE])
def test_a_council_with_one_weakness_is_told_that_one_and_no_other(weakness):
    assert [flagged(weakness, seed=seed) for seed in (1, 2)] == [{weakness}] * 2


def test_a_strong_council_is_told_none():
    assert [flagged("", seed=seed) for seed in (1, 2, 3)] == [set()] * 3


def test_of_nothing_nothing_is_said():
    returns, actions, programme, standards = council()
    found = judged(returns.iloc[:0], actions.iloc[:0], programme, standards)
    assert {row.rule for row in found if row.verdict == WORTH_A_LOOK} == {"CR8"}  # nothing came back at all
    assert {row.measure for row in found if row.numerator is None} >= {"mirror_open", "mirror_down", "mirror_unheard"}
    assert "no data were supplied" in mirror_answer(found)


def test_what_is_dated_after_the_day_of_the_page_is_not_there_yet():
    returns, actions, programme, standards = council()
    early = {"programme": programme, "audits": [each.id for each in programme], "standards": standards}
    found = {row.measure: row for row in rows(audit_quality(returns, actions, as_of=date(2024, 3, 31), **early))}
    assert found["mirror_unreturned"].denominator == 60
    assert found["mirror_open"].denominator == 18


def test_standards_are_counted_by_what_they_ask_and_only_those_with_a_verdict():
    asked = build.standards(
        build.theme("consent", [build.standard("C-1"), build.standard("C-2", kind="quality"), build.standard("C-3")])
    )
    rows_of = [
        build.seen(30, 30, standard=code) | {"verdict": word}
        for code, word in zip(("C-1", "C-2", "C-3"), ("met", "not met", ""), strict=True)
    ]
    found = kinds_met(list(rows(build.table(*rows_of))), standards=asked)
    told = {(row.measure, row.group, row.level): (row.numerator, row.denominator) for row in rows(found)}
    assert told == {
        ("kind_met", "kind of question", "compliance"): (1, 1),
        ("kind_not_met", "kind of question", "compliance"): (0, 1),
        ("kind_met", "kind of question", "quality"): (0, 1),
        ("kind_not_met", "kind of question", "quality"): (1, 1),
    }  # the forms ask for the record and never for the deed, so nothing is said of what is asked


def test_a_family_that_answered_a_survey_on_what_the_audit_asks_is_heard_and_in_no_other_audit():
    asked = build.theme("plans", [build.standard("PLN-1", measured_by=["Understood?"])])
    standards = build.standards(asked, build.theme("visits", [build.standard("VIS-1")]))
    plan, visit = (build.audit(name, of=of, intended=3) for name, of in (("p", "plans"), ("v", "visits")))
    read = [
        build.answers(*((f"c{at}", code, "yes") for at in range(3))).assign(audit_id=name)
        for name, code in (("p", "PLN-1"), ("v", "VIS-1"))
    ]
    day = {"survey_id": "s", "sent": 1, "question": "Understood?", "positive": 0}
    told = [("c0", 1, "2024-11-20"), ("c1", 0, "2024-11-20"), ("c2", 1, "2024-11-01")]
    survey = pd.DataFrame([day | {"child_ref": ref, "returned": k, "on": pd.Timestamp(on)} for ref, k, on in told])
    found = audit_quality(
        pd.concat(read),
        build.register("actions"),
        programme=build.programme(plan, visit),
        audits=["p", "v"],
        standards=standards,
        as_of=DAY,
        survey=survey,
    )
    assert [(row.numerator, row.denominator) for row in rows(found) if row.measure == "mirror_unheard"] == [(5, 6)]

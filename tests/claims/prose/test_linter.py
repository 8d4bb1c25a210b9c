"""Sixty sentences as people write them, each labelled by hand with what this evidence bears."""

from datetime import date

import pytest

from ilacs_audit.claims.change.changes import change
from ilacs_audit.claims.change.impact import Impact
from ilacs_audit.claims.prose.findings import Findings
from ilacs_audit.claims.prose.lexicon import assertions, words
from ilacs_audit.claims.prose.licences import LICENCES
from ilacs_audit.claims.prose.linter import lint_prose
from ilacs_audit.claims.sentences.data_sentences import data_sentence
from ilacs_audit.claims.sentences.headlines import headline
from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.domain.measures import measures, rows
from tests.build import seen, table

# standard: (earlier, later, list, target) and what the rules make of it
STANDARDS = {
    "consent": ((20, 30), (24, 30), 110, 0.9),  # cannot tell; change cannot tell
    "oversight": ((15, 30), (30, 30), 110, 0.8),  # met; better
    "strategy": ((28, 30), (15, 30), 110, 0.95),  # not met; worse
    "plans": ((400, 500), (405, 500), None, 0.75),  # met; no worthwhile change
}
TEAMS = {"oversight": {"Duty": (12, 12), "Court": (12, 12)}, "strategy": {"Duty": (2, 12), "Court": (12, 12)}}
NAMES = {
    "consent": ("informed consent", "consent"),
    "oversight": ("management oversight", "oversight"),
    "strategy": ("strategy meetings", "strategy meeting"),
    "plans": ("plans", "planning"),
    "visits": ("visits", "visiting"),
}
IMPACTS = {
    "consent": Impact("I2", "cannot tell", "I2", "The change could be nothing, or worthwhile."),
    "oversight": Impact("I5", "sustained", "I5", "Still there at a later round."),
    "strategy": Impact("I6", "worsening", "I6", "The change is worse."),
    "plans": Impact("I3", "no worthwhile improvement", "I3", "A rise of 10 points or more is ruled out."),
    "visits": Impact("I0", "not yet measurable", "I0", "There is no baseline.", date(2025, 2, 10)),
}


def evidence():
    before = table(
        *(
            seen(*was, of=of, standard=each, theme="practice", period="2024-05")
            for each, (was, _, of, _) in STANDARDS.items()
        )
    )
    after = table(
        *(
            seen(*now, of=of, target=target, standard=each, theme="practice")
            for each, (_, now, of, target) in STANDARDS.items()
        ),
        seen(40, 40, of=40, target=0.9, standard="visits", theme="practice"),
        *(
            seen(*counts, target=0.6, standard=each, theme="practice", group="team", level=team)
            for each, teams in TEAMS.items()
            for team, counts in teams.items()
        ),
        {"measure": "returned", "group": "all", "numerator": 64, "denominator": 64},
        {"measure": "moderated", "group": "all", "numerator": 12, "denominator": 30, "value": 0.4},
        {"measure": "reach", "group": "all", "numerator": 110, "denominator": 133},
    )
    moved = change(before, after)
    moved = moved[moved["rule"] != "C1"]
    every = [{**row._asdict()} for frame in (verdict(after), moved) for row in rows(frame)]
    return Findings(measures(every), IMPACTS, NAMES)


FINDINGS = evidence()

UNSUPPORTED = [
    "Practice has improved across all teams.",
    "Informed consent has improved since May.",
    "We are seeing better consent recording this quarter.",
    "There have been improvements in planning.",
    "Informed consent has not improved.",
    "Visits are improving.",
    "Strategy meetings are no worse than before.",
    "Management oversight has deteriorated.",
    "Consent practice has worsened over the period.",
    "Informed consent is now embedded.",
    "The new planning template is embedding well.",
    "Strategy meetings are embedded in everyday practice.",
    "Consent is consistently obtained.",
    "There is consistent practice in strategy meetings.",
    "Management oversight is inconsistent between teams.",
    "Most files showed informed consent.",
    "The majority of strategy meetings were timely.",
    "Most children, 15 of 30, had a strategy meeting in time.",
    "All files evidenced informed consent.",
    "All teams hold strategy meetings on time.",
    "All 30 files met the standard on informed consent.",
    "Every child benefited from management oversight.",
    "There was a significant rise in informed consent.",
    "Informed consent rose significantly, by 13 points.",
    "The training has had an impact on informed consent.",
    "The workshops impacted positively on planning.",
    "Strategy meetings are robust.",
    "Members can be assured about strategy meetings.",
    "We cannot overstate how much informed consent has improved.",
    "Children are safer.",
    "Whatever the figures say, practice is better, and leaders described the audit as “robust”.",
]
SUPPORTED = [
    "Management oversight has improved since the first round.",
    "Management oversight is better than in the earlier round.",
    "We cannot tell whether informed consent has improved.",
    "It is too early to say that consent practice is improving.",
    "Planning has not improved by a worthwhile amount.",
    "The Improvement Board will receive the next round in February.",
    "Strategy meetings have worsened since the first round.",
    "Strategy meetings are worse, and we ask the board to act.",
    "Management oversight has not deteriorated.",
    "Management oversight is embedded.",
    "Strategy meetings are not embedded.",
    "The next audit will show whether the consent template is embedded.",
    "Management oversight is consistently in place in both teams.",
    "Strategy meetings are inconsistent between the two teams.",
    "The next audit will be consistent with the guidance of 2023.",
    "Most files read, 24 of 30, evidenced informed consent.",
    "Members can be assured on management oversight: 30 of 30 files met it and 12 of 30 were moderated.",
    "At most 99 of the 110 children had consent recorded.",
    "All 30 files read showed management oversight.",
    "Not all files evidenced informed consent.",
    "All files drawn were returned.",
    "All children on the list were seen on visits.",
    "Management oversight rose by 50 points, a statistically significant rise.",
    "Significant harm is explained in the annex.",
    "The change in management oversight is evidence of impact.",
    "The impact on visits will be measurable on 10 February 2025.",
    "Management oversight is robust.",
    "The quality assurance team read 30 files.",
    "A parent told us: “My worker is so much better now, and all of it is down to her.”",
    "To improve informed consent, managers will sign each form; the aim is to improve visits too.",
]


def stopped(text):
    return bool(lint_prose(text, FINDINGS))


def test_there_are_thirty_of_each():
    assert (len(set(UNSUPPORTED)), len(set(SUPPORTED))) == (31, 30)


@pytest.mark.parametrize("text", UNSUPPORTED)
def test_an_unsupported_sentence_is_stopped(text):
    assert stopped(text)


def test_at_most_two_of_thirty_supported_sentences_are_stopped():
    assert [text for text in SUPPORTED if stopped(text)] == []


@pytest.mark.parametrize("text", UNSUPPORTED)
def test_what_is_suggested_instead_would_pass(text):
    for problem in lint_prose(text, FINDINGS):
        assert problem.suggestion
        assert not lint_prose(problem.suggestion, FINDINGS)


def test_every_word_has_a_licence_and_is_tried_both_ways():
    rules = {word.rule for word in words()}
    assert rules == set(LICENCES)
    for texts, tried in ((UNSUPPORTED, rules), (SUPPORTED, rules - {"W11"})):
        assert {found.word.rule for text in texts for found in assertions(text)} == tried


def test_practice_has_improved_across_all_teams_is_refused_with_words_that_would_pass():
    improved, every = lint_prose("Practice has improved across all teams.", FINDINGS)
    assert (improved.word, improved.rule, every.word, every.rule) == ("improved", "W1", "all", "W6")
    assert improved.sentence == "Practice has improved across all teams."
    assert "better (C3)" in improved.why
    assert improved.suggestion == (
        "Since the earlier round one of four standards is worse, one is better, one shows no worthwhile change"
        " and on one we cannot tell yet whether it changed."
    )


def test_a_refusal_reads_as_advice():
    (problem,) = lint_prose("Informed consent has improved.", FINDINGS)
    assert "Try: Informed consent: 24 of 30 in November 2024" in str(problem)
    assert "cannot tell (C5)" in problem.why


def test_without_evidence_nothing_may_be_claimed():
    for text in ("Practice improved.", "All files were good.", "It had an impact.", "Oversight is robust."):
        suggested = {problem.suggestion for problem in lint_prose(text, table())}
        assert suggested == {"This report holds no evidence on this, so nothing can be said of it yet."}


def test_it_points_back_to_what_the_sentence_before_spoke_of():
    assert not stopped("Management oversight was in every one of the 30 files read. It has improved.")
    assert stopped("Informed consent was in 24 of 30 files. It has improved.")


def test_a_count_of_standards_is_checked_against_the_verdicts():
    assert not stopped("One of four standards is better.")
    assert stopped("Two of four standards are better.")
    assert stopped("All four standards are better.")


@pytest.mark.parametrize(
    "text",
    [
        "“It has improved for all of us,” said one parent.",
        "“Practice is robust. It is embedded.” — Ofsted, 2022",
        'According to the inspector, "improvement is embedded and consistent".',
    ],
)
def test_a_quotation_with_its_speaker_is_left_alone(text):
    assert not stopped(text)


@pytest.mark.parametrize(
    "text",
    [
        "Consent practice is “robust”.",
        "We said it was “much improved” for consent.",
        "A parent told us “thank you”, and consent is better everywhere.",
    ],
)
def test_quotation_marks_alone_are_no_licence(text):
    assert stopped(text)


def test_quotations_keep_their_own_sentences_apart():
    text = "A parent said: “It is better.” Informed consent has improved. A child said: “All good.”"
    (problem,) = lint_prose(text, FINDINGS)
    assert problem.sentence == "Informed consent has improved."


def test_each_sentence_is_named_and_each_word_told_once():
    text = "Consent has improved and improved again. The visits are booked. Consent is robust."
    assert [(each.word, each.rule) for each in lint_prose(text, FINDINGS)] == [("improved", "W1"), ("robust", "W9")]


def test_the_reports_own_sentences_always_pass():
    names = {id: name[0] for id, name in NAMES.items()}
    own = [headline(FINDINGS.table, names=names)]
    own += [data_sentence(row, unit="file", names=names) for row in rows(FINDINGS.table)]
    own += [sentence(row, about=NAMES[row.standard_id][0]) for row in rows(FINDINGS.table) if row.standard_id]
    assert [str(problem) for text in own for problem in lint_prose(text, FINDINGS)] == []


def test_a_hidden_row_licenses_nothing():
    shown = [row for row in rows(FINDINGS.table) if row.standard_id == "oversight"]
    hidden = Findings(measures(row._replace(status="suppressed")._asdict() for row in shown), {}, NAMES)
    assert lint_prose("Management oversight has improved.", hidden)


def test_a_standard_named_in_full_is_not_its_whole_theme():
    themed = table(seen(30, 30, of=110, target=0.8, standard="c1"), seen(2, 30, of=110, target=0.8, standard="c2"))
    findings = Findings(verdict(themed), {}, {"c1": "informed consent"})
    assert not lint_prose("Informed consent is robust.", findings)
    assert lint_prose("Consent is robust.", findings)


def test_where_lower_is_better_the_licence_turns_round():
    before, after = (table(seen(met, 30, direction="lower")) for met in (20, 2))
    assert not lint_prose("Practice has improved.", change(before, after))
    assert lint_prose("Practice has worsened.", change(before, after))


def test_a_direction_that_claims_no_change_is_left_alone_and_its_sibling_is_not():
    idle = """The genogram is up to date. The tracker is up and running. It is up to the team manager to decide.
        The lease is up for renewal. It was brought up at the panel. It was picked up by the duty
        team. The child growing up in care. The follow-up from the workshop. Teams must rise to the
        challenge. The day fell on a Monday. The baby fell asleep."""
    claims = """Plans are up to date. CON-1 is up to the target. CON-1 is up to 24 of 30. Consent is up. Consent
        picked up in June. Consent rose to the challenge. Consent fell on the new form. Recording is
        up to date and consent is up."""
    idle, claims = (" ".join(each.split()).split(". ") for each in (idle, claims))
    assert [said for said in idle if [*assertions(said)]] == []
    assert [said for said in claims if not [*assertions(said)]] == []

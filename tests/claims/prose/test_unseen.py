"""Two more lists, written without looking at the rules: what the linter does with sentences it was not made for.

The first list found faults that were then mended. The second was read once, after that, and nothing was
changed for it: it is the honest measure of false stops.
"""

import pytest

from ilacs_audit.claims.prose.linter import lint_prose
from tests.claims.prose.test_linter import FINDINGS

MENDED_UNSUPPORTED = [
    "Since the workshops, social workers are far better at recording consent.",
    "Progress on consent is clear and improving month on month.",
    "We have seen notable improvement in planning since the spring.",
    "Good practice in strategy meetings is now fully embedded across the service.",
    "All social workers now understand consent.",
    "Every team has improved its planning.",
    "Most plans are SMART.",
    "The majority of children had consent recorded.",
    "Leaders are assured that strategy meetings happen in time.",
    "There is robust oversight of consent.",
    "Training has had a clear impact on visits.",
    "Consent is being consistently recorded by both teams.",
    "There has been no improvement in informed consent.",
    "There was no significant change in informed consent.",
    "Standards of strategy meetings have not declined and are no worse.",
    "Visits have got better and plans are robust.",
    "The service has improved significantly.",
    "Informed consent improved from 20 of 30 to 24 of 30.",
    "It is pleasing that practice continues to improve.",
    "Outcomes for all children are better.",
    "The impact of the training can be seen in consent records.",
    "Consent practice remains robust and the board can be assured of it.",
    "Strategy meetings always take place in time.",
    "Oversight has improved, and so has consent.",
    "Improved consent recording follows from the workshops.",
    "Most strategy meetings were not in time: 15 of 30 files read.",
]
MENDED_SUPPORTED = [
    "Whether planning has improved cannot be told from these files.",
    "The board is asked to approve a re-audit to test whether consent improves.",
    "Improving strategy meetings is the first priority for the new year.",
    "Strategy meetings got worse: 15 of 30 now, 28 of 30 before.",
    "Management oversight improved from 15 of 30 to 30 of 30.",
    "All 40 visits on the list were made in time.",
    "All of the 30 files read had management oversight.",
    "Staff asked for better templates.",
    'Ofsted said: "Practice is inconsistent and not embedded."',
    "The quality assurance lead re-read 12 of 30 files.",
    "We do not claim that consent has improved.",
    "No evidence of improvement in consent was found.",
    "Consent was not evidenced in every file.",
    "Not every file showed informed consent.",
    "We will not know the impact on visits until February.",
    "The largest falls were in strategy meetings, which are worse than in May.",
    "Domestic abuse has a lasting impact of its own on children.",
    "This is a small sample, and it cannot show whether consent has improved.",
    "The plan must be improved before the next audit.",
    "Managers should always sign the consent form.",
    "Workers must record every visit within five days.",
    "Each team will receive all of its findings by Friday.",
    "More than half, 24 of 30 files read, had consent recorded.",
    "The Duty team and the Court team both met the standard on management oversight.",
]
UNSEEN_UNSUPPORTED = [
    "The quality of planning is improving steadily.",
    "Consent has gone from strength to strength, with improvements in both teams.",
    "Social workers are now consistently seeking consent.",
    "The learning from the workshops has been embedded.",
    "Almost all files had consent recorded.",
    "The impact of this work on consent is evident.",
    "Oversight of strategy meetings is strong and robust.",
    "The director is assured of the quality of visits and consent.",
    "There is a significant improvement in consent.",
    "Practice has worsened.",
    "Consent is better understood and better recorded.",
    "Since training, planning is consistently good.",
    "All staff have been trained.",
    "Most staff say that consent is better.",
    "The service is improving and the pace is significant.",
    "Strategy meetings have improved despite pressure on staff.",
    "Reassuringly, consent has improved.",
    "Visits have improved.",
    "The audit shows improved consent.",
    "Every child in the sample had a consent form.",
]
STOPPED = [
    "The three areas for improvement are consent, visits and planning.",
]
UNSEEN_SUPPORTED = [
    "The next step is to embed the consent form in supervision.",
    "Consent was recorded in 24 of 30 files, and we cannot yet say that this is better.",
    "Improvement is needed in strategy meetings.",
    "Fifteen of 30 strategy meetings were held in time, which is worse than before.",
    "Management oversight was on all 30 files read.",
    "Planning has not got worse.",
    "Members asked whether the training had an impact.",
    "We expect to know by March whether planning improves.",
    'An inspector wrote that "consent is not robust".',
    "Management oversight has improved and is robust.",
    "Management oversight is met in both teams.",
    "The audit will be repeated to see if consent has improved.",
    "It would take 38 files to tell.",
    "The sample is too small to show significant change in consent.",
    "Staff were trained: 110 of 133.",
    "One standard is worse, and the board is asked to act on strategy meetings.",
    "Management oversight improved significantly, by 50 points.",
    "All 64 files drawn were returned.",
]


def stopped(texts):
    return [text for text in texts if lint_prose(text, FINDINGS)]


@pytest.mark.parametrize("texts", [MENDED_UNSUPPORTED, UNSEEN_UNSUPPORTED], ids=["mended", "unseen"])
def test_every_unsupported_sentence_is_stopped(texts):
    assert stopped(texts) == texts


def test_no_unseen_supported_sentence_is_stopped():
    assert stopped(UNSEEN_SUPPORTED) == []


def test_the_known_false_stops_are_these():
    assert stopped([*MENDED_SUPPORTED, *STOPPED]) == [
        "Domestic abuse has a lasting impact of its own on children.",
    ]


def test_every_suggestion_for_them_would_pass():
    for text in (*MENDED_UNSUPPORTED, *UNSEEN_UNSUPPORTED):
        for problem in lint_prose(text, FINDINGS):
            assert lint_prose(problem.suggestion, FINDINGS) == ()

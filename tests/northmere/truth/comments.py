"""What auditors write, in invented sentences; no two comments of one audit are the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

_STRENGTHS = (
    "Clear account of why we are involved.",
    "The worker knows this family well and it shows.",
    "School and health visitor were spoken to early.",
    "Strong use of the family’s own words.",
    "Manager’s note is specific and dated.",
    "Good persistence when appointments were missed.",
    "Both parents were asked separately.",
    "The interpreter was booked each time.",
    "Warm, respectful tone throughout.",
    "Sibling relationships are thought about.",
    "Cultural needs are described with care.",
    "Timely and proportionate.",
)
_WORRIES: Mapping[str, tuple[str, ...]] = {
    "consent": (
        "Verbal consent noted without a date.",
        "Father shares parental responsibility and nobody rang him.",
        "The consent note is the same in three contacts.",
        "Agency checks began before consent was in place.",
        "No sign that a refusal was talked through.",
        "Hard to tell what exactly was agreed.",
        "Letter offering support was never sent.",
        "The form cannot be opened.",
    ),
    "plans": (
        "Actions say “ongoing” with no date.",
        "Outcomes are services, not changes for the child.",
        "Plan has not moved since the last conference.",
        "The plan B is a telephone number.",
        "Mum’s copy of the plan is not evidenced.",
        "Core group minutes were not on file.",
        "Template repeats the same box three times, so the plan is hard to read.",
        "No named person against half of the actions.",
    ),
    "assessments": (
        "History is listed rather than used.",
        "Analysis repeats the description.",
        "Dad’s view is missing.",
        "The ending does not follow from the worries.",
        "Risk is named and then left.",
        "Health information is six months old.",
        "Review point passed without a note.",
        "The child’s day is hard to picture.",
    ),
    "supervision": (
        "Task list only.",
        "The list from July is still the list.",
        "No thinking about what it is like for the child.",
        "Workload mentioned and not acted on.",
        "Typed up a month later.",
        "Drift is clear and goes unsaid.",
    ),
    "strategy": (
        "Minutes came late.",
        "Health would have added a lot here.",
        "Decision time not written down.",
        "Safety was settled first.",
        "No doubt about the threshold.",
        "Actions have no names.",
    ),
    "s47": (
        "Enquiry plan was made after the visit.",
        "The child was seen with a parent in the room.",
        "Weighing of harm is thin.",
        "Police information did not reach the record.",
        "Outcome signed without reasons.",
        "History from another area was not asked for.",
    ),
    "recording": (
        "Chronology stops in the spring.",
        "Opinion is written as fact.",
        "Case summary is two workers old.",
        "Notes were added in one batch.",
        "Legal status is wrong on the front page.",
        "Closure reason does not match the story.",
    ),
    "referrals": (
        "Reasons for the decision are one line.",
        "Earlier contacts were not opened.",
        "Referrer was not told.",
        "Checks went wider than they needed to.",
        "Good threshold decision, poorly written down.",
        "Manager’s agreement is not on the record.",
    ),
    "visits": (
        "The same sentence stands in three visits.",
        "The child said something important and nothing came of it.",
        "Seen, but not alone, and no reason given.",
        "Purpose of the visit is not stated.",
        "Bedroom not seen since the summer.",
        "Drawing from the visit is not on the record.",
    ),
}
_NEXT = (
    "TM to review within ten working days.",
    "Worker to update the record by Friday.",
    "Discuss at next supervision.",
    "Revisit with the parents at the next visit.",
    "Guide re-sent to the worker.",
    "Business support to correct the entry.",
    "Practice lead to sit with the worker.",
    "Chair to be told.",
)
SYSTEM_FAULT = (
    "After a s47 the closure form leaves only “no consent”, although nobody withdrew.",
    "“No consent” was ticked on closure because the form offers nothing better once a s47 is done.",
    "Closure form again: the assessment was finished and parents agreed, yet it reads “no consent”.",
    "The drop-down forces “no consent” following the s47. Parents had consented throughout.",
)


class Remarks:
    """Sentences for one audit, each of them used once."""

    def __init__(self, theme: str, rng: random.Random) -> None:
        self.strengths = _pairs(_STRENGTHS, rng)
        self.worries = _pairs(_WORRIES[theme], rng)
        self.steps = _pairs(_NEXT, rng)
        self.rng = rng

    def strength(self, share: float = 0.5) -> str:
        """A strength for this share of the files, else nothing."""
        return next(self.strengths) if self.rng.random() < share else ""

    def worry(self, share: float = 0.6) -> str:
        """A worry for this share of the files, else nothing."""
        return next(self.worries) if self.rng.random() < share else ""

    def step(self, share: float = 0.4) -> str:
        """A next step for this share of the files, else nothing."""
        return next(self.steps) if self.rng.random() < share else ""


def _pairs(sentences: tuple[str, ...], rng: random.Random) -> Iterator[str]:
    """Single sentences first, then pairs, each one once, in a random order."""
    pairs = [f"{one} {two}" for one in sentences for two in sentences if one != two]
    yield from [*rng.sample(sentences, len(sentences)), *rng.sample(pairs, len(pairs))]

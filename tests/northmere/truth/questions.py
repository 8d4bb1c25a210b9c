"""The questions as Northmere's forms and sheets word them, and the words they take for answers."""

from __future__ import annotations

import random
from collections.abc import Mapping

CONSENT: Mapping[str, str] = {
    "CON-1": "Can you see that informed consent was given by everyone with parental responsibility?",
    "CON-2": "Did the family know what would be shared, with whom and why?\n",
    "CON-3": "Where a parent said no or changed their mind, was it talked through with respect, and the answer noted?",
    "CON-4": "Where consent was withdrawn, is\xa0a manager’s oversight recorded before closure?",
    "CON-5": "Where consent was withdrawn, did the Service Manager agree before closure?",
    "CON-6": "Is the form, or the note of verbal consent, dated and filed in the right place?",
    "CON-7": "Was the child, where old enough, asked what they think about sharing?",
    "CON-8": "Where consent was withdrawn, was risk weighed again with partner agencies?",
    "CON-9": "Is it clear who holds parental responsibility and who was asked?",
}
CONSENT_EDITION_1: Mapping[str, str] = {
    **CONSENT,
    "CON-3": "Where consent was refused or withdrawn, can you see persistence and challenge?",
}
CLOSURES: Mapping[str, str] = {
    **CONSENT,
    "CON-1": "Informed consent evidenced",
    "CON-5": "Service Manager agreed before closure?",
    "CON-8": "Risk weighed again with partners?",
}
PLANS: Mapping[str, str] = {
    "PLN-1": "Plan current\nand on file",
    "PLN-2": "Actions specific",
    "PLN-3": "Dates for\neach action",
    "PLN-4": "What must change is clear",
    "PLN-5": "Child can be heard\nin the plan",
    "PLN-6": "Family took part ",
    "PLN-7": "Wider family considered",
    "PLN-8": "Plan moved on\nwith the child ",
    "PLN-9": "Core group or review\nin time",
    "PLN-10": "Contingency plan",
    "PLN-11": "Manager’s oversight of the plan",
}
PLAN_GROUPS = (("The plan", 4), ("Child and family", 3), ("Review and oversight", 4))
ASSESSMENTS_FORM: Mapping[str, str] = {
    "ASM-1": "Was every child seen, and alone where age allows?",
    "ASM-2": "Is the history gathered in a chronology and used?",
    "ASM-3": "Did both parents, and other adults who matter, contribute?",
    "ASM-4": "Was information from other agencies sought and weighed?",
    "ASM-5": "Does the analysis say what life is like for this child and what the risk is?",
    "ASM-6": "Does the decision follow, and did a manager sign it with reasons?\n",
    "ASM-7": "Was it authorised within 45\xa0working days?",
    "ASM-8": "Was a review point set and kept?",
    "ASM-9": "Was another service offered where a need was found?",
}
ASSESSMENTS: Mapping[str, str] = {
    "ASM-1": "Every child seen",
    "ASM-2": "History used",
    "ASM-3": "Both parents contributed",
    "ASM-4": "Agency information weighed ",
    "ASM-5": "Analysis of risk and daily life",
    "ASM-6": "Decision follows and is signed",
    "ASM-7": "In timescale",
    "ASM-8": "Review point kept",
    "ASM-9": "Other help offered",
}
VISITS: Mapping[str, str] = {f"VIS-{number}": f"VIS-{number}" for number in range(1, 9)}
SUPERVISION_FREQUENCY = "As often as policy says? (y/n)"
SUPERVISION: Mapping[str, str] = {
    "SUP-2": "Signed agreement (last 12 months)",
    "SUP-3": "On the case system in 5 working days",
    "SUP-4": "Last actions looked at",
    "SUP-5": "Risk and plan talked about for each child",
    "SUP-6": "Reflection as well as tasks",
    "SUP-7": "New actions say who and when",
    "SUP-8": "Workload and wellbeing",
    "SUP-9": "Drift named and challenged",
    "SUP-10": "Both have signed",
}
STRATEGY: Mapping[str, str] = {
    "STR-1": "Was it right to ask for a meeting?",
    "STR-2": "Held within 24 hours of the decision?",
    "STR-3": "Were all the agencies invited that know the child?",
    "STR-4": "Did each agency share what it knew?",
    "STR-5": "Was immediate safety decided first?",
    "STR-6": "Are decisions recorded, with who and when?",
}
S47: Mapping[str, str] = {
    "S47-1": "Scope set at strategy discussion (1-10)",
    "S47-2": "Planning of the enquiry (1–10)",
    "S47-3": "Child seen and heard (1-10)",
    "S47-4": "Use of partners’ information (1-10)",
    "S47-5": "Weighing of harm (1-10)",
    "S47-6": "Manager’s direction (1–10)",
    "S47-7": "Record (1-10)",
    "S47-8": "Overall mark (1-10)",
}
RECORDING: Mapping[str, str] = {
    "REC-1": "Chronology up to date",
    "REC-2": "Case notes within five working days",
    "REC-3": "Fact and opinion kept apart",
    "REC-4": "Management decisions have reasons",
    "REC-5": "Written with respect for the child",
    "REC-6": "Names and legal status correct",
    "REC-7": "Closure reason is what happened",
    "REC-8": "Case summary current",
}
REFERRALS: Mapping[str, str] = {
    "REF-1": "Threshold right",
    "REF-2": "Response decided in one working day",
    "REF-3": "History read",
    "REF-4": "Checks proportionate and lawful",
    "REF-5": "Decision and reasons clear",
    "REF-6": "Referrer told",
    "REF-7": "Manager agreed no further action",
}

_FORM = {
    "yes": ("Yes",),
    "partly": ("Partially",),
    "no": ("No",),
    "met": ("Met",),
    "partly met": ("Partly met",),
    "not met": ("Not met",),
    "not applicable": ("Not applicable",),
}
_BY_HAND = {
    "yes": ("y", "Y", "yes", "Yes", "y ", "Y\xa0"),
    "partly": ("partly", "Partially"),
    "no": ("n", "N", "no", "No", "n "),
    "met": ("Met", "met", "Met ", "MET", "Met\xa0"),
    "partly met": ("Partly met", "partly met", "Part met", "Partially met "),
    "not met": ("Not met", "not met", "Not Met ", "NOT MET", "Not  met"),
    "not applicable": ("N/A", "n/a", "NA", "na "),
}


def chosen(answer: str) -> str:
    """An answer as a form with fixed choices writes it; marks and grades stay as they are."""
    return _FORM.get(answer, (answer,))[0]


def by_hand(answer: str, rng: random.Random) -> str:
    """An answer as somebody typed it."""
    return rng.choice(_BY_HAND.get(answer, (answer,)))


def _capital(grade: str) -> str:
    """A grade with its capital letter; what is no grade stays as it was typed."""
    return grade.capitalize() if grade.islower() else grade


def grade_by_hand(grade: str, rng: random.Random) -> str:
    """An overall grade as somebody typed it."""
    usual = _capital(grade)
    return rng.choice(("RI", usual) if grade == "requires improvement" else (usual, f"{usual} ", usual))

"""Untruths that are known and not yet mended: a page (a pattern), what is said there, and why it is untrue."""

from __future__ import annotations

import re

from tests.pages.stranger.piece import Untrue

KNOWN: tuple[tuple[str, str, str], ...] = (
    (
        "plans",
        "people reached|sessions|people of a team|reach$",
        "people and sessions of a course that was not over when the round began",
    ),
    ("plans|daat", "what was done between the rounds", "a course that ended later, or before both rounds"),
    (".", "a day that the plan sets", "the plan has a day"),
    (".", "with the worker", "the protocol's plan is told as what happened"),
    (".", "^standards|^count$", "standards that nobody can compare are counted as comparable, or as compared"),
    ("supervision", "auditors", "rows without a name count as one auditor more"),
    (".", "a row stands once|likely range", "a breakdown by an empty team is called the whole service"),
    (".", "what is counted is what was audited", "the table to copy says children where requests or workers were read"),
    (".", "set aside", "a grade, an answer or a moderation is called a file; a reason that is on record is not told"),
    (".", "a census has no range", "the key of a census speaks of a range"),
    (".", "a round that is booked is not denied", "the theme has a round booked"),
    (
        "referrals",
        "a critical standard that is worse is a change",
        "the page of the audit does not know what its re-audit says",
    ),
    ("supervision", "a range that leaves out zero", "the range is rounded onto zero"),
    (".", "nothing told is called not recorded", "the row of what is not shown has no count for auditors"),
    ("strategy", "returns of agencies", "21 of 120 returns are missing"),
    (".", "a small base is small", "the note of this round stands beside the earlier one"),
    ("index", "standards that cannot be compared", "a sum over pages that count hidden changes as compared"),
)


def unknown(untrue: list[Untrue]) -> list[Untrue]:
    """What is untrue and stands in no line of the table."""
    return [
        each
        for each in untrue
        if not any(re.search(page, each.page) and re.search(said, each.said) for page, said, _ in KNOWN)
    ]

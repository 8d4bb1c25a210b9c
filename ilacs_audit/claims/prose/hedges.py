"""Where an over-claiming word claims nothing: it is hedged, intended, or what people are asked to do.

A hedge reaches as far as what it governs and no further. "We cannot tell whether consent and visits improved"
claims nothing; "we cannot tell about visits, and consent has improved" claims that consent has.
"""

from __future__ import annotations

import re

from ilacs_audit.claims.prose.rules import rule


def claims_nothing(text: str, before: str, after: str, *, quantity: bool, assurance: bool) -> bool:
    """Whether a word is hedged before or after, only intended, or part of what people are asked to do.

    `before` and `after` are what stands on both sides of the word `text` in its clause. A `quantity` ("all",
    "most") counts nothing in a duty. An `assurance` that "should be" taken is offered, not planned.

    >>> claims_nothing("improved", "we cannot tell whether consent has", "", quantity=False, assurance=False)
    True
    >>> claims_nothing("improved", "we cannot tell about visits and consent has", "", quantity=False, assurance=False)
    False
    """
    told = (
        _hedged(before, rule("hedges"), rule("to_learn"))
        or rule("afterwards").match(after)
        or rule("untold_word").search(f"{before} #{after}")
        or (rule("as_chance").search(after) and not rule("hedge_joins").search(after) and "(" not in after)
        or rule("asked_about").search(before)
        or (quantity and rule("obligation").search(f"{before} {after}"))
        or (_intended(text, before) and not (assurance and rule("invited").search(before)))
        or (before.lower() in ("", "a", "an", "the") and rule("as_a_task").match(text + after))
    )
    return bool(told)


def _hedged(before: str, *hedges: re.Pattern[str]) -> bool:
    """Whether the last hedge before a word still reaches it."""
    ends = sorted(match.end() for words in hedges for match in words.finditer(before))
    return bool(ends) and not _left_behind(before[ends[-1] :])


def _left_behind(rest: str) -> bool:
    """Whether a new statement has begun since the hedge: what it governs is told, and a subject follows a join."""
    for join in rule("hedge_joins").finditer(rest):
        governed, new = rest[: join.start()], rest[join.end() :]
        if rule("hedge_goes_on").match(new) or rule("only_verbs").match(new):
            continue
        # The comma of ", and" begins a new statement, unless it is the last of a list.
        if rule("says_enough").search(governed) or (join.group() == ", and" and "," not in governed):
            return True
    return False


def _intended(text: str, before: str) -> bool:
    """Whether something is still to be done: "to improve", "must be embedded", but not "continues to improve"."""
    if rule("done_already").search(before):
        return False
    plain = rule("base_forms").fullmatch(text) and rule("intent").search(before)
    bound = text.lower() == "consistently" and rule("duty").search(before)
    return bool(plain or bound or rule("purpose").search(before) or rule("to_be_done").search(before))

"""What a statement does: it tells what people did, will do, ask or cannot tell, or else it is a claim on practice.

A statement is harmless only where it is recognised. Whoever adds a way of saying "consent rose" need not teach
it to anybody; whoever adds a way of saying "we met" does, in `rules.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ilacs_audit.claims.prose.hedges import hedged
from ilacs_audit.claims.prose.lexicon import assertions
from ilacs_audit.claims.prose.rules import TIE, rule

_NO_CLAIM = ("speaks", "of_files", "thanks", "law", "method", "caveat", "imperative")


class Statement(NamedTuple):
    """One part of a sentence that says something by itself, and who heads it: people, staff, things, practice, ''."""

    text: str
    head: str


def statements(sentence: str) -> Iterator[Statement]:
    """What a sentence says, one statement after the other, without who is said to have said it.

    >>> [each.text for each in statements("Members noted that the form was sent and consent rose.")]
    ['the form was sent', 'consent rose.']
    >>> list(statements("Ofsted wrote that plans are weak."))
    []
    """
    head = ""
    for part in filter(None, _parts(rule("tied").sub(_tied, spoken(sentence)))):
        found = _head(part)
        goes_on = not found and (rule("goes_on").match(part) or not _subject(part).strip())
        head = head if goes_on else found
        yield Statement(part.replace(TIE, " "), head)


def harmless(said: Statement) -> bool:
    """Whether a statement tells what people did, will do, ask or cannot tell, and nothing of practice.

    >>> harmless(Statement("Five workshops were held in May", "things"))
    True
    >>> harmless(Statement("Strategy meetings were held in May", "practice"))
    False
    """
    text = rule("tied").sub(_tied, said.text)
    if rule("forecast").search(text) or rule("kept_to").search(text):
        return False
    if not text.strip(" .") or hedged(text) or any(rule(kind).search(text) for kind in _NO_CLAIM):
        return True
    text = rule("as_it_should").sub("", text)
    if planned := rule("planned").search(text):
        head = said.head or _head(text[: planned.start()])
        free = head in ("people", "things", "staff") or not rule("practice").search(rule("list_of").sub("", text))
        return free or bool(rule("to_be").search(text) or rule("bound").search(text))
    if rule("judged").search(text):
        return False
    if rule("there").match(text):
        return _head(text) in ("people", "things") and not rule("practice").search(
            rule("there").sub("", text).split(" of ")[0]
        )
    return _did(text, said.head) or _elsewhere(text)


def segments(text: str) -> list[str]:
    """The pieces of a statement that could each be one, cut wherever a join may be: none may read as a claim."""
    return [part for part in rule("cuts").split(text) if part and _has_verb(part) and part.count(" ") > 1] or [text]


def always_claims(said: Statement) -> bool:
    """Whether a statement is one that no way of reading it makes harmless: a forecast, a verdict by its name.

    >>> always_claims(Statement("STR-1 is met", "")), always_claims(Statement("Members met", "people"))
    (True, False)
    """
    text = said.text
    verdict = (rule("judged").search(text) or rule("untold").search(text)) and (
        rule("code").search(text) or rule("tally").search(text)
    )
    return bool(verdict or rule("forecast").search(text) or rule("kept_to").search(text))


def _elsewhere(text: str) -> bool:
    """Whether something was done that names nothing of practice, and nothing by which practice is judged."""
    about = any(rule(name).search(text) for name in ("practice", "staff", "praising", "judging", "counted"))
    return not about and bool(rule("passive").match(_predicate(text).strip())) and next(assertions(text), None) is None


def _did(text: str, head: str) -> bool:
    """Whether a person acts, a thing is made, or staff do what needs no child."""
    text = rule("read").sub("", text)
    if rule("holds").search(text) or rule("praising").search(text) or not head:
        return False
    if head == "things":
        return bool(rule("passive").search(text) or rule("of_things").search(text))
    if head == "people":
        return bool(rule("does").match(_predicate(text))) and not rule("sees").search(text)
    acts = rule("of_staff").search(text)
    return (
        head == "staff"
        and bool(acts)
        and not (rule("practice").search(rule("list_of").sub("", text[acts.end() :])) if acts else True)
    )


def _unknown(text: str) -> bool:
    for name in ("tied_to", "doers", "practice", "plain"):
        text = rule(name).sub("", text)
    return bool(re.search("[a-z]{2}", text, re.I))


def _parts(sentence: str) -> Iterator[str]:
    """The statements of a sentence: what has no verb belongs to what stands before it, unless practice heads it."""
    aside = rule("aside").match(sentence)
    text, start = (
        sentence[aside.end() :]
        if aside and not _has_verb(aside.group()) and not rule("dates").search(aside.group())
        else sentence,
        0,
    )
    for join in rule("joins").finditer(text):
        so_far, rest = text[start : join.start()], rule("joins").split(text[join.end() :])[0]
        purpose = "so that" in join.group() and (rule("planned").search(so_far) or rule("method").search(so_far))
        if (
            _has_verb(so_far)
            and not purpose
            and _stands_alone(rest, bare=not join.group().strip(" ,and"), after=_head(so_far))
        ):
            yield so_far.strip()
            start = join.end()
    yield text[start:].strip()


def _stands_alone(text: str, *, bare: bool, after: str) -> bool:
    if re.match(r"\W*(?:whether|if|how|what|that|why|given)\b", text, re.I):
        return False
    if not _has_verb(text):
        return _head(text) == "practice" and _unknown(text)
    if not _subject(text).strip():
        return after != "practice"
    return not bare or bool(_head(text) or rule("goes_on").match(text) or rule("of_practice").match(text))


def _has_verb(text: str) -> bool:
    return bool(rule("verb").search(rule("read").sub("", text)))


def _tied(match: re.Match[str]) -> str:
    return match.group().replace(" ", TIE)


def spoken(sentence: str) -> str:
    """A sentence without who is said to have said it; nothing where somebody else answers for it."""
    while (said := rule("reported").match(sentence)) and not rule("unsaid").search(said["who"] or said["teller"] or ""):
        if rule("asked").search(said.group()) and not rule("taken").search(sentence):
            return ""
        sentence = sentence[said.end() :].strip()
        if rule("outsider").match(said.group()) and not re.search(r",| and ", sentence):
            return ""
    return sentence


def _subject(text: str) -> str:
    text = _opened(text)
    return text.removesuffix(_predicate(text)) if _predicate(text) else text


def _predicate(text: str) -> str:
    text = _opened(text)
    ends = rule("head_ends").search(text)
    return text[ends.start() :] if ends else ""


def _opened(text: str) -> str:
    return rule("of_some").sub("", rule("there").sub("", rule("aside").sub("", rule("read").sub("", text))))


def _head(text: str) -> str:
    """Who heads a statement: the last known noun before its verb or its first preposition."""
    before = rule("tail").sub("", _subject(text).rstrip(" ."))
    if not before:
        return "people" if rule("act_alone").match(text) else ""
    kinds = ("people", "staff", "things", "practice")
    found = [(match.end(), -match.start(), kind) for kind in kinds for match in rule(kind).finditer(before)]
    if not found or rule("unclean").search(before):
        return ""
    after = before[max(found)[0] :].strip(" .0123456789")
    if after and not after.istitle():
        return ""
    between = before[-max(start for _, start, _ in found) : -max(found)[1]]
    if _unknown(between) or rule("now").search(between):
        return ""  # "Families experience a service": two nouns with a verb between them that nobody taught us
    kind = max(found)[2]
    return "practice" if kind == "things" and rule("of_theirs").search(before) else kind

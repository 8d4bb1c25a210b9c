"""Who says what a sentence says, and the pieces of it that could each be one."""

from __future__ import annotations

import re

from ilacs_audit.claims.prose.rules import rule


def spoken(sentence: str) -> str:
    """A sentence without who is said to have said it; nothing where it is only asked for.

    >>> spoken("Members noted that consent rose.")
    'consent rose.'
    """
    while (said := rule("reported").match(sentence)) and not rule("unsaid").search(said["who"] or said["teller"] or ""):
        if rule("asked").search(said.group()) and not rule("taken").search(sentence):
            return ""
        sentence = sentence[said.end() :].strip()
    return sentence


def outsiders(sentence: str) -> bool:
    """Whether somebody outside the authority answers for a sentence, or it says nothing.

    >>> outsiders("Ofsted wrote that plans are weak."), outsiders("The audit found that plans are weak.")
    (True, False)
    """
    said = rule("reported").match(sentence)
    rest = sentence[said.end() :] if said else ""
    alone = said and rule("outsider").match(said.group()) and not re.search(r",| and ", rest)
    return bool(alone) or not re.search(r"\w", sentence)


def pieces(sentence: str) -> list[str]:
    """The pieces of a sentence, cut wherever a join may be; the whole where there is none.

    >>> pieces("The form was sent, and consent is sound.")
    ['The form was sent', ' consent is sound.']
    """
    return [part for part in rule("cuts").split(sentence) if part and _has_verb(part) and part.count(" ") > 1] or [
        sentence
    ]


def _has_verb(text: str) -> bool:
    return bool(rule("verb").search(rule("read").sub("", text)))

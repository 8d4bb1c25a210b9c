"""Where an over-claiming word claims nothing: it is hedged, intended, or what people are asked to do.

A hedge reaches as far as what it governs and no further. "We cannot tell whether consent and visits improved"
claims nothing; "we cannot tell about visits, and consent has improved" claims that consent has.
"""

from __future__ import annotations

import re

_HEDGES = re.compile(
    r"\b(?:can(?:not| ?not|'t|’t)|could not|couldn['’]t)(?: yet| be| now| safely| honestly)* "
    r"(?:tell|told|say|said|show|shown|claim|claimed|know|known|judge|conclude|call|called)\b"
    r"|\b(?:do|does|did|will|would|may|might|is|are|was|were|has|have|had)(?: not|n['’]t)(?: yet| been)* "
    r"(?:tell|told|say|said|show|shown|claim|claimed|know|known|judge|call|called|clear|possible|proven|evidence)\b"
    r"|\b(?:not yet|yet to be) (?:shown|known|proven|clear|possible|called|tested)\b"
    r"|\bwhether\b|\btoo early\b|\bif\b|\b(?:unclear|unknown) (?:how|what|that)\b"
    r"|\b(?:no|not enough|not sufficient|too little|insufficient) "
    r"(?:evidence|claim|proof|sign)(?= (?:yet )?(?:of|that|to|for|is)\b)"
    r"|\b(?:nobody|no one|none of us) (?:can|could) (?:yet )?(?:tell|say|show|know|claim|judge)\b"
    r"(?!.*\bnot\b)"
    r"|\btoo (?:few|small|short|thin|little) to (?:say|tell|call|show|claim|conclude|judge)\b"
    r"|\b(?:nothing here|nothing on this page|none of (?:this|these|it)|neither) (?:shows?|says?|proves?)\b"
    r"|\b(?:wrong|premature|unsafe|misleading) to (?:say|tell|call|claim|conclude|suggest)\b"
    r"|\bbefore (?:we|anyone|anybody) can\b"
    r"|\bto (?:measure|test|assess|judge|evaluate|check|see|show|know|find out|tell)\b(?! that\b)",
    re.I,
)
_JOINS = re.compile(r", and\b|,|\b(?:and|so|then|yet)\b", re.I)
_GOES_ON = re.compile(r"^\s*(?:$|(?:and |or )?(?:whether|that|if|how|what|or|nor|not|to)\b)", re.I)
_VERB = r"(?:is|are|was|were|has|have|had|do|does|did|will|would|can|be|been|not|yet|now|already|also|\w+ly)"
_ONLY_VERBS = re.compile(rf"^(?:\s*{_VERB}\b)*\s*$", re.I)
_SAYS_ENOUGH = re.compile(
    r"^\s*(?:us )?(?:about|of|on|for|in)\b|\b(?:is|are|was|were|has|have|had|does|did|will|would|can)\b"
    r"|\b(?:improv|worsen|deteriorat|embed|chang)\w*",
    re.I,
)

_INTENT = re.compile(
    r"\b(?:to|will|would|should|must|could|may|might|shall|can|help|helps|please)"
    r"(?: (?:not|also|further|be|fully|then|now|have|\w+ly))*$",
    re.I,
)
_BASE_FORMS = re.compile(r"improve|worsen|deteriorate|embed|impact|assure|reassure", re.I)
_TO_BE_DONE = re.compile(
    r"\b(?:to|will|would|should|must|shall)(?: not| also| then| now| \w+ly)* (?:be|become)(?: more)?$", re.I
)
_INVITED = re.compile(r"\b(?:will|would|should|shall|may)(?: \w+ly)* be$", re.I)
_DUTY = re.compile(r"\b(?:must|should|shall|will|to)$", re.I)
_DONE_ALREADY = re.compile(
    r"\b(?:continu\w+|found|seen|shown|prov(?:ed|en)|known|considered|judged|appears?|seems?|began|begun|start\w+"
    r"|managed|remains?|helped) to\b",
    re.I,
)
_OBLIGATION = re.compile(r"\b(?:must|should|shall|will|needs? to|has to|have to|(?:is|are) (?:asked )?to)\b", re.I)
_AS_A_TASK = re.compile(
    r"^(?:improving|embedding|assuring)\b.*\b(?:is|are|remains?|needs?|will|should|must)\b"
    r"(?! (?:now |well |almost )?(?:complete|done|finished|under way|evident|clear|visible|strong|working))"
    r"|^(?:better|improved) .*\b(?:is|are|remains?) (?:the|our|a) (?:\w+ )?(?:step|aim|goal|task|priority)\b"
    r"|^(?:better|improved) .*\b(?:is|are) (?:still )?(?:being|needed|planned|wanted|asked for)\b",
    re.I,
)
_AFTERWARDS = re.compile(
    r"^\W*(?:(?!and\b)\w+ ){0,7}?(?:(?:cannot|can not|is not yet|are not yet|has not yet|not yet)(?: been| be)? "
    r"(?:measur|told|shown|known|judged|claimed|tested)"
    r"|(?:is|remains) (?:still )?(?:unclear|unknown)"
    r"|(?:is|will be|becomes) (?:first )?(?:measurable|measured|tested|judged))",
    re.I,
)


def claims_nothing(text: str, before: str, after: str, *, quantity: bool, assurance: bool) -> bool:
    """Whether a word is hedged before or after, only intended, or part of what people are asked to do.

    `before` and `after` are what stands on both sides of the word `text` in its clause. A `quantity` ("all",
    "most") counts nothing in a duty. An `assurance` that "should be" taken is offered, not planned.

    >>> claims_nothing("improved", "we cannot tell whether consent has", "", quantity=False, assurance=False)
    True
    >>> claims_nothing("improved", "we cannot tell about visits and consent has", "", quantity=False, assurance=False)
    False
    """
    if _hedged(before) or _AFTERWARDS.match(after):
        return True
    if quantity and _OBLIGATION.search(f"{before} {after}"):
        return True
    if _intended(text, before) and not (assurance and _INVITED.search(before)):
        return True
    return before.lower() in ("", "a", "an", "the") and bool(_AS_A_TASK.match(text + after))


def _hedged(before: str) -> bool:
    """Whether the last hedge before a word still reaches it."""
    ends = [match.end() for match in _HEDGES.finditer(before)]
    return bool(ends) and not _left_behind(before[ends[-1] :])


def _left_behind(rest: str) -> bool:
    """Whether a new statement has begun since the hedge: what it governs is told, and a subject follows a join."""
    for join in _JOINS.finditer(rest):
        governed, new = rest[: join.start()], rest[join.end() :]
        if _GOES_ON.match(new) or _ONLY_VERBS.match(new):
            continue
        # The comma of ", and" begins a new statement, unless it is the last of a list.
        if _SAYS_ENOUGH.search(governed) or (join.group() == ", and" and "," not in governed):
            return True
    return False


def _intended(text: str, before: str) -> bool:
    """Whether something is still to be done: "to improve", "must be embedded", but not "continues to improve"."""
    if _DONE_ALREADY.search(before):
        return False
    if _BASE_FORMS.fullmatch(text):
        return bool(_INTENT.search(before))
    return bool(_TO_BE_DONE.search(before)) or (text.lower() == "consistently" and bool(_DUTY.search(before)))

"""The headers that nobody has to teach: what people usually call a field, and what tools add by themselves."""

import re
from collections.abc import Iterable, Mapping

from ilacs_audit.intake.cells.spelling import fold, named_words

HAND_MADE = "hand-made sheet"
IGNORE = "ignore"
_TEXT = """
child_ref = case id | case ref | case reference | case number | child id | child ref | child reference | person id |
    client id | mosaic id | lcs id | liquidlogic id | system id | ref | reference | child case reference
request_ref = request ref | request reference | request id
child_name = childs name | child name | name of child | young persons name | child | young person | yp name |
    service user | service user name | service users name | client name | name of young person
date_of_birth = dob | date of birth | d o b | childs date of birth
team = team | team name | service team
worker = worker | social worker | allocated worker | allocated social worker | case worker | practitioner
supervisor = supervisor | line manager | team manager
auditor = auditor | auditor name | name of auditor | audited by | completed by | audit completed by
auditor_email = auditor email | auditors email
audited_on = date audited | audit date | date of audit | audited on
completed_on = date completed | completed on
received_on = date received | received on | date returned
week_commencing = week commencing | w c | wc | week beginning
grade = overall grade | overall judgement | audit grade | overall grade ofsted | grade
moderated_grade = moderated grade | moderation grade | grade after moderation
moderator = moderator | moderated by | name of moderator
moderated_on = date moderated | moderated on | moderation date | date of moderation
comment = comment | comments | auditor comments | notes | evidence | please say more | say more
reader = reader role | role of reader | rater | rater role | role of rater | type of rater | rater type
drafted_by = drafted by | who drafted | drafted with | comments drafted by | comment drafted by | words drafted by
agency = agency | organisation | partner agency
question = question | standard | audit question | question text
answer = answer | response | rating | response text | answer text | response value | answer value
answer_code = response code | answer code
status = status | moderation status | moderationstatus | approval status | workflow status | workflow state |
    submitted | is submitted
returned = return received | returned | return received y n
"""
FIELDS: Mapping[str, tuple[str, ...]] = named_words(_TEXT)
EXPORTERS: Mapping[str, Mapping[str, str]] = {
    "Microsoft Forms": {
        "id": "ignore",
        "start time": "ignore",
        "completion time": "completed_on",
        "email": "auditor_email",
        "name": "auditor",
        **dict.fromkeys(("last modified time", "total points", "quiz feedback", "grade posted time"), "ignore"),
    },
    "Google Forms": {"timestamp": "completed_on", "email address": "auditor_email"},
    "SharePoint list": {
        **{"title": "child_ref", "created": "completed_on", "created by": "auditor", "author": "auditor"},
        **dict.fromkeys(("id", "modified", "modified by", "editor", "item type", "path", "content type"), "ignore"),
        **dict.fromkeys(("attachments", "version", "compliance asset id", "folder child count"), "ignore"),
    },
    "case-system export": {
        **{"person id": "child_ref", "form completed by": "auditor", "form completed date": "audited_on"},
        **dict.fromkeys(("form id", "workflow step", "workflow step id", "form type"), "ignore"),
    },
}
_SIGNS: Mapping[str, tuple[frozenset[str], ...]] = {
    "Microsoft Forms": (frozenset({"start time", "completion time"}),),
    "Google Forms": (frozenset({"timestamp"}),),
    "SharePoint list": tuple(
        frozenset(each)
        for each in (
            *(("item type", "path"), ("created", "created by"), ("created", "author"), ("modified", "editor")),
            *(("modified", "modified by"), ("id", "modified")),
        )
    ),
    "case-system export": (frozenset({"form id"}), frozenset({"workflow step"}), frozenset({"workflow step id"})),
}

_ABOUT = "is has was been the this audit form record return entry submission in full fully all sections y n yes no"
_HOW_FAR = "status state progress complete completed finished finalised submitted draft"
_SENDING = frozenset(_HOW_FAR.split())
_OF_THE_FORM = _SENDING.union(_ABOUT.split())


def is_status(header: str) -> bool:
    """Whether a header asks of the form itself how far it is, and of no child.

    >>> [is_status(each) for each in ("Has the audit been completed in full?", "Draft?", "Assessment complete?")]
    [True, True, False]
    """
    words = frozenset(fold(header).split())
    return bool(words & _SENDING) and words <= _OF_THE_FORM


_SAID = "answer|score|rating|response|judgement|view|finding|decision|outcome"
_WHOSE = rf"(?:the )?(?:{{}}|{{}} (?:reader|auditor|reviewer|rater))s?(?: (?:{_SAID}))?"
_SECOND = _WHOSE.format("mod(?:erat(?:or|ed|ion))?", "(?:2nd|second)")
_FIRST = _WHOSE.format("auditor", "(?:1st|first)")
_FAMILY = rf"(?:parents?|carers?|family|families)(?: (?:{_SAID}))?"
_READ_BY = {
    kind: re.compile(rf"{whose} (?P<after>.+)|(?P<before>.+?) (?:by )?{whose}")
    for kind, whose in (("moderated", _SECOND), ("standard", _FIRST), (IGNORE, _FAMILY))
}
UNITS = ("child_ref", "request_ref", "child_name", "worker")


def unit_fields(unit: str) -> tuple[str, ...]:
    """The fields that name what one row is about, the telling one first; `unit` is the theme's word for it.

    >>> unit_fields("help request"), unit_fields("file")
    (('request_ref', 'child_ref'), ('child_ref', 'request_ref', 'child_name'))
    """
    return ("worker",) if "worker" in unit else ("request_ref", "child_ref") if "request" in unit else UNITS[:3]


def exporter(headers: Iterable[str]) -> str:
    """Which tool made the sheet, told by the columns that only it adds.

    >>> exporter(["ID", "Start time", "Completion time", "Email", "Name", "Question 1"])
    'Microsoft Forms'
    """
    found = {fold(header) for header in headers}
    return next((name for name, signs in _SIGNS.items() if any(sign <= found for sign in signs)), HAND_MADE)


def read_by(header: str) -> tuple[str, str]:
    """A question without the reader whose answer its header says it is, and the kind of that; ("", "") without one.

    >>> read_by("Was the child seen? (moderator)"), read_by("Moderated - Plan"), read_by("Was the child seen?")
    (('was the child seen', 'moderated'), ('plan', 'moderated'), ('', ''))
    """
    found = ((kind, shape.fullmatch(fold(header))) for kind, shape in _READ_BY.items())
    return next(((told["after"] or told["before"], kind) for kind, told in found if told), ("", ""))

"""Who a child is, as registers write it: one word for each age band, ethnic group and plan, and whether disabled.

What a register says in several ways is one group, what says that nothing is known is none, and what nobody can
understand is told and never dropped.
"""

import re

from ilacs_audit.domain.columns import PLAN_NOT_KNOWN, plan_of
from ilacs_audit.domain.errors import bare

NOT_SAID, NOT_UNDERSTOOD = "", "not understood"
_UNSAID = re.compile(
    r"(?:(?:ethnic\w*|information|data|disability|age|status|details?|code|value|child) )*(?:is |was )?"
    r"(?:not (?:yet )?(?:been )?(?:stated|known|recorded|obtained|given|said|asked|disclosed|specified|provided"
    r"|available|collected|entered|sure|clear|applicable|declared|assessed|supplied|established|completed)"
    r"|un(?:known|disclosed|specified|stated|clear|sure|available|recorded)|refu(?:sed|sal)?|nobt|declined?"
    r"|prefer\w* not|(?:do|does|did|would|will) ?no?t|no (?:information|data|record|response|answer|reply|details)"
    r"|missing|blank|null|nan|tbc|tba|to be confirmed|awaiting|pending|n ?k|n ?a|d ?k)(?: .*)?"
)
_NONE = frozenset({"", "none"})
_ETHNIC = {
    **{"wbri": "White British", "wiri": "White Irish", "wirt": "Traveller of Irish heritage", "wrom": "Gypsy or Roma"},
    **{"woth": "Any other White background", "mwbc": "White and Black Caribbean", "mwba": "White and Black African"},
    **{"mwas": "White and Asian", "moth": "Any other mixed background", "aind": "Indian", "apkn": "Pakistani"},
    **{"aban": "Bangladeshi", "aoth": "Any other Asian background", "bcrb": "Black Caribbean", "bafr": "Black African"},
    **{"both": "Any other Black background", "chne": "Chinese", "ooth": "Any other ethnic group"},
}
_BEFORE_ITS_NAME = re.compile(r"^\s*(?:[A-Za-z]\d{0,2}|[A-Z]{4})\s*[-–:)]\s*(?=\w)")
_CODE_ALONE = re.compile(r"[a-z]?\d{1,3}[a-z]?|[a-z]")  # "A1" is Indian in one list and White British in another
_NUMBER = {"one": "1", "two": "2", "five": "5", "ten": "10", "sixteen": "16"}
_BAND = re.compile(r"(\d{1,2}) (?:to |and )?(\d{1,2})")
_OPEN = re.compile(r"(\d{1,2}) (?:and (?:over|above|older)|or (?:over|above|older)|plus|over)")
_UNDER = re.compile(r"(?:under|below|less than|younger than) (\d{1,2})")
_OLDEST = 25  # care leavers have a plan until then
_DISABLED = frozenset({"yes", "y", "disabled", "true", "1", "a", "is disabled"})
_NOT_DISABLED = frozenset(
    {"no", "n", "not disabled", "none", "false", "0", "b", "none known", "no disability", "no known disability", "nil"}
    | {"no disabilities", "no known disabilities", "none identified", "none recorded", "does not have a disability"}
)
_CONDITIONS = re.compile(  # words that name a disability, and the codes of the census of children in need
    r"\b(?:(?:autis|asperger|adhd|learning|cerebral palsy|epilep|deaf|blind|wheelchair|disab|impair|muscular|spina)\w*"
    r"|down ?s? syndrome|(?:aut|asd|asc|add|beh|comm|con|dda|hand|hear|inc|ld|mob|pc|vis|physical|mobility|hearing"
    r"|vision|visual|sensory|communication|behaviour|consciousness|incontinence|personal care|hand function))\b"
)
_DOUBT = re.compile(
    r"\b(?:no|not|none|nor|query|queried|possib|suspect|maybe|awaiting|under|undergoing|investigat|ruled|without|un)"
)


def _words(said: object) -> str:
    """The words as they are compared: small letters and single spaces, no marks, and no letter of a code before."""
    text = re.sub(r"^\s*[a-zA-Z]\)", "", str(said)).replace("’", "'").replace("'", "").casefold()
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def unsaid(said: object) -> bool:
    """Whether a cell says that nothing is known.

    >>> [unsaid(each) for each in ("Not stated", "N/K", "NOBT", "Prefer not to say", "Not disabled", "Northern Irish")]
    [True, True, True, True, False, False]
    """
    words = _words(said)
    return not words or _UNSAID.fullmatch(words) is not None


def age_band_of(said: object) -> str:
    """The band of ages, however it is written; an age alone is in that of the censuses.

    >>> [age_band_of(each) for each in ("05-09", "5–9 yrs", "Under one", "16+", "7", "Unknown", "May")]
    ['5 to 9', '5 to 9', 'under 1', '16 and over', '5 to 9', '', 'not understood']
    """
    if unsaid(said) or _words(said) in _NONE:
        return NOT_SAID
    text = _words(str(said).replace("+", " plus ").replace("<", " under "))
    text = re.sub(r"(?<=\d)(?=[a-z])", " ", text)
    words = [_NUMBER.get(word, word) for word in text.split()]
    text = " ".join(each for each in words if each not in ("age", "aged", "ages", "years", "year", "yrs", "yr", "old"))
    if text in ("unborn", "pre birth", "prebirth"):
        return "unborn"
    if found := _BAND.fullmatch(text):
        first, last = map(int, found.groups())
        known = first <= last <= _OLDEST
        return ("under 1" if last == 0 else f"{first} to {last}") if known else NOT_UNDERSTOOD
    if found := _OPEN.fullmatch(text):
        return f"{int(found[1])} and over"
    if found := _UNDER.fullmatch(text):
        return "under 1" if int(found[1]) == 1 else f"0 to {int(found[1]) - 1}"
    return _of_age(int(text)) if text.isdecimal() and int(text) <= _OLDEST else NOT_UNDERSTOOD


def _of_age(age: int) -> str:
    bands = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"))
    return next((band for end, band in bands if age < end), "16 and over")


def ethnic_group_of(said: object) -> str:
    """The ethnic group as a register writes it, a census code by its name; another code alone is not understood.

    >>> [ethnic_group_of(each) for each in ("WBRI", "A1 - White  British", "REFU", "None", "A1")]
    ['White British', 'White British', '', '', 'not understood']
    """
    named = _BEFORE_ITS_NAME.sub("", str(said))
    words = _words(named)
    if unsaid(said) or unsaid(named) or words in _NONE:
        return NOT_SAID
    return NOT_UNDERSTOOD if _CODE_ALONE.fullmatch(words) else _ETHNIC.get(words, " ".join(named.split()))


def plan_type_of(said: object) -> str:
    """The plan as a register writes it.

    >>> plan_type_of("Early  Help"), plan_type_of("none"), plan_type_of("Not recorded")
    ('Early Help', 'none', '')
    """
    return NOT_SAID if unsaid(said) else " ".join(str(said).split())


def same_plan(said: str) -> str:
    """What two spellings of one plan have in common.

    >>> same_plan("CP") == same_plan("Child Protection Plan"), same_plan("Early Help") == same_plan("early-help")
    (True, True)
    """
    plan = plan_of(said)
    return bare(said) if plan == PLAN_NOT_KNOWN else plan


def disability_of(said: object) -> str:
    """Whether a child is disabled: "disabled", "not disabled", nothing where it is not known, or not understood.

    >>> [disability_of(each) for each in ("b) No", "Autism, learning disability", "N/K", "possible ADHD")]
    ['not disabled', 'disabled', '', 'not understood']
    """
    words = _words(said)
    if words in _NOT_DISABLED:
        return "not disabled"
    if words in _DISABLED:
        return "disabled"
    if unsaid(said):
        return NOT_SAID
    sure = _DOUBT.search(words) is None and "?" not in str(said)
    return "disabled" if sure and (words.startswith("yes ") or _CONDITIONS.search(words)) else NOT_UNDERSTOOD

"""What the words of a case system mean: known codes by whole words, and all others put together.

A word that is not known is never printed, because it may be a sentence about one child; its owner is told how many.
"""

from collections.abc import Mapping

OTHERWISE = "in other words"
TAKES_OUT = frozenset({"transfer", "step down", "step down or close", "close", "cease", "end", "no further action"})
OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "end": ("end", "ended"),
    "step down or close": ("step down or close", "step down and close"),
    "transfer": ("transfer", "transferred"),
    "step down": ("step down", "stepped down"),
    "close": ("close", "closed", "closure", "case closed", "close case"),
    "cease": ("cease", "ceased"),
    "no further action": ("no further action", "nfa"),
    "step up": ("step up", "stepped up"),
    "re-allocate": ("re allocate", "reallocate", "re allocated", "reallocated", "re allocation", "reallocation"),
    "remain open": ("remain open", "remains open", "remain", "keep open", "stay", "continue"),
}
REFUSED: Mapping[str, tuple[str, ...]] = {
    "no consent": (
        *(
            "no consent",
            "consent refused",
            "refused consent",
            "consent declined",
            "declined consent",
            "consent withheld",
        ),
        *("consent withdrawn", "withdrawn consent", "withdrew consent", "consent not given", "consent not obtained"),
        *("did not consent", "without consent", "lack of consent"),
    ),
    "consent": (
        "consent given",
        "gave consent",
        "consent obtained",
        "consent not needed",
        "consent not required",
        "consent to share not needed",
    ),
}
UNDECIDED = (
    "no decision",
    "not decided",
    "undecided",
    "to be decided",
    "to be confirmed",
    "tbc",
    "tba",
    "unknown",
    "not known",
)
DECISIONS: Mapping[str, tuple[str, ...]] = {
    "step down": OUTCOMES["step down"],
    "agree": ("agree", "agreed", "approve", "approved"),
    "continue": ("continue", "continued", "remain", "no change"),
    "decline": ("decline", "declined", "refuse", "refused", "not agreed", "not approved"),
    "defer": ("defer", "deferred", "more information needed"),
}
WAITS_FOR: Mapping[str, str] = {  # what a home that is not open waits for, by what its words hold
    "awaiting planning permission": "planning",
    "awaiting registration": "registration",
    "awaiting staff": "staff",
}
# What may stand round a code; with any other word nobody knows what was decided.
_AROUND = """
to the a of in on from for by and this was has team case cases plan child young person protection need early help
locality long term looked after care leaving assessment support universal services service family families parent
parents mother father share sharing information placement residential foster fostering home
"""


# The activity codes of the yearly return on children in care, and the two words that papers use.
EET = frozenset(["f1", "p1", "f2", "p2", "f3", "p3", "f4", "p4", "f5", "p5", "eet"])
NEET = frozenset(["g4", "g5", "g6", "neet"])


def first_word(said: str) -> str:
    """The first word of a coded answer, in small letters, without the letter that a form puts before it.

    >>> [first_word(each) for each in ("a) Yes", "F4: apprenticeship", "NREQ - no longer", "")]
    ['yes', 'f4', 'nreq', '']
    """
    words = "".join(letter if letter.isalnum() else " " for letter in said.casefold()).split()
    lettered = len(words) > 1 and len(words[0]) <= 2 and words[0].isalpha() and said.strip()[len(words[0]) :][:1] == ")"
    return words[lettered] if words else ""


def code_of(said: str, codes: Mapping[str, tuple[str, ...]]) -> str:
    """The code that a text says, and nothing else beside; `OTHERWISE` for any other, and none for what decides nothing.

    >>> [code_of(each, OUTCOMES) for each in ("Transfer ", "step up to child protection", "endorse the plan", "TBC")]
    ['transfer', 'step up', 'in other words', '']
    """
    words = "".join(letter if letter.isalnum() else " " for letter in said.casefold()).split()
    said = " ".join(words)
    waits = words[:1] in (["awaiting"], ["pending"]) and "decision" in words
    if not words or waits or any(said == each or said.startswith(f"{each} ") for each in UNDECIDED):
        return ""
    around = frozenset(_AROUND.split())
    words = words[next((at for at, word in enumerate(words) if word not in around), 0) :]
    spellings = [(spelt.split(), name) for name, every in codes.items() for spelt in every]
    known = sorted(spellings, key=lambda each: -len(each[0]))
    begun = ((spelt, name) for spelt, name in known if words[: len(spelt)] == spelt)
    return next((name for spelt, name in begun if around.issuperset(words[len(spelt) :])), OTHERWISE)

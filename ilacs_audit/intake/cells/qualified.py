"""An answer with words behind it: "Yes - see note 12" is a yes, "Yes - but not recorded" is not said clearly enough.

Nothing is ever read as better than what was written. Words that could take an answer back, and words that hold
another answer of the scale, leave it unread; what does not meet the standard stays what it is, whatever follows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

_BREAK = re.compile(r"\s*[-–—,:;(\[]\s*|\.\s+")
_LETTER = 2  # one letter alone, as in "I saw", is no other answer
_TAKES_BACK = re.compile(
    r"\b(but|not?|nor|never|none|nothing|nobody|cannot|without|except|apart from|although|though|however|only|unless"
    r"|until|if|partly|partially|partial|in part|mostly|largely|some|sometimes|missing|lack\w*|incomplete|unclear"
    r"|unsure|late|later|overdue|delay\w*|outside|beyond|poor\w*|weak\w*|limited|yet|should|could|would|need\w*"
    r"|require\w*|further|tbc|query|fail\w*|absent|in?consisten\w*|insufficien\w*|inadequa\w*|improve\w*|gaps?"
    r"|barely|hardly|almost|nearly|maybe|perhaps|possibly|minimal\w*|brief\w*|old|out of date|outstanding|due|awaiting"
    r"|pending|drift\w*|concern\w*|just|borderline|lower|low|edge|slightly|somewhat|quite|fairly|towards|subject to"
    r"|provisional\w*|draft|in places|at times|still|wrong\w*|differ\w*|instead|rather)\b|n't\b|n’t\b|\?",
    re.IGNORECASE,
)


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a cell into an answer and the words behind it.

    >>> list(parts("Yes - see note (12/3)"))
    [('Yes', 'see note (12/3)'), ('Yes - see note', '12/3)')]
    """
    for found in _BREAK.finditer(text):
        if found.start() and found.end() < len(text):
            yield text[: found.start()], text[found.end() :]


def contradicted(answer: str, words: str, *, known: Mapping[str, str], unmet: Collection[str]) -> bool:
    """Whether the words behind an answer could make another of it; `unmet` are the answers that meet nothing.

    >>> scale = {"yes": "yes", "no": "no", "partly": "partly"}
    >>> contradicted("yes", "see note", known=scale, unmet=["no"]), contradicted("yes", "partly", known=scale, unmet=[])
    (False, True)
    >>> contradicted("no", "not recorded", known=scale, unmet=["no"])
    False
    >>> contradicted("no", "not applicable", known={**scale, "not": "no", "not applicable": "n/a"}, unmet=["no"])
    True
    """
    left = f" {words.casefold()} "
    for text, word in sorted(known.items(), key=lambda each: len(each[0]), reverse=True):
        if word == answer and len(text) >= _LETTER:
            left = re.sub(_alone(text), " ", left)
        elif word != answer and text not in ("no", "not") and (len(text) >= _LETTER or text.isdigit()):
            left = "" if re.search(_alone(text), left) else left
    if not left:
        return True
    others = [text for text, word in known.items() if word != answer]
    return left.strip(" .)]") in others or (answer not in unmet and bool(_TAKES_BACK.search(left)))


def _alone(text: str) -> str:
    return rf"(?<![\w/]){re.escape(text)}(?![\w/])"

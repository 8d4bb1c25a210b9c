"""Whether a cell names an AI: a word for one, or the name of a tool however it is spelt.

A tool signs returns as people do, and its answers may stand for nobody's. So its name is looked for in longer cells
too, and a name that people have as well counts only where nothing but words for a tool stands beside it.
"""

import re
from collections.abc import Iterable, Mapping

from ilacs_audit.domain.columns import AI
from ilacs_audit.intake.cells.spelling import clean, fold

# Names of tools that nobody has, wherever they stand; a space may stand between their parts.
_TOOLS = (
    *("copilot", "co pilot", "chat gpt", r"\bgpt", r"\bgemini", r"\bmagic notes?", r"\bopen ai", r"\banthropic"),
    *(r"\bllama", r"\bmistral", r"\bdeep seek", r"\bperplexity", r"\bgrok", r"\bnotebook lm", r"\bchat ?bot"),
)
_TOOL = re.compile(f"(?:{'|'.join(_TOOLS).replace(' ', ' ?')})(?![a-z])")
_CORE = frozenset(
    [
        "ai",
        "machine",
        "llm",
        "artificial",
        "intelligence",
        "language",
        "bot",
        "robot",
        "claude",
        "bard",
        "bing",
        "cortana",
    ]
)
_BESIDE = frozenset(
    [
        "a",
        "an",
        "the",
        "by",
        "reader",
        "rater",
        "reviewer",
        "auditor",
        "audit",
        "moderator",
        "moderated",
        "moderation",
        "assessor",
        "marker",
        "tool",
        "assistant",
        "model",
        "system",
        "software",
        "app",
        "bot",
        "large",
        "learning",
        "generated",
        "first",
        "second",
        "1st",
        "2nd",
        "opus",
        "sonnet",
        "haiku",
        "version",
        "v",
        "pro",
        "ultra",
        "flash",
        "microsoft",
        "ms",
        "google",
        "m365",
        "office",
        "code",
    ]
)
_WORD = re.compile(r"(?<![^\W_])(?:AI|ai)(?![^\W_])")  # "Ai" is a person's name
_LETTERS = re.compile(r"\ba i\b")


def is_ai(folded: str, learnt: Iterable[str] = ()) -> bool:
    """Whether folded words name an AI: a tool among them, one of those `learnt`, or none but words for a machine.

    >>> [is_ai(each) for each in ("co pilot 365", "ai reader", "claude 3", "claude moreau", "ai checked")]
    [True, True, True, False, False]
    """
    words = _LETTERS.sub("ai", folded).split()
    listed = any(f" {fold(each)} " in f" {folded} " for each in learnt if fold(each))
    plain = all(word in _CORE | _BESIDE or word.isdigit() for word in words) and not _CORE.isdisjoint(words)
    return listed or plain or bool(_TOOL.search(folded))


def signs_as_ai(name: str, learnt: Mapping[str, Iterable[str]]) -> bool:
    """Whether whoever signs a return is an AI, by the name, address or agency in a cell.

    `learnt` is what a council has written of readers: a role -> the words for it. Who stands there is what it says.

    >>> [signs_as_ai(each, {}) for each in ("CoPilot_AI", "ai-reader@wexmoor.example", "Ai Tanaka", "jo@magic.ai")]
    [True, True, False, False]
    """
    local = clean(name).partition("@")[0]
    for role, words in learnt.items():
        if role != AI and fold(local) in map(fold, words):
            return False
    return is_ai(fold(local), learnt.get(AI, ())) or bool(_WORD.search(local))

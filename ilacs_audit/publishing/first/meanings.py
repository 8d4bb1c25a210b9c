"""What a column of a form that nobody has described could be: a question, a field, a comment, or nothing wanted."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ilacs_audit.intake.cells.days import read_day
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.tables.columns import Recogniser, Target
from ilacs_audit.intake.tables.layout import SheetTable
from ilacs_audit.intake.tables.mixed import tells_apart
from ilacs_audit.intake.tables.shapes.words import answers, could_be_a_name, heads_people
from ilacs_audit.intake.tables.usual import IGNORE, exporter, read_by
from ilacs_audit.publishing.first.down import DRAFT
from ilacs_audit.publishing.first.own_scales import asks, scale_of, unanswered, wording

QUESTION, COMMENT, MODERATED = "question", "comment", "moderated"
UNITS = {"file": ("child_ref", "child_name"), "request": ("request_ref",), "worker": ("worker",)}
_ALIKE = ("met", "yes_no")
_MODERATION = re.compile(r"\bmoderat(?:ors?|ed|ion)\b", re.IGNORECASE)
_WORDY = 25
_OF_THE_AUDIT = re.compile(r"\b(?:have|did|has)\b.*\b(?:talk|discuss|shar|feed)\w*.*\b(?:practitioner|worker)\b", re.I)
# "Was there drift?": whether "no" is the good answer cannot be told from words, only that it could be.
_BAD = (
    r"(?:disguised|out of (?:time\w*|hours)|drift|delay(?:s|ed)?|gaps?|errors?|omissions?|concerns?|missed|missing|"
    r"overdue|late|lacking|incomplete|inaccurate|out of date|"
    r"breach\w*|inappropriate|unsafe|cancelled|inconsisten\w+|avoidable|unnecessary|not)"
)
_DEALT_WITH = (
    r"(?:(?:avoid|address|challeng|escalat|explain|record|explor|resolv|respond|shar|reduc|identifi|manag|consider|"
    r"discuss|assess|act|prevent|minimis|follow|pursu|report)ed|understood|taken|known|clear|why)\b"
)
_DEALING = (
    r"(?:avoid|prevent|address|challeng|reduc|minimis|identify|tackl|explor|respond|(?:clear|explain\w*|recorded) why)"
)
_ADVERSE = re.compile(
    rf"(?!.*\b{_DEALING})(?:was|were|is|are|has|have|had|did|does|any)(?:\s+[\w’'-]+){{0,5}}?\s+{_BAD}\b"
    rf"(?!.*\b{_DEALT_WITH})",
    re.IGNORECASE,
)
_OF_THE_CHILD = re.compile(
    r"(?:(?:(?:is|was|has|does|are)\s+)?(?:(?:the|this|a)\s+)?(?:child(?:ren)?|young person|yp|client)\s+)?"
    r"(?:(?:is|was|has|have|had|a|an|the|on|in|subject to|currently|now|previous(?:ly)?|open to|known)\s+)*"
    r"(?:looked after|disabled|disability|gender|sex|male|female|ethnicity|in care|cla|lac|uasc|unaccompanied|"
    r"sen|send|ehcp|care leaver|"
    r"(?:(?:cp|cin|child protection|child in need|lac)\s+|(?<=on a )|(?<=to a ))plan(?:\s+type)?|"
    r"siblings?|care order)\W*(?:\(?(?:y/?n|yes/?no)\W*)?$",
    re.IGNORECASE,
)
_SAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("auditor", re.compile(r"\b(?:auditor|audited by|return completed by)\b")),
    (
        "child_ref",
        re.compile(r"\b(?:child\w*|person|client|case|young persons?)\b.*\b(?:id|ref|reference|number|no)\b"),
    ),
    ("child_name", re.compile(r"\b(?:child|childs|young persons?) (?:full )?(?:name|initials)\b|\binitials\b")),
    ("team", re.compile(r"\bteam\b(?!.*\b(?:manager|leader)\b)")),
    ("worker", re.compile(r"\b(?:social|allocated|case|key) ?worker\b|\bpractitioners? name\b")),
)
_REFERENCE = re.compile(r"[A-Za-z/-]{0,6}\d[\w/-]{2,}")


@dataclass(frozen=True)
class Column:
    """One column of the form: its number as a person is shown it, and what it could be.

    `meaning` is a field, a standard's id, "question", "comment", "moderated" or "ignore"; `scale` that of its answers.
    `at` are the tables that it stands in; `of_moderation` where it has answers, and none of the auditors'.
    """

    number: int
    header: str
    meaning: str
    scale: str = ""
    unsafe: bool = False
    at: frozenset[int] = frozenset()
    of_moderation: bool = False

    @property
    def asks(self) -> bool:
        """Whether its cells are answers to a question about practice."""
        return bool(self.scale)

    @property
    def adverse(self) -> bool:
        """Whether it may ask for what should not be, so that "no" could be the good answer."""
        return self.scale in _ALIKE and bool(_ADVERSE.match(wording(self.header)))

    @property
    def unread(self) -> bool:
        """Whether it asks, and its cells are answers on no scale."""
        asking = self.meaning == IGNORE and not (self.scale or self.unsafe or self.of_moderation) and asks(self.header)
        return asking and not _OF_THE_AUDIT.search(self.header)

    @property
    def of_the_child(self) -> bool:
        """Whether it seems to ask for a fact about the child, which nobody's practice can meet."""
        return self.meaning == QUESTION and bool(_OF_THE_CHILD.match(wording(self.header)))

    @property
    def shown(self) -> str:
        """The header as it may be shown: one that nobody has explained could be a person's name."""
        return f"(column {self.number})" if self.unsafe else self.header


def headers_asking(table: SheetTable, recogniser: Recogniser) -> frozenset[str]:
    """The headers of a table over columns of answers, folded."""
    places = enumerate(table.headers)
    return frozenset(fold(text) for place, text in places if text and meaning_of(text, [table], [place], recogniser)[1])


def over_people(table: SheetTable, recogniser: Recogniser) -> bool:
    """Whether what stands over the answers are children and no questions: references, or what could be names.

    Or one column called "Answer" or so, of a sheet in which the questions stand at its left.
    """
    asked = headers_asking(table, recogniser)
    told = [text for text in table.headers if fold(text) in asked]
    if len(told) == 1 and answers(told[0]):
        return True
    references = [text for text in told if _REFERENCE.fullmatch(text.strip())]
    if 2 * len(references) > len(told) or not heads_people(told):
        return 2 * len(references) > len(told)
    read = {meaning_of(text, [table], [place], recogniser)[0] for place, text in enumerate(table.headers) if text}
    return read.isdisjoint(name for names in UNITS.values() for name in names)  # no column says whose row it is


def columns_of(tables: Sequence[SheetTable], recogniser: Recogniser) -> tuple[Column, ...]:
    """The form's columns: one for each header, whichever sheet or place it stands in."""
    headers = {fold(text): text for table in reversed(tables) for text in reversed(table.headers) if text}
    found: list[Column] = []
    folded = [[fold(text) for text in table.headers] for table in tables]
    for number, key in enumerate(reversed(headers), start=1):
        places = [each.index(key) if key in each else -1 for each in folded]
        meaning, scale = meaning_of(headers[key], tables, places, recogniser)
        taken = any(each.meaning == meaning for each in found) and meaning not in (QUESTION, COMMENT, MODERATED, IGNORE)
        meaning, scale = (IGNORE, "") if taken else (meaning, scale)
        if recogniser.target(headers[key]) is None and not scale and unanswered(headers[key], _filled(tables, places)):
            meaning, scale = QUESTION, _ALIKE[-1]
        named = could_be_a_name(headers[key]) and not tells_apart(headers[key])
        unsafe = meaning == IGNORE and not scale and named
        at = frozenset(table for table, place in enumerate(places) if place >= 0)
        found.append(Column(number, headers[key], meaning, scale, unsafe, at))
    asked = {fold(each.header) for each in found if each.asks and read_by(each.header)[1] in ("", "standard")}
    asked |= {text for text, kind in (read_by(each.header) for each in found) if kind == "standard"}
    found = [_by_its_reader(each, asked) for each in found]
    # y and n stand for yes and no as well as for met and not met: one scale for all of a form.
    alike = [each for each in found if each.meaning == QUESTION and each.scale in _ALIKE]
    common = Counter(each.scale for each in alike).most_common(1)
    return tuple(replace(each, scale=common[0][0]) if each in alike else each for each in found)


def _by_its_reader(column: Column, asked: Collection[str]) -> Column:
    """A column of a moderator's or a family's answers as what it is: to a question of the auditors', or to none."""
    question, kind = read_by(column.header)
    again = kind == MODERATED or _MODERATION.search(column.header) or (kind == IGNORE and question in asked)
    if column.meaning not in (QUESTION, IGNORE) or not again:
        return column
    if kind == MODERATED and question in asked:
        return replace(column, meaning=MODERATED, scale="", unsafe=False)
    return replace(column, meaning=IGNORE, scale="", of_moderation=column.asks)


def meaning_of(
    header: str, tables: Sequence[SheetTable], places: Sequence[int], recogniser: Recogniser
) -> tuple[str, str]:
    """What a column could be, and the scale of its answers, "" where it holds none."""
    target = recogniser.target(header, made_by=exporter(tables[0].headers))
    if isinstance(target, Target) and target.kind == "standard":
        asked = recogniser.standards[target.name]
        return QUESTION if asked.theme == DRAFT else asked.id, asked.scale.id
    if isinstance(target, Target):
        return MODERATED if target.kind == MODERATED else target.name or IGNORE, ""
    cells = _filled(tables, places)
    scale = scale_of(header, cells, recogniser.columns)
    if scale:
        return (IGNORE, "") if _OF_THE_AUDIT.search(header) else (QUESTION, scale)
    return _field(header, cells), ""


def _filled(tables: Sequence[SheetTable], places: Sequence[int]) -> list[Any]:
    pairs = zip(tables, places, strict=True)
    return [cell for table, place in pairs if place >= 0 for cell in table.column(place) if written(cell)]


def _field(header: str, cells: Sequence[Any]) -> str:
    """A field where the header's words and the cells agree, a comment where people wrote sentences, else nothing."""
    folded = fold(header)
    for name, says in _SAYS:
        if says.search(folded) and _fits(name, cells):
            return name
    if not cells or _dates(cells):
        return IGNORE
    chosen = sum(written(cell).endswith(";") for cell in cells)  # choices from a list, as "Mother;Father;"
    wordy = sorted(len(written(cell)) for cell in cells)[len(cells) // 2] >= _WORDY
    return COMMENT if wordy and 2 * chosen <= len(cells) else IGNORE


def _fits(name: str, cells: Sequence[Any]) -> bool:
    told = [written(cell) for cell in cells]
    references = sum(bool(_REFERENCE.fullmatch(text.strip())) for text in told)
    return 2 * references > len(told) if name == "child_ref" else 2 * references < len(told) and not _dates(cells)


def _dates(cells: Sequence[Any]) -> bool:
    return 2 * sum(bool(read_day(cell).day) for cell in cells) > len(cells)

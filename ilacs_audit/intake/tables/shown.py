"""The returns as a person is asked about them: every table of them, and no header that could be somebody's name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import SCALES, Scale, Standard, Standards
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.files.sources import Source, return_files, sources
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.columns import ColumnMap, Headed, Recogniser, Target
from ilacs_audit.intake.tables.layout import SheetTable, likely_table
from ilacs_audit.intake.tables.open_files import sheets_or_none, tables_to_search
from ilacs_audit.intake.tables.questions import Columns, asked, assign
from ilacs_audit.intake.tables.shapes.words import Words, could_be_a_name
from ilacs_audit.intake.tables.usual import FIELDS

# What headers are made of beside the catalogue's own words; a longer list hides fewer of them.
_ORDINARY_TEXT = """
ethnicity gender age sex religion language disability school nationality status legal home authority address postcode
ward area plan type case care need key local next steps action actions strengths concerns risks risk summary outcome
outcomes judgement priority placement visit visits review health family education overall total points feedback score
form start end time id row quality assurance impact analysis history views voice wishes feelings nhs open closed seen
alone up to date due last first surname forename title contact referral assessment meeting decision manager oversight
supervision social smart timely child children parents chronology genogram threshold permanence pathway safety
safeguarding strategy discussion management recording file frequency on of in the and for by at is was with number not
other further cyp
"""
ORDINARY = frozenset(_ORDINARY_TEXT.split())
_FORENAMES = frozenset(
    {"will", "mark", "may", "june", "april", "grace", "faith", "hope", "joy", "rose", "summer", "max"}
)


@dataclass(frozen=True)
class Seen:
    """A table of a return, and how its headers are recognised."""

    source: Source
    sheet: Sheet
    table: SheetTable
    recogniser: Recogniser
    wanted: Mapping[str, tuple[Standard, int]]
    words: frozenset[str] = frozenset()
    grade: Scale = SCALES["ofsted"]

    @cached_property
    def columns(self) -> Columns:
        """What every column stands for."""
        return assign(self.table, self.recogniser, self.wanted)

    def headers(self) -> list[Headed]:
        """Each header with its place and what it stands for; none that could be somebody's name and is not known."""
        return [each for each in self._headed if each not in self._kept_back]

    @property
    def hidden(self) -> int:
        """How many headers are kept back because they could be somebody's name or reference."""
        return len(self._kept_back)

    @cached_property
    def _headed(self) -> list[Headed]:
        return self.recogniser.headed(self.table.headers)

    @cached_property
    def _kept_back(self) -> list[Headed]:
        return [(place, text, told) for place, text, told in self._headed if told is None and self._hides(place, text)]

    def _hides(self, place: int, text: str) -> bool:
        """Whether a header is shaped like a name, and is neither made of our words nor one word over text."""
        if Words(self.recogniser).heads_a_child(text) == "reference":
            return True
        text = text.partition(": ")[0]  # a name over the first row of its answers is read as one header of two rows
        return could_name(text, self.words) and (" " in text or answered(self.table.column(place), self.recogniser))

    @property
    def where(self) -> str:
        """The file and the sheet; a sheet that could be called after somebody is not named."""
        name = self.sheet.name
        return f"{self.source.name}, sheet {name}" if name and not could_name(name, self.words) else self.source.name


@dataclass(frozen=True)
class Returns:
    """The returns that belong to an audit, opened once to be looked at with one map after another."""

    standards: Standards
    files: tuple[tuple[Source, tuple[Sheet, ...]], ...]
    words: frozenset[str] = frozenset()

    def seen(self, columns: ColumnMap) -> Iterator[Seen]:
        """Every table of the visible sheets."""
        for source, sheets in self.files:
            wanted = asked(self.standards, source.audit)
            grade = self.standards.theme(source.audit.theme).grade if source.audit else SCALES["ofsted"]
            recogniser = Recogniser(columns.of(source.audit), [standard for standard, _ in wanted.values()])
            for sheet in (sheet for sheet in sheets if sheet.visible):
                for table in tables_to_search(sheet, recogniser) or filter(None, [likely_table(sheet)]):
                    yield Seen(source, sheet, table, recogniser, wanted, self.words | _words(recogniser), grade)


def open_returns(
    source: str | Path, *, standards: Standards, programme: Programme | None = None, words: frozenset[str] = frozenset()
) -> Returns:
    """Open every return of an evidence folder that belongs to one audit; one that cannot be read has no sheets.

    `words` are those of the catalogue, which are nobody's name.
    """
    found = sources(return_files(Path(source)), programme)[0]
    return Returns(standards, tuple((each, tuple(sheets_or_none(each.path))) for each in found), words)


def could_name(text: str, words: frozenset[str]) -> bool:
    """Whether a header could be somebody's name: it has the shape of one, and not every word of it is ours.

    >>> could_name("Ava Moss", frozenset()), could_name("Moss, Ava", frozenset()), could_name("Legal Status", ORDINARY)
    (True, True, False)
    >>> could_name("Mgr Oversight", ORDINARY)  # nobody is called by consonants alone
    False
    """
    plain = re.sub(r"[.,]", "", text)
    theirs = {word for word in fold(text).split() if not re.fullmatch(r"[b-df-hj-np-tv-xz]{3,}", word)}
    return not re.search(r"\d", text) and could_be_a_name(plain) and not theirs <= words - _FORENAMES


def _words(recogniser: Recogniser) -> frozenset[str]:
    texts = [text for each in recogniser.standards.values() for text in (each.text, each.plain)]
    usual = [text for field, others in FIELDS.items() for text in (field, *others)]
    return ORDINARY | {word for text in (*texts, *usual) for word in fold(text).split()}


def answered(cells: Sequence[Any], recogniser: Recogniser, target: Target | None = None) -> bool:
    """Whether most cells are answers, on the scale of a standard where one is given."""
    told = [cell for cell in set(cells) if written(cell)]
    own = recogniser.standards.get(target.name) if target else None
    scales = [own.scale] if own else SCALES.values()
    known = [(scale, spellings(scale, recogniser.columns.answers)) for scale in scales]
    return 2 * sum(any(read_answer(cell, *each).answer for each in known) for cell in told) > len(told)

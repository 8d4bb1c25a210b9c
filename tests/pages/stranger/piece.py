"""One piece of a page while it is read: of which standard and which round each place in it speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.pages.stranger.blocks import CODE, Block
from tests.pages.stranger.truth.scope import MONTH, Scope, month

NUMBER = re.compile(r"(?<![\w⟦:/.-])[+-]?\d+(?:,\d{3})*(?:\.\d+)?%?(?![\w⟧/])")
PAIR = re.compile(r"(?<![\d.,-])(\d[\d,]*) of (?:the |these |those |all |our )?(\d[\d,]*)(?![\d%])")


@dataclass(frozen=True)
class Untrue:
    """A statement that what is known does not bear."""

    page: str
    said: str
    value: str
    known: str
    text: str


@dataclass
class Reading:
    """One piece of a page while it is read: which characters have been understood, and what was found untrue."""

    block: Block
    scope: Scope
    page: str = ""
    teams: set[str] = field(default_factory=set)
    read: list[tuple[int, int]] = field(default_factory=list)
    held: list[tuple[int, int]] = field(default_factory=list)
    untrue: list[Untrue] = field(default_factory=list)
    keyed: list[tuple[tuple, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.block.text

    def free(self, start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in self.read)

    def sentence(self, at: int) -> str:
        start = max((m.end() for m in re.finditer(r"[.!?] (?=[A-Z⟦\d“\"])", self.text[:at])), default=0)
        stop = re.search(r"[.!?](?= [A-Z⟦\d“\"]|$)", self.text[at:])
        return self.text[start : at + stop.end() if stop else len(self.text)]

    def code(self, at: int) -> str | None:
        """The standard of which a place speaks: its clause's, else the last one named, the next, or its row's."""
        start = max(self.text.rfind(";", 0, at), self.text.rfind(". ", 0, at)) + 1
        end = min((place for mark in (";", ". ") if (place := self.text.find(mark, at)) >= 0), default=len(self.text))
        if clause := CODE.findall(self.text[start:at])[-1:] or CODE.findall(self.text[at:end])[:1]:
            return clause[0]
        others = set(CODE.findall(self.sentence(at)))
        if others and ";" in self.sentence(at) and (len(others) > 1 or not CODE.search(self.text[:at])):
            return None
        if before := CODE.findall(self.text[:at]):
            return before[-1]
        if after := CODE.search(self.sentence(at)):
            return after[1]
        codes = self.block.codes
        return codes[0] if len(codes) == 1 else None

    def period(self, start: int, end: int) -> str | None:
        """The round of which a place speaks, where it says so."""
        here = self.text[end : end + 40]
        if found := re.match(rf"[^\d,;:.]{{0,22}}?\b(?:in )?({MONTH}) (\d{{4}})", here):
            return _period(found)
        if self.text.startswith("Then: "):  # of a challenged figure: its month stands at the end of each part
            part = self.text[: self.text.find("Now: ")] if start < self.text.find("Now: ") else self.text
            return _period(list(re.finditer(rf"({MONTH}) (\d{{4}})", part))[-1]) if re.search(MONTH, part) else None
        before = self.text[max(0, start - 160) : start]
        if said := list(re.finditer(rf"\b({MONTH}) (\d{{4}})(?::|,? it was $|,? in $)", before)):
            return _period(said[-1])
        if found := re.match(rf"(?:Read in )?({MONTH}) (\d{{4}})", self.block.column):
            return _period(found)
        for text in (self.block.row, *self.block.line.split(" | ")):
            if found := re.fullmatch(rf"({MONTH}) (\d{{4}})", text.strip()):
                return _period(found)
        return None

    def judge(self, start: int, end: int, value: Any, known: set | None, what: str) -> None:
        """Hold a value against what is known; nothing known is not understood."""
        if known is None or not self.free(start, end):
            return
        self.read.append((start, end))
        if value in known:
            self.held.append((start, end))
        else:
            around = self.text[max(0, start - 60) : end + 60]
            self.untrue.append(
                Untrue(self.page, what, str(value), ", ".join(map(str, sorted(known, key=str)[:6])), around)
            )


def _period(found: re.Match) -> str:
    return f"{found[2]}-{month(found[1]):02}"


def whole(text: str) -> int:
    return int(text.replace(",", ""))

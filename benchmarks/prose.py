"""How many sentences the prose check stops that it should let pass, and lets pass that it should stop.

The sentences stand in tests/claims/prose/sentences: some written by whoever wrote the rules, on the rows of five
pages of the example; the others by people who had not seen them, on one page of November 2024 or on the rows of a
whole edition. Run it with

    python -m benchmarks.prose

which prints the table and what was misjudged, and writes both into docs/commentary.md between its markers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import pandas as pd

from benchmarks.measuring import put
from ilacs_audit.claims.prose.findings import Findings
from ilacs_audit.claims.prose.keep import evidence
from ilacs_audit.claims.prose.linter import ProseProblem, lint_prose
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.catalogue import load_standards

ROOT = Path(__file__).parents[1]
SENTENCES = ROOT / "tests" / "claims" / "prose" / "sentences"
COMMAND = "python -m benchmarks.prose"
OURS, THEIRS = "the rules' author", "somebody else"
AUTHORS = {
    "page": THEIRS,
    "third": "a third author",
    "fourth": "a fourth author",
    "fifth": "a fifth author",
    "sixth": "a sixth author",
    "seventh": "a seventh author",
    "eighth": "an eighth author",
    "ninth": "a ninth author",
    "eleventh": "an eleventh author",
    "twelfth": "a twelfth author",
    "fifteenth": "a fifteenth author",
    "sixteenth": "a sixteenth author",
}
NOVEMBER = "november"
LISTS = "lists"
EDITION = "edition"
ABOUT = {"fifteenth": EDITION, "sixteenth": EDITION}  # the others are about the page of November


class Said(NamedTuple):
    """A sentence as somebody might write it on a page, whether the page's rows bear it, and who wrote it."""

    style: str
    page: str
    text: str
    borne: bool
    by: str = OURS

    @property
    def held_out(self) -> bool:
        """Whether it was kept away from whoever wrote the rules."""
        return bool(crc32(self.text.encode()) % 2)


class Labelled(NamedTuple):
    """A sentence about a page of November 2024, with the label and the reason of whoever wrote it for that page."""

    label: str
    style: str
    kind: str
    why: str
    text: str


def of_november(name: str = "page") -> list[Labelled]:
    """The sentences of one list that somebody wrote for the page of November without having seen the rules."""
    lines = (SENTENCES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [Labelled(*line.split("\t")) for line in lines]


def written() -> Iterator[Said]:
    """All sentences with their label."""
    for name, borne in (("borne", True), ("overclaimed", False)):
        for line in (SENTENCES / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            yield Said(*line.split("\t"), borne=borne)


def everything() -> list[Said]:
    """All sentences, also those that somebody else wrote."""
    theirs = (
        Said(each.style, ABOUT.get(name, NOVEMBER), each.text, each.label == "pass", author)
        for name, author in AUTHORS.items()
        for each in of_november(name)
    )
    return [*written(), *theirs]


@cache
def rows_of(page: str) -> pd.DataFrame:
    """What a page of the example released when the sentences were written."""
    from ilacs_audit.domain.measures import measures

    frame = pd.read_csv(SENTENCES / "rows" / f"{page}.csv", keep_default_na=False)
    return measures([{name: value for name, value in row.items() if value != ""} for row in frame.to_dict("records")])


@cache
def standards() -> Standards:
    """The example's standards, whose words name a row."""
    return load_standards(ROOT / "data" / "standards")


def problems(text: str, page: str = "con") -> tuple[ProseProblem, ...]:
    """What the check says of a sentence on a page."""
    return lint_prose(text, findings_of(page))


@cache
def findings_of(page: str) -> Findings:
    """What the sentences about a page may rest on."""
    if page == NOVEMBER:
        from tests.claims.prose.page import page as november

        return november()
    if page == LISTS:
        from tests.claims.prose.test_linter import FINDINGS

        return FINDINGS
    return evidence(rows_of(page), standards())


def misjudged(said: Sequence[Said]) -> list[Said]:
    """The sentences that are stopped though borne, or pass though not."""
    return [each for each in said if bool(problems(each.text, each.page)) == each.borne]


def table(said: Sequence[Said]) -> str:
    """How many of each kind were stopped, as Markdown."""
    lines = ["| Sentences | Written by | Style | Written | Stopped | Passed |", "|---|---|---|---|---|---|"]
    for borne, by, style in product(
        (False, True), (OURS, *AUTHORS.values()), dict.fromkeys(each.style for each in said)
    ):
        ours = [each for each in said if (each.borne, each.by, each.style) == (borne, by, style)]
        if not ours:
            continue
        stopped = sum(bool(problems(each.text, each.page)) for each in ours)
        kind = "borne by a row, or no claim" if borne else "over-claiming"
        lines.append(f"| {kind} | {by} | {style} | {len(ours)} | {stopped} | {len(ours) - stopped} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table and the misjudged sentences, and write them into the page."""
    said = everything()
    wrong = misjudged(said)
    told = [table(said)]
    for borne, heading in ((False, "Over-claims that pass"), (True, "Sentences stopped for no reason")):
        ours = [f"- {each.text}" for each in wrong if each.borne == borne]
        told += [f"{heading} ({len(ours)}):", "\n".join(ours) or "- none"]
    text = "\n\n".join([f"Made by `{COMMAND}`.", *told])
    print(text)
    put(text, name="prose")
    return 0


if __name__ == "__main__":
    sys.exit(main())

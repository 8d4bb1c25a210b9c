"""What a reference code names: the figure, what it said in each edition that readers have, and on which pages.

It is read out of what those editions released, so nobody learns more by a code than the pages told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ilacs_audit.claims.sentences.data_sentences import data_sentence
from ilacs_audit.disk.writing import read_json
from ilacs_audit.domain.audiences import audience as known_audience
from ilacs_audit.domain.calendar import Period, date_words, parse_day
from ilacs_audit.domain.errors import UsageError, near, quoted
from ilacs_audit.domain.measures import Row, measures, rows
from ilacs_audit.domain.references.codes import figure_of, is_reference, same_reference, series_of
from ilacs_audit.publishing.edition.edition import RUN
from ilacs_audit.publishing.outputs import Outputs

Summaries = Mapping[str, Mapping[str, Any]]
_BESIDE: Mapping[str, Any] = dict.fromkeys(("lower", "upper", "lower_read", "upper_read", "target"))
_UNKNOWN = "Copy the letters that stand beside the figure; run the period first if it has no pages yet."


@dataclass(frozen=True)
class Found:
    """One thing that has a code on one page: what it says, and which thing it is.

    `said` are the months that the page tells of it, the newest first, each with its sentence and a short one without
    range and target.
    """

    code: str
    page: str
    question: str
    said: tuple[tuple[str, str, str], ...]
    is_what: tuple[str, ...]

    @property
    def file(self) -> str:
        """The link to it from beside its page; a decision stands near the head of its page."""
        return f"{self.page}.html" + (f"#{self.code}" if self.is_what[0] != "decision" else "")

    def in_short(self, month: str = "") -> str:
        """What it says of a month in short, or of the newest; nothing where the page does not tell that month."""
        return next((short for told, _, short in self.said if month in ("", told)), "")


def look_up(code: str, summaries: Summaries, *, page: str = "") -> list[Found]:
    """Every page of an edition that shows what a code names; a `page` named is the only one, in whichever month."""
    ours = (each for each in summaries.items() if not page or series_of(each[0]) == series_of(page))
    return [found for name, told in ours for found in (*_figures(code, name, told), *_sentences(code, name, told))]


def things(found: Sequence[Found]) -> list[Found]:
    """The first place of each thing that a code names: one, or more where two pages have a figure of one code."""
    return [*{each.is_what: each for each in reversed(found)}.values()]


def find(code: str, *, outputs: Path, audience: str, period: str = "") -> str:
    """Say in a paragraph what a code names in the editions of an audience: where it stands, what it said each month.

    Raises UsageError where no edition has it, with the codes that look like it, and on a month without an edition.
    """
    readers, month = known_audience(audience), str(Period.parse(period)) if period else ""
    editions = {each: told for each, told in _editions(outputs, audience) if month in ("", each)}
    named = code.strip().upper()
    places = {each: look_up(named, told) for each, told in editions.items()}
    if not any(places.values()):
        of = f" of {Period.parse(month).words}" if month else ""
        known = {each for told in editions.values() for each in codes_of(told)}
        fix = near(named, sorted(known), otherwise=_UNKNOWN)
        raise UsageError(f"Nothing in the {readers.title.lower()}{of} has the code {quoted(code)}.", fix=fix)
    lines = [f"{named}, in the {readers.title.lower()}:"]
    for each, found in places.items():
        lines += _paragraph(
            f"{audience}/{each}", found, read_json(Outputs(outputs).shared(audience) / each / RUN).get("as_of", "")
        )
    return "\n".join(lines)


def _figures(code: str, page: str, told: Mapping[str, Any]) -> Iterator[Found]:
    words = {"unit": "file", "names": {}, "months": {}, **(told.get("words") or {})}
    ours = (each for each in told["released"] if same_reference(each.get("reference", ""), code))
    figures: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in rows(measures(ours)):
        figures.setdefault(figure_of(row), {})[row.period] = row
    for what, found in figures.items():
        months = sorted(found, reverse=True)
        said = tuple(
            (month, data_sentence(row, **words), data_sentence(row._replace(**_BESIDE), **words))
            for month in months
            for row in (found[month],)
        )
        yield Found(found[months[0]].reference, page, told.get("question", ""), said, what)


def _sentences(code: str, page: str, told: Mapping[str, Any]) -> Iterator[Found]:
    """The answer of a page and the decisions that it asks."""
    question = told.get("question", "")
    said = [(told.get("reference", ""), told.get("answer", ""), "answer")]
    said += [(each[-1], each[0], "decision") for each in _asked(told)]
    for reference, words, kind in said:
        if is_reference(reference) and same_reference(reference, code):
            yield Found(
                reference, page, question, (("", words, words),), (kind, words if kind == "decision" else question)
            )


def _paragraph(folder: str, found: Sequence[Found], as_of: str) -> Iterator[str]:
    """What an edition says of each thing of the code, of which months, and where it stands."""
    for each in things(found):
        same = [other for other in found if other.is_what == each.is_what]
        day = f" (evidence to {date_words(parse_day(as_of))})" if as_of else ""
        said = " ".join(words for _, words, _ in each.said)
        yield f"  {Period.parse(folder.rpartition('/')[2]).words}{day}: {said}"
        yield from (f"    on “{other.question}”, {folder}/{other.file}" for other in same)


def _editions(outputs: Path, audience: str) -> Iterator[tuple[str, Summaries]]:
    """What the pages of each edition that readers have told, the newest first."""
    for folder in sorted(Outputs(outputs).kept(audience).glob("????-??"), reverse=True):
        there = read_json(Outputs(outputs).shared(audience) / folder.name / RUN).get("pages", {})
        told = read_json(folder / "summaries.json")
        shown = {name: each for name, each in told.items() if f"{name}.html" in there}
        if shown:
            yield folder.name, shown


def codes_of(summaries: Summaries) -> Iterator[str]:
    """Every code of an edition."""
    for told in summaries.values():
        yield from filter(None, (each.get("reference", "") for each in told["released"]))
        yield from filter(is_reference, (told.get("reference", ""), *(each[-1] for each in _asked(told))))


def _asked(told: Mapping[str, Any]) -> list[Sequence[Any]]:
    """The decisions of a page; one that stands from an earlier release remembers the words alone."""
    return [each for each in told.get("asked", []) if not isinstance(each, str)]

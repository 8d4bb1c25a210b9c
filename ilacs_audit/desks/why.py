"""Why a standard has its verdict: what was counted, by which rule, from which files, and how to work it out by hand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.analysis.recipes import RECIPES
from ilacs_audit.claims.sentences.data_sentences import data_sentence
from ilacs_audit.claims.sentences.method_notes import RANGES
from ilacs_audit.claims.words import CANNOT_TELL, counted, listed, percent, plural
from ilacs_audit.desks.answer import Answer, said, table
from ilacs_audit.disclosure.gate.page import Page, page
from ilacs_audit.display.figures import k_of_n, likely_range, range_of_read, share
from ilacs_audit.display.fragments import Fragment
from ilacs_audit.display.looks import NO_VERDICT, verdict_of
from ilacs_audit.display.tables.evidence import evidence_table
from ilacs_audit.display.tables.measures import measures_table
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.calendar import date_words
from ilacs_audit.domain.counting import read_by, with_met
from ilacs_audit.domain.errors import UsageError, near, quoted
from ilacs_audit.domain.measures import Row, rows
from ilacs_audit.domain.references.codes import same_reference
from ilacs_audit.domain.standards import NOT_APPLICABLE, Standard
from ilacs_audit.stats.intervals import drawn_so
from ilacs_audit.stats.target import exact, needed

MISSING = (
    "{gone} of {of} answers: files that did not come back, were taken out or left it blank. The range allows for "
    "whatever they hold."
)
ROUNDED = "These readers have rounded counts, which nobody can work out again: open the desk for 'internal'."
BOTH_ENDS = (
    "If each of the {gone} missing fell short, {low} would meet it; if each met it, {high}. The range begins with the "
    "one and ends with the other."
)
LISTED = (
    "The list holds {size}. Every number of it is kept under which {low} (for the first end) or {high} (for the last) "
    "would be no surprise, a surprise being less than 2.5 times in 100 on that side: {first} to {last}."
)
LAST = (
    "If {last} of the {size} met it, {drawn} drawn by chance would hold {most} or fewer {stays} times in 100, so it is "
    "kept; if {next} did, {goes} times, so that is not. In a spreadsheet: "
    "=HYPGEOM.DIST({most}, {drawn}, {last}, {size}, TRUE)."
)
FIRST = (
    "If {first} met it, the {drawn} would hold {least} or more {stays} times in 100, so it is kept; if {before} did, "
    "{goes} times, so that is not: =1-HYPGEOM.DIST({under}, {drawn}, {first}, {size}, TRUE)."
)
WILSON = (
    "With k of n and z = 1.96 an end is (k/n + z²/2n ± z × √(k/n × (1 − k/n) / n + z²/4n²)) ÷ (1 + z²/n): "
    "{first} with {low} and minus, {last} with {high} and plus."
)


def asked(work: Dossier, standard: str) -> Standard:
    """A standard of this audit. Raises UsageError on any other word, with the one that was meant."""
    known = [each.id for each in work.topic.standards] if work.topic else []
    if not str(standard).strip():
        raise UsageError("It is not said which standard.", fix=f"Its standards are {listed(known)}.")
    if standard not in known:
        fix = near(standard, known, otherwise=f"Its standards are {listed(known)}.")
        raise UsageError(f"This audit asks no standard {quoted(standard)}.", fix=fix)
    return work.standards[standard]


def why(work: Dossier, page: Page, standard: str) -> Answer:
    """Everything behind the verdict on one standard of an audit."""
    known, units = asked(work, standard), plural(work.unit)
    ours = page.of(standard_id=standard)
    found = {row.measure: row for row in rows(ours) if row.group in WHOLE_SERVICE}
    row = found.get("compliance")
    if row is None or row.hidden or not row.denominator:
        return Answer((said(f"{standard}: {known.plain}", "Nothing was read of it that may be shown."),))
    read = _read(work, known)
    charted = measures_table(
        page.of(standard_id=standard, measure=("compliance", "not_applicable")),
        finding=f"{standard} {_verdict(row)}: {k_of_n(row)} {units} met it",
        explain=known.plain,
        standards=work.standards,
        caption="As on the page",
    )
    facts = table("What was counted, and how", ("What", "Answer"), [*_facts(row, known, found, read, units)])
    every = evidence_table(ours, caption="Every figure on this standard")
    return Answer((charted, facts, said("Work it out by hand", *_by_hand(row, read)), *_behind(read, work.unit), every))


def behind_code(work: Dossier, shown: Page, code: str) -> Answer:
    """Everything behind a figure by its reference code: the standard's whole story where it is one, else its sentence.

    Raises UsageError where no page of this audit has the code, with the codes that look like it.
    """
    pages = (shown, *(page(work, *recipe(work)) for recipe in RECIPES.values()))
    known: set[str] = set()
    for each in pages:
        ours = [row for row in rows(each.released) if same_reference(row.reference, code)]
        if ours:
            return _behind_rows(work, shown, each, ours)
        known |= {*each.released["reference"]} - {""}
    fix = near(code, sorted(known), otherwise="Of other pages: ilacs-audit find CODE.")
    raise UsageError(f"No figure of this audit has the code {quoted(code)}.", fix=fix)


def _behind_rows(work: Dossier, shown: Page, told: Page, ours: Sequence[Row]) -> Answer:
    latest = max(ours, key=lambda row: row.period)
    if (latest.measure, latest.group) == ("compliance", "all") and len(shown.of(standard_id=latest.standard_id)):
        return why(work, shown, latest.standard_id)
    names = {each.id: f"{each.plain.rstrip('.')} ({each.id})" for each in work.standards}
    lines = [data_sentence(row, unit=work.unit, names=names) for row in ours]
    figures = told.released[told.released["reference"] == latest.reference]
    return Answer((said(latest.reference, *lines), evidence_table(figures, caption="The figure")))


def _verdict(row: Row) -> str:
    word = verdict_of(row)
    return (
        "has no verdict"
        if word is NO_VERDICT
        else "cannot be told"
        if row.verdict == CANNOT_TELL
        else f"is {word.word.lower()}"
    )


def _read(work: Dossier, standard: Standard) -> pd.DataFrame:
    """The files that auditors read for a standard, one a row, under pseudonyms; for the council's own people alone."""
    ours = read_by(work.answers) if work.audience == "internal" else work.answers.head(0)
    return with_met(ours[ours["standard_id"] == standard.id], standards=work.standards)


def _facts(
    row: Row, standard: Standard, found: Mapping[str, Row], read: pd.DataFrame, units: str
) -> Iterator[tuple[str, str]]:
    told = read["answer"].value_counts()
    words = [word for word in standard.scale.levels if word in told and word != NOT_APPLICABLE]
    split = f": {', '.join(f'{told[word]} {word}' for word in words)}" if words else ""
    yield "Counted", f"{k_of_n(row)} {units}{f' ({share(row)})' if share(row) else ''}{split}"
    yield "What meets it", _meets(standard)
    apart = found.get("not_applicable")
    if apart is not None and not apart.hidden:
        yield "Did not apply", f"To {k_of_n(apart)} {units} read: they are in no count."
    if row.missing:
        yield "Missing", MISSING.format(gone=row.missing, of=(row.denominator or 0) + row.missing)
    alone = range_of_read(row)
    yield "Likely range", f"{likely_range(row)}{f' ({alone} by what was read alone)' if alone else ''}"
    yield "Method", RANGES.get(row.method, f"No range: {row.note or 'only the count can be said.'}")
    yield "Verdict", " ".join(filter(None, (row.reason, f"Rule {row.rule}." if row.rule else "")))


def _meets(standard: Standard) -> str:
    meets, short = (
        [f"'{each}'" for each in standard.scale.levels if standard.meets(each) is so] for so in (True, False)
    )
    fall = "falls short of it and is" if len(short) == 1 else "fall short of it and are"
    return f"{listed(meets)} alone; {listed(short)} {fall} counted as not meeting it."


def _by_hand(row: Row, read: pd.DataFrame) -> Iterator[str]:
    if row.status == "rounded":
        yield ROUNDED
        return
    k, n, gone = row.numerator or 0, row.denominator or 0, row.missing or 0
    yield f"Count the files below: {k} of {n} have an answer that meets it." if len(read) else ""
    yield f"{k} ÷ {n} = {k / n:.3f}, so {percent(k / n)}."
    if row.lower is not None and row.upper is not None:
        yield from _ends(row, k, n, gone)
        yield _against(row) if row.target is not None else ""


def _ends(row: Row, k: int, n: int, gone: int) -> Iterator[str]:
    """Each end of the range: with all that are missing short of the standard, and with all of them meeting it."""
    low, high = (f"{met} of {n + gone}" for met in (k, k + gone))
    if gone:
        yield BOTH_ENDS.format(gone=gone, low=low, high=high)
    if row.method == "hypergeometric" and row.population:
        first, last = _children(row)
        yield LISTED.format(size=row.population, low=low, high=high, first=first, last=last)
        yield from _tails(row.population, first, last, met=(k, k + gone), drawn=n + gone)
    elif row.method == "wilson":
        yield WILSON.format(low=low, high=high, first=percent(row.lower or 0), last=percent(row.upper or 0))


def _tails(size: int, first: int, last: int, *, met: tuple[int, int], drawn: int) -> Iterator[str]:
    """How often chance alone brings what was counted, with each end of a range and with the next number beyond it."""
    about: dict[str, Any] = {"size": size, "drawn": drawn}
    if last < size:
        chances = [f"{100 * drawn_so(met[1], drawn, each, size):.2f}" for each in (last, last + 1)]
        yield LAST.format(last=last, next=last + 1, most=met[1], stays=chances[0], goes=chances[1], **about)
    if first > 0:
        chances = [f"{100 * (1 - drawn_so(met[0] - 1, drawn, each, size)):.2f}" for each in (first, first - 1)]
        told = {"least": met[0], "under": met[0] - 1, "stays": chances[0], "goes": chances[1]}
        yield FIRST.format(first=first, before=first - 1, **told, **about)


def _children(row: Row) -> tuple[int, int]:
    """The ends of a range on a list, in whole children of it."""
    listed_there = row.population or 0
    return round((row.lower or 0) * listed_there), round((row.upper or 0) * listed_there)


def _against(row: Row) -> str:
    """The range beside the target, and so the rule."""
    target = exact(row.target or 0)
    first: float
    last: float
    need: float
    if row.method == "hypergeometric" and row.population:
        (first, last), need = _children(row), needed(target, row.population)
        of = f"{percent(float(target))} of {row.population} is {float(target * row.population):g}, so {need} are needed"
    else:
        (first, last), need = (row.lower or 0, row.upper or 0), float(target)
        of = f"The target is {percent(need)}"
    way = "reaches it" if first >= need else "falls short of it" if last < need else "lies on both sides of it"
    return f"{of}; the range {way}{f' (rule {row.rule})' if row.rule else ''}."


def _behind(read: pd.DataFrame, unit: str) -> Iterator[Fragment]:
    """The files, those that fell short first."""
    applied = read[read["answer"] != NOT_APPLICABLE].sort_values("child_ref")
    applied = applied.assign(day=[_day(each) for each in applied["audited_on"]])
    for met, words in ((False, "did not meet it"), (True, "met it")):
        ours = applied.loc[applied["met"] == met, ["child_ref", "answer", "team", "day"]]
        if len(ours):
            finding, titles = f"{counted(len(ours), unit)} {words}", ("File", "Answer", "Team", "Read on")
            yield table("Under pseudonyms, as auditors read them", titles, ours.to_numpy().tolist(), finding=finding)


def _day(day: pd.Timestamp) -> str:
    return "no day" if pd.isna(day) else date_words(day.date())

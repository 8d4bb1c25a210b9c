"""The words of a page around its tables: question and answer, findings, decisions, provenance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from ilacs_audit.claims.change.while_read import while_read
from ilacs_audit.claims.prose.keep import licensed
from ilacs_audit.claims.sentences import headlines
from ilacs_audit.claims.sentences.method_notes import method_notes
from ilacs_audit.claims.sentences.next_round import what_would_tell
from ilacs_audit.claims.sentences.registers import register_methods, register_question
from ilacs_audit.claims.words import capital
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import RANGED
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.display.tables.evidence import figures_table
from ilacs_audit.domain import given
from ilacs_audit.domain.about import Commentary, Decision
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.catalogue.limits import Limit
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.measures import rows
from ilacs_audit.domain.references.codes import SHORTEST, reference_of, series_of
from ilacs_audit.domain.standards import Standards
from ilacs_audit.domain.told import LAST, Asked

OF_OFFICERS = "Already asked of officers"
NOTHING_ASKED = "No decision is asked for."
NEXT, DOUBT = "next round", "the {} standards whose target is in doubt"
STILL = "Nothing is asked for but an answer to each critical failure above."


def _opened(page: Page) -> dict[str, Any]:
    topic = page.about.topic
    audit = page.about.audit if len(page.of(measure=("change", "impact"))) else None
    then = page.about.outdated
    said = [f"This is evidence of {then}; it does not show how things are now."] if then else []
    said += [while_read(audit, as_of=page.about.as_of)] if audit else []
    return {
        "question": topic.question if topic else register_question([*rows(page.released)]),
        "under": " ".join(filter(None, said)),
        "audit": page.about.id,
        **_headlined(page),
    }


def _headlined(page: Page) -> dict[str, Any]:
    return {**_shown(page), "aims": page.about.aims}


def _shown(page: Page) -> dict[str, Any]:
    return {"released": page.released, "unit": page.about.unit, "standards": page.about.standards}


@accepts(Page, _opened)
def title(
    question: str,
    *,
    answer: str | None = None,
    released: pd.DataFrame | None = None,
    unit: str = "file",
    standards: Standards | None = None,
    under: str = "",
    aims: Sequence[str] = (),
    audit: str | None = None,
) -> Fragment:
    """Open a page with the reader's question and the answer in one breath: the only h1.

    Without an `answer`, the headline of the released measures is the answer. What must not be missed stands `under` it.
    The answer of a page about an `audit`, or with '' about registers, has a reference code of its own.
    """
    if not isinstance(question, str) or not question:
        raise UsageError("A page needs a question.", fix="Give title() a question=, or open an audit, which has one.")
    if answer is None and released is None:
        raise UsageError("A page needs an answer.", fix="Give title() an answer=, or released= to make one from.")
    answer = _headline(released, unit, standards, aims) if answer is None else answer
    coded = (
        reference_of("answer", series_of(str(getattr(audit, "id", audit))), question)[:SHORTEST]
        if audit is not None
        else ""
    )
    said: dict[str, Any] = {"question": question, "answer": answer, **({"under": under} if under else {})}
    said["reference"] = coded
    return fragment("title", template="title.html.j2", data=said, **said)


@accepts(Page, _headlined)
def headline(
    released: pd.DataFrame, *, unit: str = "file", standards: Standards | None = None, aims: Sequence[str] = ()
) -> Fragment:
    """The answer in a line or two, in the words of the standards, where a page needs it away from its title.

    Example: `ia.headline(page)`.
    """
    said = _headline(released, unit, standards, aims)
    return fragment("headline", template="list.html.j2", data={"headline": said}, items=[said])


def _written(page: Page) -> dict[str, Any]:
    """A person's words are judged by every row of their page."""
    said = {"written": page.about.words.paragraphs, "by": page.about.words.by, "about": page.about.entry}
    return {"released": page.released, "standards": page.about.standards, **said}


@accepts(Page, _written)
def commentary(
    released: pd.DataFrame,
    *,
    standards: Standards | None = None,
    heading: str = "What this means",
    written: Sequence[str] = (),
    by: str = "",
    about: str = "",
) -> Fragment:
    """What a person has `written` of the results; nothing where nobody has.

    Raises CommentaryError where a person's words claim more than these released measures bear, naming the entry of
    the commentary that they are `about`.
    Example: `ia.commentary(page)`.
    """
    released_rows(released)
    written = list(licensed(written, released, standards=standards, about=about))
    if not written:
        return nothing("commentary")
    said: dict[str, Any] = {"heading": heading, "written": written, "by": by}
    return fragment("commentary", template="commentary.html.j2", data={"commentary": written}, **said)


def _asked(page: Page) -> dict[str, Any]:
    sought, standards = page.about.words.decisions, page.about.standards
    words = [each.what for each in sought]
    licensed(words, page.released, standards=standards, about=page.about.entry, request=True)
    failed = [row for row in rows(page.of(measure="critical_failure")) if row.group in WHOLE_SERVICE]
    hidden = {row.standard_id for row in failed if row.hidden}  # what is asked about one would tell that there is one
    sought = tuple(each for each in sought if not (each.instructed and hidden & {*each.puts_right}))
    ahead = what_would_tell(
        page.whole, measure="compliance", audit=page.about.audit, unit=page.about.unit, as_of=page.about.as_of, of=DOUBT
    )
    asked = [replace(each, what=_beside(each.what, ahead)) if each.rests_on == NEXT else each for each in sought]
    return {"asked": asked, "failed": any(row.numerator or row.hidden for row in failed)}


def _beside(what: str, figure: str) -> str:
    return f"{what.rstrip('.')}. {figure}" if figure else what


@accepts(Page, _asked)
def decisions(
    asked: Iterable[str | Decision], *, failed: bool = False, heading: str = "What the board is asked to decide"
) -> Fragment:
    """What the reader is asked to decide, by whom and by when; nothing where nobody has written it.

    That nothing is asked is said only where a person has written so, and where a critical standard `failed` it is
    said that each failure needs an answer all the same.
    Example: `ia.decisions(["Book the re-audit."])`.
    """
    if isinstance(asked, pd.DataFrame) or not isinstance(asked, Iterable):
        raise UsageError(f"asked= was given {given.told(asked)}, where sentences are needed.", fix="Give them as text.")
    listed = asked if isinstance(asked, str) else [*asked]
    sought = read_as(Commentary, {"decisions": listed}, file="asked=").decisions
    if not sought:
        return nothing("decisions")
    wanted = sorted((each for each in sought if not each.asks_nothing), key=_day)
    none = STILL if failed else NOTHING_ASKED
    chosen, told = (
        [(each.what, _who(each), _reference(each)) for each in wanted if each.instructed is word]
        for word in (False, True)
    )
    asks = [(heading, chosen or [(none, "", "")])] if chosen or not told else []
    data = {"asked": [_told(each) for each in sorted(wanted, key=lambda each: each.instructed)]}
    folded: dict[str, Any] = {"of_officers": OF_OFFICERS, "officers": told}
    return fragment("decisions", template="decisions.html.j2", data=data, lists=asks, **folded)


def _who(decision: Decision) -> str:
    """Who decides and who acts, by when, as far as somebody has written it: an owner acts, and decides nothing."""
    by = f" by {date_words(decision.by)}" if decision.by else ""
    if decision.instructed:
        return f"{decision.owner} to act{by}" if decision.owner else by.strip()
    acts = f"{decision.owner} to act" if decision.owner else ""
    return "; ".join(filter(None, (f"Decide{by}" if by else "", acts)))


def _told(decision: Decision) -> Asked:
    who, what = _who(decision), decision.what
    said = f"{what.rstrip('.')}. {capital(who)}." if who else what
    acts = who.replace(" to act by ", ", by ") if decision.instructed else ""
    about = (decision.instructed, decision.puts_right, decision.rests_on, acts, _reference(decision))
    return Asked(said, str(decision.by or ""), *about)


def _reference(decision: Decision) -> str:
    """The code of a decision: it is its words, so that one that is asked again next month has it again."""
    return reference_of("decision", decision.what)[:SHORTEST]


def _day(decision: Decision) -> str:
    return str(decision.by or LAST)


def _worked_out(page: Page) -> dict[str, Any]:
    audit = page.about.audit
    notes = (
        method_notes(page.released, audit=audit) if audit else register_methods([*rows(page.released)], _limits(page))
    )
    then = page.about.outdated
    return {**_shown(page), "method": notes, "months": {page.about.period: then} if then else {}}


def _limits(page: Page) -> Mapping[str, Limit]:
    """The limits in force on the day of a page that is judged by any."""
    timed = any(row.measure.endswith("_in_time") for row in rows(page.released))
    return page.about.handed.limits().on(parse_day(page.about.as_of)) if timed else {}


@accepts(Page, _worked_out)
def provenance(
    released: pd.DataFrame,
    *,
    method: Sequence[str],
    standards: Standards | None = None,
    unit: str = "file",
    months: Mapping[str, str] = MappingProxyType({}),
    heading: str = "",
) -> Fragment:
    """How the numbers were made, and the figures to copy; with it go the words in which its data file tells them.

    `months` tells of a period whose evidence is older of which month that is.
    Example: `ia.provenance(page)`.
    """
    found = released_rows(released)
    names = {code: f"{asked.rstrip('.')} ({code})" for code, asked in _plain(standards).items()}
    return fragment(
        "provenance",
        template="provenance.html.j2",
        data={"words": {"unit": unit, "names": names, "months": dict(months)}},
        released=found,
        heading=heading,
        ranged=RANGED if any(row.lower is not None and row.method != "count" for row in found) else "",
        method=list(method),
        table=figures_table(found, standards=standards, months=months, anchored=True) if found else None,
    )


def _headline(released: Any, unit: str, standards: Standards | None, aims: Sequence[str]) -> str:
    released_rows(released)
    passing = {each.id: each.passing for each in standards or () if each.passing}
    return headlines.headline(released, unit=unit, names=_plain(standards), passing=passing, aims=aims)


def _plain(standards: Standards | None) -> dict[str, str]:
    return {each.id: each.plain or each.text for each in standards or ()}

"""What readers asked of figures, beside what these said then and say now: for the front page of an edition.

What a figure said then is read out of the edition of that month, as its own readers have it, and noted before a run, so
that it is one of its inputs and the front page can be made again without the earlier one.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ilacs_audit.claims.words import listed, period_words
from ilacs_audit.disk.writing import private_folder, read_json, write_json
from ilacs_audit.display.page.challenges import unborne
from ilacs_audit.domain.calendar import date_words
from ilacs_audit.domain.errors import near
from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.references.challenges import CHALLENGES, Challenge, standing
from ilacs_audit.domain.standards import Standards
from ilacs_audit.publishing.edition.edition import Edition
from ilacs_audit.publishing.edition.finding import Summaries, codes_of, look_up, things
from ilacs_audit.publishing.outputs import Outputs

AMBIGUOUS = "{code} names {many} figures: add page: to the challenge, one of {pages}."


def note_challenged(edition: Edition, challenges: Sequence[Challenge]) -> Path | None:
    """Write down what challenged figures said in the earlier editions of these readers; None where none was asked."""
    said = {}
    for each in _ours(edition, challenges):
        if each.period < edition.period:
            said[_key(each)] = _then(edition, each)
    path = _noted(edition)
    if not any(said.values()):
        path.unlink(missing_ok=True)
        return None
    private_folder(path.parent)
    write_json(path, {"then": said})
    return path


def challenges_told(edition: Edition, challenges: Sequence[Challenge], summaries: Summaries) -> list[dict[str, Any]]:
    """Each challenge of these readers with what its figure said then, says now, and where; in words."""
    noted = read_json(_noted(edition)).get("then", {})
    return [_told(each, summaries, noted.get(_key(each), "")) for each in _ours(edition, challenges)]


def doubts(
    edition: Edition, challenges: Sequence[Challenge], summaries: Summaries, *, standards: Standards
) -> Iterator[str]:
    """A sentence for each challenge that its front page cannot tell whole, with what to do.

    It is dated ahead, its code is misspelt or is that of two figures, or its words claim more than the figures bear.
    """
    for each in challenges:
        if each.for_audience(edition.audience.id) and each.raised_on > edition.as_of:
            days = f"{date_words(each.raised_on)}, after {date_words(edition.as_of)}"
            yield f"{CHALLENGES}: {each.code} is dated {days}, so no front page has it yet. Correct it if it is a slip."
    noted = read_json(_noted(edition)).get("then", {})
    for each in _ours(edition, challenges):
        found = look_up(each.code, summaries, page=each.page)
        if len(things(found)) > 1:
            pages = listed([it.page for it in found])
            yield f"{CHALLENGES}: {AMBIGUOUS.format(code=each.code, many=len(things(found)), pages=pages)}"
        elif not found and not noted.get(_key(each)):
            where = f"the {edition.audience.id} edition of {period_words(str(edition.period))}"
            fix = near(each.code, sorted({*codes_of(summaries)}), otherwise="Copy it from the page again.")
            yield f"{CHALLENGES}: no figure of {where} has the code {each.code}. {fix}"
        page = found[0].page if len(things(found)) == 1 else ""
        shown = measures(row for name, told in summaries.items() if page in ("", name) for row in told["released"])
        said = (each.words, each.answer if each.answered(edition.as_of) else "")
        then = noted.get(_key(each), "")
        refused = (
            unborne(words, shown, standards=standards, code=each.code, then=then) for words in filter(None, said)
        )
        yield from (f"{why} Until then the front page leaves the words out." for why in filter(None, refused))


def _ours(edition: Edition, challenges: Sequence[Challenge]) -> list[Challenge]:
    return standing(challenges, audience=edition.audience.id, day=edition.as_of)


def _told(challenge: Challenge, summaries: Summaries, then: str) -> dict[str, Any]:
    found = look_up(challenge.code, summaries, page=challenge.page)
    one = found[0] if len(things(found)) == 1 else None
    earlier = one.in_short(str(challenge.period)) if one else ""
    about = {"title": one.question, "href": one.file} if one else {}
    return {"challenge": challenge.written(), "then": then or earlier, "now": one.in_short() if one else "", **about}


def _then(edition: Edition, challenge: Challenge) -> str:
    """What a figure said in the edition of its challenge, or what a later one said of that month; else nothing."""
    month = str(challenge.period)
    for folder in sorted(edition.private.parent.glob("????-??")):
        if month <= folder.name < str(edition.period):
            found = look_up(challenge.code, read_json(folder / "summaries.json"), page=challenge.page)
            said = found[0].in_short("" if folder.name == month else month) if len(things(found)) == 1 else ""
            if said:
                return said
    return ""


def _key(challenge: Challenge) -> str:
    return f"{challenge.code} {challenge.period} {challenge.page}".strip()


def _noted(edition: Edition) -> Path:
    return Outputs(edition.outputs).told / f"challenged-{edition.shared.parent.name}-{edition.period}.json"

"""A person's words on an audit: held against its figures, and written down as they were or as the figures bear them."""

from collections.abc import Iterator, Sequence

from ilacs_audit.claims.prose.keep import licensed, refused
from ilacs_audit.desks.answer import said
from ilacs_audit.desks.record import TAG, Entry
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.fragments import Fragment
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.errors import CommentaryError, UsageError, bare, near, quoted
from ilacs_audit.domain.given import read_share

_ACCEPT = "{fix} To take that wording: desk.write(..., accept=True)."
_TRIES = 9


def borne(words: str, page: Page, *, accept: bool) -> str:
    """Words that the page's figures bear: those that were written, or with `accept` the wordings that are proposed.

    Raises CommentaryError, naming the sentence, the rule and a wording that would pass.
    """
    text, about = words.strip(), page.about
    for _ in range(_TRIES if accept else 0):
        problems = refused([text], page.released, standards=about.standards)
        if not problems or problems[0].sentence not in text:
            break
        text = text.replace(problems[0].sentence, problems[0].suggestion)
    try:
        licensed(text, page.released, standards=about.standards, about=about.id)
    except CommentaryError as no:
        raise CommentaryError(no.what, where=no.where, fix=no.fix if accept else _ACCEPT.format(fix=no.fix)) from None
    return text


def found_in(work: Dossier, finding: str) -> str:
    """A finding as it is kept: a standard's id, or a word that the comments hold. Raises UsageError."""
    known = {bare(each.id): each.id for each in (work.topic.standards if work.topic else ())}
    told = work.answers["comment"].str.contains(finding.strip(), case=False, na=False, regex=False).any()
    if bare(finding) not in known and not told:
        fix = near(finding, known.values(), otherwise="Give a standard's id, or a word that some comment holds.")
        raise UsageError(f"No standard and no comment of this audit has {quoted(finding)}.", fix=fix)
    return known.get(bare(finding), finding.strip())


def tagged(held: Sequence[Entry], finding: str) -> Iterator[Fragment]:
    """What a finding was tagged as, by whom and when; nothing where nobody has."""
    ours = [each for each in held if each.what == TAG and each.about.casefold() == finding.casefold()]
    if ours:
        told = ours[-1]
        yield said(told.done, f"Tagged by: {told.by}, {date_words(parse_day(told.on))}. desk.undo() takes it back.")


def aim(before: object, after: object) -> dict[str, float]:
    """Two shares to be told apart, 70 and 0.7 both being 70%. Raises UsageError where they are none, or one."""
    told = {}
    for name, value in (("before", before), ("after", after)):
        share = read_share(str(value))
        if not share:
            fix = "Write 70, 70% or 0.7: more than nothing, and 100% at most."
            raise UsageError(f"{name}= was given {quoted(value)}, which is no share of files.", fix=fix)
        told[name] = float(share)
    if told["before"] == told["after"]:
        fix = "Give two that differ, such as before=70, after=85."
        raise UsageError("before= and after= are one share, so there is nothing to tell apart.", fix=fix)
    return told

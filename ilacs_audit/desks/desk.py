"""The desk of one audit: open it with one line, ask with one line, and write from it what the workspace is to keep."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ilacs_audit.claims.words import listed
from ilacs_audit.desks import inbox, row_out
from ilacs_audit.desks.actions import ACTION, action_row
from ilacs_audit.desks.answer import Answer, said
from ilacs_audit.desks.asking import Asked
from ilacs_audit.desks.record import TAG, Writer, entries, recorded, refuse_names, undone, writer
from ilacs_audit.desks.why import asked
from ilacs_audit.desks.words import borne, found_in, tagged
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.errors import UsageError, bare, near, quoted
from ilacs_audit.domain.programme import PURPOSES
from ilacs_audit.intake.commentary import write_commentary
from ilacs_audit.intake.database import is_address
from ilacs_audit.intake.identity.freetext import IdentifierFinder
from ilacs_audit.intake.identity.people import post
from ilacs_audit.intake.registers.adding import add_row, register_path
from ilacs_audit.intake.returns.exclusions import EXCLUSIONS, take_back

WORDS = "words"
_BESIDE = (TAG, ACTION, WORDS)  # what changes no answer


@dataclass(repr=False)
class Desk(Asked):
    """One audit, to be asked, and to be written of: each write says who and when, and can be undone."""

    def take_in(self, file: str, *, columns: Mapping[str, str] | None = None, by: str = "", on: str = "") -> Answer:
        """Take a workbook of the inbox in as a return of this audit; `columns` says what unknown ones stand for."""
        place, who = self._place, self._writer(by, on)
        answer = inbox.take_in(place, place.programme[self.audit], file, columns=columns or {}, who=who)
        self._read_again()
        self.__dict__.pop("_named", None)
        return answer

    def exclude(self, *, row: int, reason: str, file: str = "", by: str = "", on: str = "") -> Answer:
        """Take a row out of every count, with a reason; the return itself stays as it is. `include` takes it back."""
        given.identifier(reason, "reason")
        place, who = self._place, self._writer(by, on, reason)
        file = row_out.row_of(place, self.work.protocol, row=row, file=file)
        with self._changing(EXCLUSIONS, who=who, what="row out", done=f"Row {row} taken out: {reason}"):
            before = self.page
            row_out.exclude(place.evidence, file=file, row=row, reason=reason, who=who)
            self._read_again()
            row_out.met(self.work.problems, row)
        return row_out.compared(before, self.page, row=row, way="out")

    def include(self, *, row: int, file: str = "", by: str = "", on: str = "") -> Answer:
        """Take back a row that was taken out; who had taken it out, and why, stays in the record."""
        place, who = self._place, self._writer(by, on)
        file = row_out.row_of(place, self.work.protocol, row=row, file=file)
        before, path = self.page, place.evidence / EXCLUSIONS
        done = f"Row {row} taken back in"
        with self._changing(EXCLUSIONS, who=who, what="row back", done=done):
            take_back(path, file=file, row=row)
        return row_out.compared(before, self.page, row=row, way="back in")

    def add_action(
        self,
        what: str,
        *,
        owner: str,
        due: str,
        standard: str = "",
        team: str = "",
        by: str = "",
        on: str = "",
    ) -> Answer:
        """Put an action into the register of actions: what is to be done, by which role, by when, on which standard."""
        given.identifier(what, "what")
        given.identifier(owner, "owner")
        standard, team = given.word(standard, "standard"), given.word(team, "team")
        place, who = self._place, self._writer(by, on, what, owner, team)
        if not post(owner):
            fix = "Write a post, such as 'Head of front door' or 'Team manager', its other words in small letters."
            raise UsageError(f"owner= was given {quoted(owner)}, which is no post.", fix=fix)
        code = asked(self.work, standard).id if standard else ""
        team = self._team(team) if team else ""
        number = len(entries(place.evidence)) + 1
        row = action_row(self.work, number, owner=owner, due=due, on=who.on, standard=code, team=team)
        path = register_path(place.evidence, "actions")
        done = f"Action {row['action_id']}: {what.rstrip('.')}; {owner}, by {date_words(parse_day(due))}"
        with self._changing(path, who=who, what=ACTION, done=done, about=row["action_id"]):
            if len(entries(place.evidence)) >= number:
                raise UsageError("Another desk wrote at this moment.", fix="Nothing was written; write the line again.")
            add_row(path, "actions", row, leave=("area",))
        return self.actions(standard=code)

    def tag(self, finding: str, *, kind: str, words: str, by: str = "", on: str = "") -> Answer:
        """Call a finding, by a standard's id or a word of the comments, a matter of practice or of recording."""
        given.identifier(finding, "finding")
        given.identifier(words, "words")
        if kind not in PURPOSES:
            fix = near(kind, PURPOSES, otherwise=f"Write one of: {', '.join(PURPOSES)}.")
            raise UsageError(f"A finding is not tagged {quoted(kind)}.", fix=fix)
        who = self._writer(by, on, finding, words)
        finding = found_in(self.work, finding)
        done = f"“{finding}” is a matter of {kind}: {words}"
        with recorded(self._place.evidence, who=who, what=TAG, audit=self.audit, done=done, about=finding):
            pass  # a tag is an entry of the record and nothing else
        return Answer(tuple(tagged(self._held, finding)))

    def write(self, words: str, *, accept: bool = False, by: str = "", on: str = "") -> Answer:
        """Add a paragraph to the commentary on this audit, where its figures bear it; `accept` takes what is proposed.

        Raises CommentaryError, with the sentence, the rule and a wording that would pass; then nothing is written.
        """
        given.identifier(words, "words")
        place, who = self._place, self._writer(by, on, words)
        text = borne(words, self.page, accept=accept)
        path = place.evidence / "commentary" / f"{self.work.period}.yml"
        done = f"Words written: {text}" + (f" (proposed in place of: {words.strip()})" if text != words.strip() else "")
        with self._changing(path, who=who, what=WORDS, done=done):
            self._read_again(returns=False)  # another desk may have added a paragraph since
            write_commentary(path, self.audit, words="\n\n".join((*self.work.words.paragraphs, text)), by=who.by)
        return Answer((said("Written into the commentary", *self.work.words.paragraphs, "desk.undo() takes it back."),))

    def undo(self, number: int | None = None, *, by: str = "", on: str = "") -> Answer:
        """Take back what was written last, or an entry by its number; the record says that it was, by whom and when."""
        given.count(number, "number", least=1)
        gone = undone(self._place.evidence, who=self._writer(by, on), audit=self.audit, number=number)
        self._read_again(returns=gone.what not in _BESIDE)
        return Answer((said("Undone", f"{gone.done.rstrip('.')}.", f"It was written by {gone.by} on {gone.on}."),))

    def _writer(self, by: str, on: str, *texts: str) -> Writer:
        """Who writes and when, and that no word of it names anybody."""
        if is_address(self.evidence):
            fix = "Open the desk with the folder in which you keep what people write: evidence=FOLDER."
            raise UsageError("This evidence comes out of a database, so nothing can be written beside it.", fix=fix)
        who = writer(by=by or self.role, on=on or self.today)
        if not (audit := self._place.programme[self.audit]).near(who.on):
            told = f"on= was given {quoted(who.on)}, which is before this audit began or more than a year after it."
            raise UsageError(told, fix=f"It began on {date_words(min(audit.on, audit.period.first))}. Correct the day.")
        refuse_names(self._named, who.by, *texts)
        return who

    def _team(self, named: str) -> str:
        """A team that the returns or the learnt names know, as they spell it. Raises UsageError."""
        known = {bare(each): each for each in (*self._place.columns.teams, *self.work.answers["team"].unique()) if each}
        if bare(named) not in known:
            fix = near(named, known.values(), otherwise=f"Teams are {listed(sorted(known.values()))}.")
            raise UsageError(f"Nobody knows a team {quoted(named)}.", fix=fix)
        return str(known[bare(named)])

    @cached_property
    def _named(self) -> IdentifierFinder:
        """Whoever the evidence names."""
        return IdentifierFinder(self._place.identifiers())

    @contextmanager
    def _changing(self, *paths: str | Path, who: Writer, what: str, **told: str) -> Iterator[None]:
        """Write files of the evidence, and read it again, whatever came of it."""
        evidence = self._place.evidence
        try:
            with recorded(evidence, *(evidence / each for each in paths), who=who, what=what, audit=self.audit, **told):
                yield
        finally:
            self._read_again(returns=what not in _BESIDE)

    def _read_again(self, *, returns: bool = True) -> None:
        """Forget what was read; the returns are kept where only what lies beside them has changed."""
        kept = self.__dict__.pop("work", None)
        for name in ("page", "by_team"):
            self.__dict__.pop(name, None)
        if kept is not None and not returns:
            self.work = replace(kept)


def desk(
    audit: str,
    *,
    as_of: str,
    audience: str = "internal",
    workspace: str | Path = "",
    evidence: str | Path = "",
    role: str = "",
    today: str = "",
) -> Desk:
    """Sit down with one audit and ask: `.standards()`, `.why("CON-1")`, `.better()`, `.teams()` and more.

    Parameters
    ----------
    audit, as_of, audience, workspace, evidence
        As of `ia.open_audit`: an id of data/programme.yml, the last day of evidence, who reads, and the folders.
    role, today
        Who writes from this desk, as a role, and on which day; what writes asks for both where they are left out.

    Raises UsageError on a day that is not ISO or an audit that is no word; other errors come with the first question.

    >>> desk("consent-2024-11", as_of="2024-11-21")
    The desk of consent-2024-11, evidence to 21 November 2024. Ask desk.standards().
    """
    given.identifier(audit, "audit")
    return Desk(audit, parse_day(as_of).isoformat(), audience, workspace, evidence, role, str(today))

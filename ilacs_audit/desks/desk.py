"""The desk of one audit: open it with one line, ask with one line, and every answer is whole."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from ilacs_audit.analysis.audits.compliance import compliance
from ilacs_audit.analysis.audits.corrected import corrected_headline
from ilacs_audit.analysis.audits.grades import grade_distribution, moderation_flow
from ilacs_audit.analysis.recipes import dip_sample
from ilacs_audit.claims.sentences.power import power_card
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.claims.words import counted
from ilacs_audit.desks import row_out
from ilacs_audit.desks.answer import Answer, said, table
from ilacs_audit.desks.teams import teams
from ilacs_audit.desks.why import behind_code, why
from ilacs_audit.disclosure.gate.page import Page, page
from ilacs_audit.display.charts.grades import flow_plot, grade_bar
from ilacs_audit.display.charts.rounds import before_after_plot
from ilacs_audit.display.dress import dressed
from ilacs_audit.display.page.critical import critical_panel
from ilacs_audit.display.page.trust import trust_box
from ilacs_audit.display.tables.agreement import corrected_table
from ilacs_audit.display.tables.comparison import comparison_table
from ilacs_audit.display.tables.measures import measures_table
from ilacs_audit.display.tables.reach import reach_table
from ilacs_audit.domain import given
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.errors import UsageError, quoted
from ilacs_audit.domain.measures import select
from ilacs_audit.domain.references.codes import is_reference
from ilacs_audit.intake.open_audit import open_audit
from ilacs_audit.intake.workspace import load_workspace

LEAD = "Quality assurance lead"
TO_ASK = (
    ("desk.standards()", "Which standards are not met?"),
    ('desk.why("{standard}")', "How was one answer worked out, and from which files?"),
    ("desk.better()", "Is it better than last time, or is that chance?"),
    ("desk.teams()", "Do teams differ?"),
    ("desk.moderation()", "Did a second reader agree?"),
    ('desk.comments("consent")', "What do the comments say?"),
    ("desk.next_round(before=70, after=85)", "How many files next time?"),
    ('desk.exclude(row=12, reason="...")', "What if a row is left out? desk.include(row=12) takes it back."),
)


@dataclass(repr=False)
class Desk:
    """One audit, to be asked. Nothing is read before the first question; nothing of it is published."""

    audit: str
    as_of: str
    audience: str = "internal"
    workspace: str | Path = ""
    evidence: str | Path = ""
    role: str = LEAD

    def __repr__(self) -> str:
        return f"The desk of {self.audit}, evidence to {date_words(parse_day(self.as_of))}. Ask desk.standards()."

    def _repr_html_(self) -> str:
        return dressed(self.opened.html)

    @cached_property
    def work(self) -> Dossier:
        """The audit, as `ia.open_audit` opens it."""
        about = {"as_of": self.as_of, "audience": self.audience}
        return open_audit(self.audit, **about, workspace=self.workspace, evidence=self.evidence)

    @cached_property
    def page(self) -> Page:
        """What may be shown of it, as on its page."""
        return page(self.work, *dip_sample(self.work))

    @property
    def opened(self) -> Answer:
        """What was read, what needs looking at, and what can be asked."""
        protocol, focus = self.work.protocol, self.work.focus
        asks = [(line.format(standard=focus), words) for line, words in TO_ASK]
        return Answer(
            (
                said(f"{protocol.title}, {protocol.period.words}", self.work.topic.question if self.work.topic else ""),
                trust_box(self.page),
                table("Found in the returns", ("Where", "What", "What to do"), self._found(), finding="To look at"),
                table("A line each: copy it into a new cell", ("Write", "To see"), asks, finding="Ask"),
            )
        )

    def _found(self) -> list[tuple[str, ...]]:
        problems = self.work.problems if self.audience == "internal" else self.work.problems.head(0)
        told = problems.sort_values(["severity", "row"], kind="stable")
        where = ["All" if pd.isna(row) else f"Row {row}" for row in told["row"]]
        return [*zip(where, told["message"], told["fix"], strict=True)]

    def standards(self) -> Answer:
        """Which standards are met, which are not, and of which we cannot tell."""
        return Answer((critical_panel(self.page), measures_table(self.page)))

    def better(self) -> Answer:
        """Whether it is better than in the round before, what luck can bring, and what was done in between."""
        if self.work.earlier.answers.empty:
            return Answer(
                (said("There are no answers of an earlier round", "The next round can be compared with this one."),)
            )
        earlier = verdict(compliance(self.work.earlier))
        both = page(self.work, earlier, *dip_sample(self.work)[:2])
        rounds = before_after_plot(both, standard_id=self.work.focus)
        return Answer((comparison_table(self.page), rounds, reach_table(self.page)))

    def why(self, standard: str = "") -> Answer:
        """What stands behind the verdict on a standard: counts, rule, method, files, and the sum by hand.

        In place of a standard it takes the reference code of a figure on any page of this audit.
        """
        if is_reference(named := standard.strip().upper()):
            return behind_code(self.work, self.page, named)
        return why(self.work, self.page, standard or self.work.focus)

    def teams(self, standard: str = "") -> Answer:
        """Teams on one standard, both rounds together: estimates with ranges, in the order of the alphabet, no rank."""
        return teams(self.work, standard or self.work.focus)

    def moderation(self) -> Answer:
        """What a second reader made of the same files, and what that makes of the headline."""
        graded = corrected_headline(self.work)
        ours = select(graded, level=self.work.protocol.title).assign(level=self.audit)
        known = page(self.work, ours, grade_distribution(self.work), moderation_flow(self.work))
        shown = (corrected_table(known), grade_bar(known), flow_plot(known))
        none = said("No file was graded twice", "The programme says when a second reader is due.")
        return Answer(shown if any(each.html for each in shown) else (none,))

    def comments(self, word: str) -> Answer:
        """The comments that hold a word, after names and references were hidden, and of how many files they are."""
        given.identifier(word, "word")
        if self.audience != "internal":
            return Answer(
                (said("Comments are for the council's own people", "Open the desk for 'internal' to read them."),)
            )
        told = self.work.answers[["child_ref", "team", "comment"]].drop_duplicates()
        found = told[told["comment"].str.contains(word, case=False, na=False, regex=False)]
        files = f"{found['child_ref'].nunique()} of {counted(told['child_ref'].nunique(), 'file')}"
        finding = f"{files} have a comment with {quoted(word)}"
        lines = [tuple(each) for each in found.itertuples(index=False)]
        return Answer((table("As they were written", ("File", "Team", "Comment"), lines, finding=finding),))

    def next_round(self, *, before: float, after: float, files: int | None = None, target: str = "") -> Answer:
        """What the files of the next round can show, before anybody reads one: 70 and 0.7 are both 70%."""
        protocol = self.work.protocol
        aims = {name: float(given.read_share(str(each)) or -1) for name, each in (("before", before), ("after", after))}
        standard = self.work.standards[self.work.focus] if self.work.focus else None
        written = given.read_share(target) or (f"{standard.target}" if standard and standard.target else None)
        size = files or protocol.next_size
        card = power_card(size, population=protocol.population_size, target=written, **aims)
        booked = (
            f"Booked for {date_words(protocol.next_on)}: {counted(protocol.next_size or 0, 'file')}."
            if protocol.next_on
            else "No round is booked."
        )
        first, *rest = card.lines()
        return Answer((said(first.rstrip("."), *rest, booked),))

    def exclude(self, *, row: int, reason: str, file: str = "") -> Answer:
        """Take a row out of every count, with a reason; the return itself stays as it is. `include` takes it back."""
        return self._changed(row, "out", row_out.exclude, reason=reason, file=file)

    def include(self, *, row: int, file: str = "") -> Answer:
        """Take back a row that was taken out."""
        return self._changed(row, "back in", row_out.include, file=file)

    def _changed(self, row: int, way: str, change: row_out.Change, **options: str) -> Answer:
        """The standards before and after a row was taken out or back."""
        before, work = self.page, load_workspace(self.workspace, evidence=self.evidence)
        undo = change(work, self.work.protocol, row=row, by=self.role, on=self.as_of, **options)
        for name in ("work", "page"):
            self.__dict__.pop(name, None)
        if undo is not None:
            try:
                row_out.met(self.work.problems, row)
            except UsageError:
                undo()
                self.__dict__.pop("work", None)
                raise
        return row_out.compared(before, self.page, row=row, way=way)


def desk(
    audit: str,
    *,
    as_of: str,
    audience: str = "internal",
    workspace: str | Path = "",
    evidence: str | Path = "",
    role: str = LEAD,
) -> Desk:
    """Sit down with one audit and ask: `.standards()`, `.why("CON-1")`, `.better()`, `.teams()` and more.

    Parameters
    ----------
    audit, as_of, audience, workspace, evidence
        As of `ia.open_audit`: an id of data/programme.yml, the last day of evidence, who reads, and the folders.
    role
        Who takes rows out, as a role; it is written beside the reason.

    Raises UsageError on a day that is not ISO or an audit that is no word; other errors come with the first question.

    >>> desk("consent-2024-11", as_of="2024-11-21")
    The desk of consent-2024-11, evidence to 21 November 2024. Ask desk.standards().
    """
    given.identifier(audit, "audit")
    return Desk(audit, parse_day(as_of).isoformat(), audience, workspace, evidence, role)

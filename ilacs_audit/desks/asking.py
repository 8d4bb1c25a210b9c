"""The questions of a desk: one line each, and every answer is whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.analysis.audits.compliance import compliance
from ilacs_audit.analysis.audits.corrected import corrected_headline
from ilacs_audit.analysis.audits.grades import grade_distribution, moderation_flow
from ilacs_audit.analysis.recipes import dip_sample
from ilacs_audit.claims.sentences.power import power_card
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.claims.words import counted
from ilacs_audit.desks.actions import chain
from ilacs_audit.desks.answer import Answer, said, table
from ilacs_audit.desks.filters import Filters, choices, narrowed
from ilacs_audit.desks.inbox import shown as inbox_shown
from ilacs_audit.desks.record import UNDO, Entry, entries, standing, told
from ilacs_audit.desks.teams import teams
from ilacs_audit.desks.why import asked, behind_code, why
from ilacs_audit.desks.words import aim, tagged
from ilacs_audit.disclosure.gate.page import Page, page
from ilacs_audit.display.charts.grades import flow_plot, grade_bar
from ilacs_audit.display.charts.rounds import before_after_plot
from ilacs_audit.display.dress import dressed
from ilacs_audit.display.page.critical import critical_panel
from ilacs_audit.display.page.trust.box import trust_box
from ilacs_audit.display.tables.agreement import corrected_table
from ilacs_audit.display.tables.comparison import comparison_table
from ilacs_audit.display.tables.measures import measures_table
from ilacs_audit.display.tables.reach import reach_table
from ilacs_audit.domain import given
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.errors import quoted
from ilacs_audit.domain.measures import select
from ilacs_audit.domain.references.codes import is_reference
from ilacs_audit.intake.open_audit import open_audit
from ilacs_audit.intake.workspace import Workspace, load_workspace
from ilacs_audit.stats.correction import FEWEST_MODERATED

TO_ASK = (
    ("desk.standards()", "Which standards are not met?"),
    ('desk.why("{standard}")', "How was one answer worked out, and from which files?"),
    ("desk.better()", "Is it better than last time, or is that chance?"),
    ("desk.teams()", "Do teams differ?"),
    ("desk.moderation()", "Did a second reader agree?"),
    ('desk.comments("consent")', "What do the comments say?"),
    ("desk.next_round(before=70, after=85)", "How many files next time?"),
    ("desk.filters()", "One team, one standard or one verdict alone"),
    ("desk.inbox()", "What lies in the inbox, and is it a return of this audit?"),
    ('desk.exclude(row=12, reason="...")', "What if a row is left out?"),
    ('desk.tag("consent", kind="recording", words="...")', "Is it a fault of practice, or of recording?"),
    ('desk.add_action("...", owner="Head of service", due="2025-01-31", standard="{standard}")', "Who does what?"),
    ('desk.write("...")', "What it means, held against the figures"),
    ("ia.draft(desk)", "The page, as its readers would get it"),
    ("desk.record()", "What was written from here? desk.undo() takes the last of it back."),
)
_WHO = "Each that writes asks for a role and a day: by=..., on=..., or once for all ia.desk(..., role=..., today=...)."


@dataclass(repr=False)
class Asked:
    """One audit, to be asked. Nothing is read before the first question; nothing is written."""

    audit: str
    as_of: str
    audience: str = "internal"
    workspace: str | Path = ""
    evidence: str | Path = ""
    role: str = ""
    today: str = ""

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
                table("A line each: copy it into a new cell", ("Write", "To see"), asks, finding="Ask", explain=_WHO),
            )
        )

    def _found(self) -> list[tuple[str, ...]]:
        problems = self.work.problems if self.audience == "internal" else self.work.problems.head(0)
        told = problems.sort_values(["severity", "row"], kind="stable")
        where = ["All" if pd.isna(row) else f"Row {row}" for row in told["row"]]
        return [*zip(where, told["message"], told["fix"], strict=True)]

    @cached_property
    def by_team(self) -> Page:
        """What may be shown of it with every team beside the whole service, all judged at the gate together."""
        teams = verdict(compliance(self.work, by="team"), standards=self.work.standards)
        return page(self.work, *dip_sample(self.work), teams)

    def standards(self, *, team: str = "", standard: str = "", verdict: str = "") -> Answer:
        """Which standards are met, which are not, and of which we cannot tell; of all or of some."""
        if team or standard or verdict:
            return narrowed(self.by_team, team=team, standard=standard, verdict=verdict)
        return Answer((critical_panel(self.page), measures_table(self.page)))

    def filters(self) -> Filters:
        """Boxes to choose a team, a standard or a verdict, where ipywidgets is installed; else the line for it."""
        return Filters(self.standards, choices(self.by_team))

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
        if is_reference(named := given.word(standard, "standard").upper()):
            return behind_code(self.work, self.page, named)
        code = given.word(standard, "standard") or self.work.focus
        return Answer((*tagged(self._held, code), *why(self.work, self.page, code).pieces))

    def teams(self, standard: str = "") -> Answer:
        """Teams on one standard, both rounds together: estimates with ranges, in the order of the alphabet, no rank."""
        return teams(self.work, given.word(standard, "standard") or self.work.focus)

    def moderation(self) -> Answer:
        """What a second reader made of the same files, and what that makes of the headline."""
        graded = corrected_headline(self.work)
        ours = select(graded, level=self.work.protocol.title).assign(level=self.audit)
        known = page(self.work, ours, grade_distribution(self.work), moderation_flow(self.work))
        again = self.work.answers.loc[self.work.answers["role"] == "moderator", "child_ref"].nunique()
        few = f"{counted(again, 'file')} moderated: too few to correct the headline ({FEWEST_MODERATED})"
        finding = few if 0 < again < FEWEST_MODERATED and self.audience == "internal" else ""
        shown = (corrected_table(known, finding=finding), grade_bar(known), flow_plot(known))
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
        shown = table("As they were written", ("File", "Team", "Comment"), lines, finding=finding)
        return Answer((*tagged(self._held, word), shown))

    def next_round(self, *, before: float, after: float, files: int | None = None, target: str = "") -> Answer:
        """What the files of the next round can show, before anybody reads one: 70 and 0.7 are both 70%."""
        protocol, aims = self.work.protocol, aim(before, after)
        standard = self.work.standards[self.work.focus] if self.work.focus else None
        written = given.read_share(given.word(target, "target")) or (
            f"{standard.target}" if standard and standard.target else None
        )
        size = protocol.next_size if files is None else files
        card = power_card(size, population=protocol.population_size, target=written, **aims)
        booked = (
            f"Booked for {date_words(protocol.next_on)}: {counted(protocol.next_size or 0, 'file')}."
            if protocol.next_on
            else "No round is booked."
        )
        first, *rest = card.lines()
        return Answer((said(first.rstrip("."), *rest, booked),))

    def inbox(self) -> Answer:
        """What lies in the inbox of the workspace: what is recognised, what is asked, the line that takes it in."""
        return inbox_shown(self._place, self._place.programme[self.audit])

    def actions(self, *, standard: str = "") -> Answer:
        """The actions on this audit, each with its finding, its state and the round that looks again."""
        return chain(self.work, self._held, standard=given.word(standard, "standard") and asked(self.work, standard).id)

    def record(self) -> Answer:
        """What was written from a desk on this audit, by which role and when, and what of it was undone."""
        evidence = self._place.evidence
        every = told(evidence, [self.audit])
        numbers = [each.number for each in entries(evidence) if each.audit == self.audit and each.what != UNDO]
        lines = [
            (str(number), each["done"], each["by"], each["on"], _undone(each))
            for number, each in zip(numbers, every, strict=True)
        ]
        if not lines:
            return Answer((said("Nothing was written from a desk", "Each write on this audit will stand here."),))
        titles = ("Number", "What", "Who", "When", "Undone")
        return Answer((table("The oldest first", titles, lines, finding="What was written from a desk"),))

    @property
    def _place(self) -> Workspace:
        return load_workspace(self.workspace, evidence=self.evidence or None)

    @property
    def _held(self) -> list[Entry]:
        return standing(self._place.evidence, self.audit)


def _undone(entry: Mapping[str, Any]) -> str:
    return f"{entry['undone']['by']}, {entry['undone']['on']}" if "undone" in entry else ""

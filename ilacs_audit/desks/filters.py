"""Narrow an answer to a team, a standard or a verdict: as arguments, and as boxes where ipywidgets is installed.

What is narrowed was released as a whole before, so a choice only leaves some of it out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ilacs_audit.claims.words import capital, number_word
from ilacs_audit.desks.answer import Answer, said
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.gate.release import DROPPED
from ilacs_audit.display.looks import verdict_of
from ilacs_audit.display.page.filters import team_table
from ilacs_audit.display.tables.measures import measures_table
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.errors import UsageError, bare, near, quoted
from ilacs_audit.domain.measures import Row, in_order, rows

LABELS = {"team": "Team", "standard": "Standard", "verdict": "Verdict"}
_EVERY = {"team": "The whole service", "standard": "Every standard", "verdict": "Every verdict"}
_WITHOUT = (
    'Boxes need the extra [lab]: pip install "ilacs_audit[lab]". Without it: desk.standards(team="...", '
    'standard="...", verdict="Not met").'
)


def choices(page: Page) -> dict[str, list[str]]:
    """What can be chosen, by each kind; a team that the gate leaves out is none."""
    found = [*rows(page.of(measure="compliance"))]
    teams = {row.level for row in found if row.group == "team"} - {DROPPED, ""}
    whole = [row for row in found if row.group in WHOLE_SERVICE]
    verdicts = dict.fromkeys(verdict_of(row).word for row in whole if not row.hidden)
    codes = sorted({row.standard_id for row in whole}, key=in_order)
    return {"team": sorted(teams, key=in_order), "standard": codes, "verdict": sorted(verdicts)}


def narrowed(page: Page, *, team: str = "", standard: str = "", verdict: str = "") -> Answer:
    """The standards of one team, one standard, or those of one verdict. Raises UsageError where it is none of them."""
    chosen = {"team": team, "standard": standard, "verdict": verdict}
    asked = {name: _meant(name, said, choices(page)[name]) for name, said in chosen.items() if said}
    whose = {"group": "team", "level": asked["team"]} if team else {"group": tuple(WHOLE_SERVICE)}
    judged = [row for row in rows(page.of(measure="compliance", **whose)) if _kept(row, asked)]
    codes = tuple(row.standard_id for row in judged)
    heading = _heading(len(judged), asked, len(choices(page)["standard"]))
    if not codes:
        return Answer((said(heading, "Choose another, or leave it out."),))
    if team:
        return Answer((team_table(page, asked["team"], codes=codes, finding=heading if len(asked) > 1 else ""),))
    ours = page.of(measure=("compliance", "not_applicable"), standard_id=codes, **whose)
    return Answer((measures_table(ours, standards=page.about.standards, caption="What was chosen", finding=heading),))


def _kept(row: Row, asked: Mapping[str, str]) -> bool:
    of_verdict = not row.hidden and row.status != "low_base" and verdict_of(row).word == asked.get("verdict")
    return asked.get("standard", row.standard_id) == row.standard_id and ("verdict" not in asked or of_verdict)


def _meant(name: str, said: str, known: Sequence[str]) -> str:
    found = next((each for each in known if bare(each) == bare(said)), None)
    if found is None:
        fix = near(said, known, otherwise=f"Use one of: {', '.join(known)}.")
        raise UsageError(f"There is no {name} {quoted(said)} to choose here.", fix=fix)
    return found


def _heading(found: int, asked: Mapping[str, str], every: int) -> str:
    of = f"{capital(number_word(found)) if found else 'None'} of {number_word(every)} standards"
    whose = f"{asked['team']}: " if "team" in asked else ""
    what = "" if "verdict" not in asked else f": {asked['verdict'].lower()}"
    return f"{whose}{asked.get('standard', of)}{what}"


@dataclass(frozen=True, repr=False)
class Filters:
    """Boxes above an answer that change it at once; outside a notebook, and without ipywidgets, the answer alone."""

    answer: Callable[..., Answer]
    choices: Mapping[str, Sequence[str]]

    def __repr__(self) -> str:
        return repr(self.answer())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        plain = {"text/plain": repr(self), "text/html": self.answer()._repr_html_()}
        try:
            import ipywidgets
        except ModuleNotFoundError:
            first = said("", _WITHOUT)
            return {**plain, "text/html": Answer((first, *self.answer().pieces))._repr_html_()}
        return {**plain, **self._boxes(ipywidgets)._repr_mimebundle_()}

    def _boxes(self, widgets: Any) -> Any:
        shown = widgets.HTML(value=self.answer()._repr_html_())
        boxes = {
            name: widgets.Dropdown(
                description=LABELS[name], options=[(_EVERY[name], ""), *((each, each) for each in told)]
            )
            for name, told in self.choices.items()
        }

        def change(_: object) -> None:
            answer = self.answer(**{name: box.value for name, box in boxes.items()})
            shown.value = answer._repr_html_()

        for box in boxes.values():
            box.observe(change, names="value")
        return widgets.VBox([widgets.HBox([*boxes.values()]), shown])

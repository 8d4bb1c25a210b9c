"""How many planted faults of a form the form doctor finds, and whether the shorter form says what the longer one says.

The forms are made in `benchmarks.planted_form`, which knows nothing of the doctor. Run it with

    python -m benchmarks.form_doctor

which prints the table and writes it into docs/methods.md between its markers. It ends with status 1 where fewer than 21
of 23 faults are found or more than 2 questions wrongly named in the form that was asked for, where its shorter form
gives another verdict in more than 5 of 100, where more than 2 are wrongly named in any other, or where anything could
go in more than 5 of 100 forms without a fault in which one child's answers hang together.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.measuring import put
from benchmarks.planted_form import Design, Planted, planted, without_fault
from ilacs_audit.analysis.audits.compliance import compliance
from ilacs_audit.analysis.examined import Examined, examined, told_by_the_rest
from ilacs_audit.analysis.filled_in import OUTSIDE, Form, filled_in
from ilacs_audit.analysis.second import ONE_FILE
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.domain.measures import rows, select
from ilacs_audit.domain.programme import read_programme
from ilacs_audit.domain.standards import NOT_APPLICABLE, Standards, Theme

SEED, FORMS = 20241121, 50
COMMAND = "python -m benchmarks.form_doctor"
FOUND, WRONG, SAME = 21, 2, 0.95
LATER = read_programme([{"id": "later", "theme": "form", "period": "2024-09", "selection": "random"}], file="p.yml")
WELL = 0.75  # the share met of what applies from which a file passes
DESIGNS = (
    Design("2 to 4 rounds of 30 to 60 files, 20 to 60 read twice"),
    Design("the same, half of the copies asked the other way round", turned=0.5),
    Design("the same, one child's answers closely alike", together=(1.5, 2.5)),
    Design("the same, nobody reads a file twice", twice=(0, 0)),
    Design("one round of 30 to 60 files, 20 to 30 read twice", rounds=(1, 1), twice=(20, 30)),
    Design("2 to 4 rounds, no fault planted", dead=0, copies=0, ambiguous=0),
)
NULLS = (  # files, questions, and the correlation behind two answers on one child
    *((12, 15, 0.5), (18, 15, 0.5), (25, 20, 0.5), (40, 20, 0.5)),
    *((25, 20, 0.6), (40, 20, 0.6)),
)
FALSE, NULL_FORMS = 0.05, 100


class One(NamedTuple):
    """One form: faults found by kind, questions wrongly named, questions left out, and verdicts that stayed."""

    dead: int
    copies: int
    ambiguous: int
    wrong: int
    left: int
    standards: float
    gone: float
    files: float
    untold: float


def one(design: Design, seed: int) -> One:
    """Plant a form, examine it, and use its shorter form on a later round."""
    plant = planted(design, seed)
    theme = plant.standards.theme("form")
    found = examined(filled_in(plant.answers, theme))
    named = {kind: {*found.facts.index[found.facts[kind]]} for kind in ("never", "parts")}
    pairs = [{code, twin.code} for code, twin in found.repeats.items()]
    right = [sum(any(pair <= each for each in plant.copies) for pair in pairs)]
    hits = (len(named["never"] & plant.dead), *right, len(named["parts"] & plant.ambiguous))
    wrong = len(named["never"] - plant.dead) + len(pairs) - right[0] + len(named["parts"] - plant.ambiguous)
    return One(*hits, wrong, len(found.left), *_verdicts(plant, found, theme))


def _verdicts(plant: Planted, found: Examined, theme: Theme) -> tuple[float, float, float, float]:
    """In a later round: the standards, those left out, and the files of which the shorter form says the same.

    And the share of the answers to what is left out that it tells wrongly.
    """
    form = filled_in(plant.later, theme)
    long = form.verdicts(form.first)
    told = told_by_the_rest(form, found)
    short = long.assign(**{name: told[name] for name in told})
    before, after = (_words(_answers(each, form), plant.standards) for each in (long, short))
    same = {code: before.get(code) == after.get(code) for code in form.asked}
    gone = float(np.mean([same[code] for code in found.left])) if found.left else np.nan
    passes = [each.mask(each == OUTSIDE).mean(axis=1) >= WELL for each in (long, short)]
    ours = long[[*found.left]].where(lambda each: each != OUTSIDE)
    asked = ours.notna().to_numpy()
    untold = float((told != ours).to_numpy()[asked].mean()) if asked.any() else 0.0
    return float(np.mean([*same.values()])), gone, float((passes[0] == passes[1]).mean()), untold


def _answers(verdicts: pd.DataFrame, form: Form) -> pd.DataFrame:
    """The verdicts on files as answers again, so that the claim engine judges both forms."""
    told = verdicts.reset_index().melt([*ONE_FILE], var_name="standard_id", value_name="mark").dropna(subset="mark")
    scales = {code: each.scale.levels for code, each in form.asked.items()}
    words = [
        NOT_APPLICABLE if mark == OUTSIDE else scales[code][0 if mark else -1]
        for code, mark in zip(told["standard_id"], told["mark"], strict=True)
    ]
    about = {
        "answer": words,
        "role": "auditor",
        "agency": "",
        "period": "2024-09",
        "audited_on": pd.Timestamp("2024-09-10"),
    }
    return told.drop(columns="audit_id").assign(**about, audit_id="later", standard_version=1)


def _words(answers: pd.DataFrame, standards: Standards) -> dict[str, str]:
    judged = verdict(compliance(answers, standards=standards, programme=LATER), standards=standards)
    return {row.standard_id: row.verdict for row in rows(select(judged, measure="compliance"))}


class Found(NamedTuple):
    """What all forms of a design gave, on average."""

    design: Design
    mean: One
    most_wrong: int
    forms: int

    @property
    def faults(self) -> int:
        """How many questions were spoilt."""
        return self.design.dead + self.design.copies + self.design.ambiguous

    @property
    def kept(self) -> bool:
        """Whether the design keeps what is asked of it: the first all of it, the others not to name too many."""
        mean = self.mean
        enough = mean.dead + mean.copies + mean.ambiguous >= FOUND and min(mean.standards, mean.files) >= SAME
        return mean.wrong <= WRONG and (enough or self.design != DESIGNS[0])


def _mean(tried: list[One]) -> NDArray[np.float64]:
    """The mean of what each form has: one that leaves nothing out has no verdicts on what is left out."""
    told = np.array(tried, dtype=float)
    known = np.isfinite(told)
    return np.where(known, told, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)


def measured(design: Design, forms: int = FORMS) -> Found:
    """Plant and examine a number of forms of one design."""
    tried = [one(design, SEED + number) for number in range(forms)]
    return Found(design, One(*map(float, _mean(tried))), max(each.wrong for each in tried), forms)


def table(found: list[Found]) -> str:
    """The forms as Markdown."""
    lines = [
        f"Made by `{COMMAND}` with seed {SEED}, {FORMS} forms of 60 questions a row, on average.",
        "",
        "| Form | Forms | Planted | Found: dead, copies, ambiguous | Found in all | Wrongly named (most) | Left out "
        "| Same verdict on standards (on those left out) | Same verdict on files "
        "| Answers left out told wrongly | Kept |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in found:
        mean = each.mean
        planted_of = {"dead": each.design.dead, "copies": each.design.copies, "ambiguous": each.design.ambiguous}
        kinds = ", ".join(f"{getattr(mean, kind):.1f} of {count}" for kind, count in planted_of.items())
        told = (
            f"{mean.dead + mean.copies + mean.ambiguous:.1f} | {mean.wrong:.2f} ({each.most_wrong}) | {mean.left:.1f}"
        )
        left = f"{mean.gone:.0%}" if mean.left else "none"
        same = f"{mean.standards:.1%} ({left}) | {mean.files:.1%} | {mean.untold:.1%}"
        kept = "yes" if each.kept else "**no**"
        lines.append(f"| {each.design.name} | {each.forms} | {each.faults} | {kinds} | {told} | {same} | {kept} |")
    return "\n".join(lines)


def false_forms(files: int, questions: int, together: float, *, forms: int = NULL_FORMS) -> int:
    """In how many forms without a fault something could go, or repeats another."""
    told = [without_fault(files, questions, together, SEED + number) for number in range(forms)]
    found = (examined(filled_in(answers, standards.theme("form"))) for answers, standards in told)
    return sum(bool(each.left or each.repeats) for each in found)


def false_table(found: list[int]) -> str:
    """The forms without a fault as Markdown."""
    lines = [
        "| Files | Questions | Correlation of one child's answers | Forms in which something could go | Kept |",
        "|---|---|---|---|---|",
    ]
    for (files, questions, together), wrong in zip(NULLS, found, strict=True):
        kept = "yes" if wrong <= FALSE * NULL_FORMS else "**no**"
        lines.append(f"| {files} | {questions} | {together} | {wrong} of {NULL_FORMS} | {kept} |")
    return "\n".join(lines)


def main() -> int:
    """Print the tables and write them into docs/methods.md."""
    found, wrong = [measured(design) for design in DESIGNS], [false_forms(*each) for each in NULLS]
    text = f"{table(found)}\n\n{false_table(wrong)}"
    print(text)
    put(text, name="form_doctor")
    return 0 if all(each.kept for each in found) and max(wrong) <= FALSE * NULL_FORMS else 1


if __name__ == "__main__":
    sys.exit(main())

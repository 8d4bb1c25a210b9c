"""Audit forms with faults that are known, made from the words of the issue alone.

Whoever finds the faults is never asked here: this module knows no rule by which a question is called dead, copied or
ambiguous. It knows how forms go wrong. Children differ in how well they were helped, so answers hang together; some
questions nobody can fail, or pass; some ask again what another asked; some are read in two ways, so that a second
reader agrees hardly more often than by luck. Answers are missing, and some questions apply to few.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

from ilacs_audit.domain.columns import ANSWER_COLUMNS
from ilacs_audit.domain.standards import GRADES, NOT_APPLICABLE, OVERALL, SCALES, Standards, read_theme

Levels = NDArray[np.int64]  # files by questions: the place on the scale, best first; N/A and BLANK below nought
N_A, BLANK = -1, -2


class Design(NamedTuple):
    """A form of 60 questions: how many of each fault, and how many files of how many rounds, from and to."""

    name: str
    rounds: tuple[int, int] = (2, 4)
    files: tuple[int, int] = (30, 60)
    twice: tuple[int, int] = (20, 60)
    dead: int = 10
    copies: int = 8
    ambiguous: int = 5
    questions: int = 60
    together: tuple[float, float] = (0.4, 1.2)  # how strongly one child's answers hang together, from and to
    turned: float = 0.0  # the share of the copies that ask it the other way round


class Planted(NamedTuple):
    """What the readers wrote, the catalogue of the form, a later round of the same form, and the truth."""

    answers: pd.DataFrame
    standards: Standards
    later: pd.DataFrame
    dead: frozenset[str]
    copies: tuple[frozenset[str], ...]  # each a question and all that ask the same
    ambiguous: frozenset[str]


class Form(NamedTuple):
    """The questions as they are: kind, scale and what makes each easy or hard, an entry a question."""

    kind: list[str]
    copied: list[int]  # the question that a copy repeats; itself for all others
    levels: Levels
    cuts: list[NDArray[np.float64]]
    loading: NDArray[np.float64]
    slips: NDArray[np.float64]
    rare: NDArray[np.float64]
    never: NDArray[np.bool_]
    turned: NDArray[np.bool_]
    applies: NDArray[np.float64]
    blank: float


def planted(design: Design, seed: int) -> Planted:
    """One form with its faults, as its readers filled it in."""
    chance = np.random.default_rng([seed, *map(ord, design.name)])
    form, names = _form(design, chance), [f"F-{number}" for number in range(1, design.questions + 1)]
    sizes = chance.integers(*design.files, endpoint=True, size=int(chance.integers(*design.rounds, endpoint=True)))
    rounds = np.repeat(np.arange(len(sizes)), sizes)
    scales = ["ofsted" if count == 4 else "met" for count in form.levels]
    answers = _round(form, rounds, design, names, scales, chance)
    later = _round(form, np.full(50, len(sizes)), design._replace(twice=(0, 0)), names, scales, chance)
    groups = {of: frozenset(names[at] for at, copy in enumerate(form.copied) if copy == of) for of in {*form.copied}}
    of = {kind: frozenset(name for name, each in zip(names, form.kind, strict=True) if each == kind) for kind in _KINDS}
    told = tuple(each for each in groups.values() if len(each) > 1)
    return Planted(answers, _catalogue(names, scales, chance), later, of["dead"], told, of["ambiguous"])


_KINDS = ("dead", "copy", "ambiguous", "ordinary")


def _form(design: Design, chance: np.random.Generator) -> Form:
    """Put the faults among the ordinary questions, in any order."""
    every = design.questions
    counts = (design.dead, design.copies, design.ambiguous)
    kind = [name for name, count in zip(_KINDS, (*counts, every - sum(counts)), strict=True) for _ in range(count)]
    kind = [kind[at] for at in chance.permutation(every)]
    ordinary = [at for at, each in enumerate(kind) if each == "ordinary"]
    copied = [int(chance.choice(ordinary)) if each == "copy" else at for at, each in enumerate(kind)]
    levels = np.where(chance.random(every) < 0.15, 4, 3)
    few = {*chance.choice(ordinary, size=3, replace=False)}
    usual = np.where(chance.random(every) < 0.8, chance.uniform(0.9, 1, every), chance.uniform(0.6, 0.9, every))
    applies = np.where([at in few for at in range(every)], chance.uniform(0.2, 0.45, every), usual)
    met = np.where(
        [each == "ambiguous" for each in kind], chance.uniform(0.4, 0.65, every), chance.uniform(0.35, 0.85, every)
    )
    return Form(
        kind,
        copied,
        levels[copied],
        [_cuts(share, count) for share, count in zip(met, levels, strict=True)],
        chance.uniform(*design.together, every),
        chance.uniform(0.06, 0.11, every),
        chance.uniform(0, 0.03, every),
        chance.random(every) < 0.2,
        chance.random(every) < design.turned,
        applies,
        float(chance.uniform(0.01, 0.04)),
    )


def _cuts(met: float, levels: int) -> NDArray[np.float64]:
    """Where one level ends on a scale from 0 to 1, best first, when this share meets the question."""
    rest = 1 - met
    return np.array([met * 0.3, met, met + 0.6 * rest] if levels == 4 else [met, met + 0.6 * rest])


def _round(
    form: Form, rounds: Levels, design: Design, names: list[str], scales: list[str], chance: np.random.Generator
) -> pd.DataFrame:
    """The answers of a first reader to every file, and of a second to some of them."""
    files, every = len(rounds), len(names)
    quality = chance.normal(0, 1, files)
    noise = chance.normal(0, 1, (files, every))
    spread = np.sqrt(form.loading**2 + 1)
    rank = 1 - ndtr((form.loading * quality[:, None] + noise) / spread)  # 0 is the best child of this question
    truth = np.stack([np.searchsorted(cuts, rank[:, at]) for at, cuts in enumerate(form.cuts)], axis=1)
    applies = chance.random((files, every)) < form.applies
    lenient = chance.normal(0, 0.3, 8)
    first, who = _read(form, truth, applies, quality, chance), chance.integers(0, 6, files)
    second = _read(form, truth, applies, quality, chance)
    again = chance.permutation(files)[: int(chance.integers(*design.twice, endpoint=True))]
    made = _rows(first, quality + lenient[who], rounds, who, "auditor", names, scales, chance)
    if not len(again):
        return made
    whose = chance.integers(6, 8, files)
    other = _rows(
        second[again],
        (quality + lenient[whose])[again],
        rounds[again],
        whose[again],
        "moderator",
        names,
        scales,
        chance,
        again,
    )
    return pd.concat([made, other], ignore_index=True)


def _read(
    form: Form, truth: Levels, applies: NDArray[np.bool_], quality: NDArray[np.float64], chance: np.random.Generator
) -> Levels:
    """What one reader writes of each file: a slip now and then, and blanks."""
    files, every = truth.shape
    told = truth.copy()
    slip = chance.random((files, every)) < form.slips
    told = np.where(slip, np.clip(told + chance.choice([-1, 1], (files, every)), 0, form.levels - 1), told)
    kinds = np.array(form.kind)
    for at in np.flatnonzero(
        kinds == "ambiguous"
    ):  # each reader has an understanding of it, and keeps to it nine times in ten
        afresh = np.searchsorted(form.cuts[at], chance.random(files))
        told[:, at] = np.where(chance.random(files) < 0.9, afresh, truth[:, at])
    for at in np.flatnonzero(kinds == "dead"):
        usual, other = (form.levels[at] - 1, 0) if form.never[at] else (0, form.levels[at] - 1)
        if form.levels[at] == 4 and not form.never[at]:
            usual = 1  # everybody is good, and nobody outstanding
        told[:, at] = np.where(chance.random(files) < form.rare[at], other, usual)
    told[~applies ^ (chance.random((files, every)) < 0.01)] = N_A
    for at in np.flatnonzero(kinds == "copy"):
        source = told[:, form.copied[at]]
        source = np.where((source >= 0) & form.turned[at], form.levels[at] - 1 - source, source)
        other = (source + chance.integers(1, form.levels[at], files)) % form.levels[at]
        told[:, at] = np.where((chance.random(files) < chance.uniform(0.01, 0.05)) & (source >= 0), other, source)
    stops = np.where(chance.random(files) < 0.03, int(0.7 * every), every)  # some never reach the end of the form
    told[(chance.random((files, every)) < form.blank) | (np.arange(every) >= stops[:, None])] = BLANK
    return told


def _rows(
    told: Levels,
    good: NDArray[np.float64],
    rounds: Levels,
    who: Levels,
    role: str,
    names: list[str],
    scales: list[str],
    chance: np.random.Generator,
    numbers: Levels | None = None,
) -> pd.DataFrame:
    """The answers as a return holds them, a row each, and an overall grade."""
    files = np.arange(len(told)) if numbers is None else numbers
    grades = np.searchsorted([-1.0, 0.3, 1.4], -(good + chance.normal(0, 0.4, len(told))) + 0.2)
    words = [*(SCALES[each].levels for each in scales), GRADES]
    at, question = np.nonzero(np.column_stack([told, grades]) != BLANK)
    marks = np.column_stack([told, grades])[at, question]
    answer = [NOT_APPLICABLE if mark == N_A else words[each][mark] for each, mark in zip(question, marks, strict=True)]
    frame = pd.DataFrame(
        {
            "audit_id": [f"form-2024-{1 + rounds[each]:02}" for each in at],
            "period": [f"2024-{1 + rounds[each]:02}" for each in at],
            "audited_on": pd.to_datetime(
                [f"2024-{1 + rounds[each]:02}-{'10' if role == 'auditor' else '17'}" for each in at]
            ),
            "child_ref": [f"C-{rounds[each]}-{files[each]}" for each in at],
            "rater_ref": [f"P-{who[each]}" for each in at],
            "role": role,
            "standard_id": [[*names, OVERALL][each] for each in question],
            "standard_version": 1,
            "answer": answer,
        }
    )
    rest = {name: "" for name in ANSWER_COLUMNS if name not in frame}
    return frame.assign(**rest)[[*ANSWER_COLUMNS]]


def _catalogue(names: list[str], scales: list[str], chance: np.random.Generator) -> Standards:
    """The standards that the questions ask, most of them the council's own, some critical or laid down by law."""
    law, critical = chance.random(len(names)) < 0.12, chance.random(len(names)) < 0.08
    entries = [
        {
            **{"id": name, "text": f"Question {name} of the form", "scale": scale, "target": "0.75"},
            **{
                "critical": bool(critical[at]),
                "source": {"kind": "statutory" if law[at] else "local", "text": "planted"},
            },
        }
        for at, (name, scale) in enumerate(zip(names, scales, strict=True))
    ]
    return Standards((read_theme({"theme": "form", "standards": entries}, file="form.yml"),))


def without_fault(files: int, questions: int, together: float, seed: int) -> tuple[pd.DataFrame, Standards]:
    """One round of a form without a fault: half the files meet each question, and one child's answers hang together.

    `together` is the correlation of what lies behind two answers on one child; nothing is blank, nothing a slip.
    """
    chance = np.random.default_rng([seed, files, questions, round(100 * together)])
    child, own = chance.normal(0, 1, (files, 1)), chance.normal(0, 1, (files, questions))
    met = np.sqrt(together) * child + np.sqrt(1 - together) * own > 0
    names = [f"F-{number}" for number in range(1, questions + 1)]
    answers = pd.DataFrame(np.where(met, "yes", "no"), columns=names)
    answers = (
        answers.rename_axis("child_ref").reset_index().melt("child_ref", var_name="standard_id", value_name="answer")
    )
    about = {"audit_id": "form", "period": "2024-01", "audited_on": pd.Timestamp("2024-01-10"), "role": "auditor"}
    rest = {name: "" for name in ANSWER_COLUMNS if name not in {*answers, *about}}
    told = answers.assign(**{**rest, **about, "standard_version": 1})[[*ANSWER_COLUMNS]]
    return told.astype({"child_ref": str}), _catalogue(names, ["yes_no"] * questions, chance)

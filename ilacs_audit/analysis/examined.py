"""What the answers to a form tell of its questions: what never varies, repeats another, or parts its readers.

The report on forms counts it, and the benchmark holds it against forms whose faults were planted.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilacs_audit.analysis.deciding import LEVEL, deciding
from ilacs_audit.analysis.filled_in import OUTSIDE, Form
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP
from ilacs_audit.domain.standards import NOT_APPLICABLE, NOT_RECORDED, Standard
from ilacs_audit.stats.agreement import weighted_kappa
from ilacs_audit.stats.comparison import chance_of_so_alike, chance_of_so_few, false_discovery

SEEN, VARIES, APPLIES, AGREED, LUCK, TURNED, SAME = 0.05, 0.15, 0.50, 0.80, 0.40, 0.50, 0.90  # docs/methods.md 10.6
TOGETHER = (6.0, 25.0)  # the odds ratio of two answers on one child, at least and at most
FEWEST_TWICE = 10  # files read twice below which nothing is said of readers
NEVER, REPEATS, FOR_FEW, PARTS, DECIDES = "F1", "F2", "F3", "F4", "F5"
_VERDICTS = [1.0, 0.0, OUTSIDE]
OWN = "local"  # the kind of a standard that a council may drop by itself
LEFT_OUT, NEVER_MET, CRITICAL = "left out", "never met", "critical"
LAID_DOWN, NO_SOURCE, NOTHING_LEFT = "law or guidance", "no source recorded", "nothing else would be asked"
DOUBTED = "a second reader found otherwise"


class Twin(NamedTuple):
    """Another question that an answer tells: in how many files, whether the other way round, and how likely by luck."""

    code: str
    same: int
    files: int
    turned: bool
    chance: float


class Examined(NamedTuple):
    """What was found of a form: counts and flags a question, what repeats what, and what could be left out."""

    facts: pd.DataFrame
    repeats: Mapping[str, Twin]
    left: tuple[str, ...]
    reasons: Mapping[str, str]


def examined(form: Form) -> Examined:
    """What the answers to a form tell of its questions, each test adjusted for how many were made."""
    facts = _facts(form)
    protected = {code: why for code, each in form.asked.items() if (why := _protected(each))}
    repeats, spare = _repeats(form, facts, protected)
    never = facts.index[facts["never"]]
    reasons = {code: _follows(facts.loc[code], protected.get(code, "")) for code in never}
    left = [code for code in form.asked if reasons.get(code) == LEFT_OUT or code in spare]
    if left and not any(facts["files"].drop(left)):
        return Examined(facts, repeats, (), dict.fromkeys(left, NOTHING_LEFT))
    told = {code: LEFT_OUT if code in spare else f"both are kept: {protected[code]}" for code in repeats}
    return Examined(facts, repeats, tuple(left), {**told, **reasons})


def told_by_the_rest(form: Form, found: Examined) -> pd.DataFrame:
    """What a shorter form would say of the questions that it leaves out, file by file, met 1 and not 0.

    What was always met is taken as met, and what repeats another question as the verdict that its answer implies.
    """
    told = {}
    for code in found.left:
        twin = found.repeats.get(code)
        met = pd.Series(1.0, index=form.first.index)
        told[code] = _implied(form, code, twin.code, turned=twin.turned) if twin else met
    return pd.DataFrame(told, index=form.first.index)


def _follows(fact: "pd.Series[Any]", protected: str) -> str:
    """What follows from an answer that never varies: only what is met, by every reader's word, could go."""
    if not fact["always"]:
        return NEVER_MET
    return DOUBTED if fact["parts"] or fact["doubted"] > SEEN * fact["twice"] else protected or LEFT_OUT


def _protected(asked: Standard) -> str:
    """Why a question is no council's own to drop; nothing where it is."""
    if asked.critical:
        return CRITICAL
    return "" if asked.source.kind == OWN else NO_SOURCE if asked.source.kind == NOT_RECORDED else LAID_DOWN


def _facts(form: Form) -> pd.DataFrame:
    """A row a question: answers, of what kind, how readers agreed, and what that shows."""
    applied = form.first.where(form.first != NOT_APPLICABLE)
    one, two = form.verdicts(form.first), form.verdicts(form.second)
    both = one.notna() & two.notna() & ((one != OUTSIDE) | (two != OUTSIDE))
    usual = pd.Series({code: next(iter(applied[code].mode()), "") for code in form.asked}, dtype=object)
    facts = pd.DataFrame({"files": applied.notna().sum(), "answers": form.first.notna().sum()}).assign(
        usual=usual,
        other=lambda each: each["files"] - applied.eq(usual).sum(),
        twice=both.sum(),
        agreed=(one.eq(two) & both).sum(),
    )
    never = _passes(chance_of_so_few(facts["other"], facts["files"], share=VARIES))
    new = applied[form.latest]
    moved = new.notna().sum() - new.eq(usual).sum() > VARIES * new.notna().sum()
    return facts.assign(
        always=[form.asked[str(code)].meets(str(said)) for code, said in usual.items()],
        never=never & (facts["other"] <= SEEN * facts["files"]) & ~moved,
        doubted=(two.where(both) == 0).sum(),
        few=_passes(chance_of_so_few(facts["files"], facts["answers"], share=APPLIES)),
        parts=_parts(facts, one.where(both), two.where(both)),
        **_of_grades(form, one.mask(one == OUTSIDE)),
    )


def _passes(chances: NDArray[np.float64]) -> NDArray[np.bool_]:
    return false_discovery(chances).passes.astype(bool)


def _parts(facts: pd.DataFrame, one: pd.DataFrame, two: pd.DataFrame) -> NDArray[np.bool_]:
    """On which questions two readers agree less than on others of the form, in under 80%, and hardly beyond luck."""
    enough = facts["twice"].where(facts["twice"] >= FEWEST_TWICE, 0)
    usual = (facts["agreed"] / enough.where(enough > 0)).dropna().median()
    limit = min(max(AGREED, usual), 0.99) if usual == usual else AGREED
    fewer = _passes(chance_of_so_few(facts["agreed"].where(enough > 0, 0), enough, share=limit))
    apart = zip(facts.index, fewer & (facts["agreed"] < AGREED * enough), strict=True)
    return np.array([bool(so) and _by_luck(one[code], two[code]) for code, so in apart], dtype=np.bool_)


def _by_luck(one: "pd.Series[float]", two: "pd.Series[float]") -> bool:
    """Whether luck explains how often they agree, as it does where one reader gave a single verdict."""
    found = weighted_kappa(
        pd.crosstab(one, two).reindex(index=_VERDICTS, columns=_VERDICTS, fill_value=0).to_numpy(), weights="identity"
    )
    return found is None or found.value < LUCK


def _of_grades(form: Form, met: pd.DataFrame) -> dict[str, Any]:
    """How many met each question of the files graded good or better, and of others; and which decide the grade."""
    good, lower = met[form.good == 1], met[form.good == 0]
    told = {"good": good.sum().astype(int), "lower": lower.sum().astype(int)}
    told |= {"of_good": good.notna().sum(), "of_lower": lower.notna().sum()}
    return {**told, "decides": met.columns.isin(deciding(good, lower))}


def _repeats(form: Form, facts: pd.DataFrame, protected: Mapping[str, str]) -> tuple[dict[str, Twin], set[str]]:
    """Each question that another one repeats, with the one that stays; and those that may go.

    What is protected stays before what is not, what applies to more files before what applies to fewer, what readers
    agree on before what parts them, what decides the grade before what does not, and else what the form asks first.
    """
    pairs = _alike(form, facts)
    place = {code: at for at, code in enumerate(form.asked)}
    narrow = {code for code, other in pairs if (other, code) not in pairs}
    parts, decides = ({*facts.index[facts[name]]} for name in ("parts", "decides"))
    order = sorted(
        {code for pair in pairs for code in pair},
        key=lambda code: (code not in protected, code in narrow, code in parts, code not in decides, place[code]),
    )
    kept: list[str] = []
    repeats: dict[str, Twin] = {}
    for code in order:
        twins = [pairs[code, each] for each in kept if (code, each) in pairs]
        if twins:
            repeats[code] = max(twins, key=lambda twin: (twin.same / twin.files, -place[twin.code]))
        if not twins or code in protected:
            kept.append(code)
    return repeats, repeats.keys() - protected.keys()


def _alike(form: Form, facts: pd.DataFrame) -> dict[tuple[str, str], Twin]:
    """Each question with another that tells it, in nearly all files to which it applies itself.

    Alike beyond what one child's answers hang together by, in none of all pairs by luck more often than once in 20
    forms: each pair has its share of that chance (Bonferroni).
    """
    varied = facts.index[(facts["other"] >= FEWEST_IN_A_GROUP) & ~facts["never"]]
    if len(varied) < 2:
        return {}
    verdicts = form.verdicts(form.first[varied])
    met, failed = ((verdicts == mark).to_numpy().astype(float) for mark in (1, 0))
    same, asked = met.T @ met + failed.T @ failed, (met + failed).T @ (met + failed)
    strength = form.places()[varied].corr().to_numpy()
    near = np.where(strength < 0, strength < -TURNED, same >= SAME * np.maximum(asked, 1))
    odds, pairs = _hanging_together(met, failed), len(varied) * (len(varied) - 1) / 2
    twins = {
        (varied[one], varied[two]): _twin(
            form, varied[one], varied[two], turned=bool(strength[one, two] < 0), odds=odds
        )
        for one, two in zip(*np.nonzero(near), strict=True)
        if one != two
    }
    wrong = [each.files - each.same for each in twins.values()]
    few = _passes(chance_of_so_few(wrong, [each.files for each in twins.values()], share=VARIES))
    sure = {
        pair
        for (pair, each), so in zip(twins.items(), few, strict=True)
        if so and each.same >= SAME * each.files and each.chance * pairs < LEVEL
    }
    files = facts["files"]
    return {
        pair: twins[pair] for pair in twins if {pair, pair[::-1]} <= sure and twins[pair].files >= SAME * files[pair[0]]
    }


def _hanging_together(met: NDArray[np.float64], failed: NDArray[np.float64]) -> float:
    """The odds ratio of two answers on one child, over all pairs of questions: Mantel and Haenszel's, within limits."""
    both, neither, one = met.T @ met, failed.T @ failed, met.T @ failed
    every = np.maximum(both + neither + one + one.T, 1)
    upper = np.triu_indices(len(every), 1)
    like, apart = (float((each / every)[upper].sum()) for each in (both * neither, one * one.T))
    return float(np.clip(like / apart, *TOGETHER)) if apart else TOGETHER[1]


def _twin(form: Form, code: str, of: str, *, turned: bool, odds: float) -> Twin:
    """In how many files the answer to one question tells the verdict on another."""
    own, told = form.verdicts(form.first[[code]])[code], _implied(form, code, of, turned=turned)
    both = told.notna() & own.notna() & (own != OUTSIDE)
    met, so = own[both] == 1, told[both] == 1
    cells = [int((one & two).sum()) for one in (met, ~met) for two in (so, ~so)]
    return Twin(of, cells[0] + cells[3], sum(cells), turned, chance_of_so_alike(*cells, odds=odds))


def _implied(form: Form, code: str, of: str, *, turned: bool) -> "pd.Series[float]":
    """The verdict on a question that the answer to its twin implies; turned, the best answer stands for the worst."""
    verdicts = form.verdicts(form.first[[of]])[of].where(lambda each: each != OUTSIDE)
    if not turned:
        return verdicts
    levels = form.asked[code].scale.levels
    if len(levels) != len(form.asked[of].scale.levels):
        return 1 - verdicts
    marks = {at: float(form.asked[code].meets(level)) for at, level in enumerate(reversed(levels))}
    return form.places()[of].map(marks)

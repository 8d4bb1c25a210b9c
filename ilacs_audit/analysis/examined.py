"""What the answers to a form tell of its questions: what never varies, repeats another, or parts its readers.

The report on forms counts it, and the benchmark holds it against forms whose faults were planted.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilacs_audit.analysis.filled_in import OUTSIDE, Form
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP
from ilacs_audit.domain.standards import NOT_APPLICABLE, NOT_RECORDED, Standard
from ilacs_audit.stats.agreement import weighted_kappa
from ilacs_audit.stats.comparison import chance_of_so_alike, chance_of_so_few, false_discovery
from ilacs_audit.stats.intervals import newcombe_difference

SEEN, VARIES, APPLIES, AGREED, LUCK, ALIKE, SAME = 0.05, 0.15, 0.50, 0.80, 0.40, 0.50, 0.90  # docs/methods.md 10.6
LEVEL = 0.05
FEWEST_TWICE = 10  # files read twice below which nothing is said of readers
MOST = 3  # questions said to decide the grade
NEVER, REPEATS, FOR_FEW, PARTS, DECIDES = "F1", "F2", "F3", "F4", "F5"
_VERDICTS = [1.0, 0.0, OUTSIDE]
OWN = "local"  # the kind of a standard that a council may drop by itself
LEFT_OUT, NEVER_MET, CRITICAL = "left out", "never met", "critical"
LAID_DOWN, NO_SOURCE, NOTHING_LEFT = "law or guidance", "no source recorded", "nothing else would be asked"
DOUBTED = "a second reader found otherwise"


class Twin(NamedTuple):
    """Another question that an answer tells: in how many of how many files, and whether the other way round."""

    code: str
    same: int
    files: int
    turned: bool


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
    """On which questions two readers agree less than on the others of the form, and hardly more than by luck."""
    enough = facts["twice"].where(facts["twice"] >= FEWEST_TWICE, 0)
    usual = (facts["agreed"] / enough.where(enough > 0)).median()
    limit = min(max(AGREED, usual), 0.99) if usual == usual else AGREED
    fewer = _passes(chance_of_so_few(facts["agreed"].where(enough > 0, 0), enough, share=limit))
    return np.array([so and _by_luck(one[code], two[code]) for code, so in zip(facts.index, fewer, strict=True)])


def _by_luck(one: "pd.Series[float]", two: "pd.Series[float]") -> bool:
    found = weighted_kappa(
        pd.crosstab(one, two).reindex(index=_VERDICTS, columns=_VERDICTS, fill_value=0).to_numpy(), weights="identity"
    )
    return found is not None and found.value < LUCK


def _of_grades(form: Form, met: pd.DataFrame) -> dict[str, Any]:
    """How many met each question of the files graded good or better, and of others; and the three furthest apart."""
    sides = [met[form.good == 1], met[form.good == 0]]
    counts = [(side.sum().astype(int), side.notna().sum()) for side in sides]
    (good, of_good), (lower, of_lower) = counts
    enough = (of_good >= FEWEST_IN_A_GROUP) & (of_lower >= FEWEST_IN_A_GROUP)
    confidence = 1 - LEVEL / max(enough.sum(), 1)
    ends = [
        newcombe_difference(*each, confidence=confidence) for each in zip(lower, of_lower, good, of_good, strict=True)
    ]
    more = np.array([each is not None and each.lower > 0 for each in ends])
    apart = (good / of_good - lower / of_lower)[enough & more]
    first = apart.sort_values(ascending=False, kind="stable").index[:MOST]
    told = {"good": good, "of_good": of_good, "lower": lower, "of_lower": of_lower}
    return {**told, "decides": met.columns.isin(first)}


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
    """Each question with another that tells it, in nearly all files to which it applies itself."""
    varied = facts.index[(facts["other"] >= FEWEST_IN_A_GROUP) & ~facts["never"]]
    if len(varied) < 2:
        return {}
    places, upper = form.places()[varied], np.triu_indices(len(varied), 1)
    there = places.notna().to_numpy().astype(int)
    with np.errstate(invalid="ignore", divide="ignore"):
        strength = places.corr().to_numpy()[upper]
    alike = _passes(chance_of_so_alike(strength, (there.T @ there)[upper], than=ALIKE))
    found = {}
    for one, other, so in zip(varied[upper[0]][alike], varied[upper[1]][alike], strength[alike], strict=True):
        twins = {pair: _twin(form, *pair, turned=bool(so < 0)) for pair in ((one, other), (other, one))}
        if all(each.same >= SAME * each.files for each in twins.values()):
            found.update(
                {pair: each for pair, each in twins.items() if each.files >= SAME * facts.loc[pair[0], "files"]}
            )
    return found


def _twin(form: Form, code: str, of: str, *, turned: bool) -> Twin:
    """In how many files the answer to one question tells the verdict on another."""
    own, told = form.verdicts(form.first[[code]])[code], _implied(form, code, of, turned=turned)
    both = told.notna() & own.notna() & (own != OUTSIDE)
    return Twin(of, int((own == told)[both].sum()), int(both.sum()), turned)


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

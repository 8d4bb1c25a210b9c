"""How far those who graded a pack agree with its anchors and with one another, and whether that has drifted.

An auditor's pattern is that auditor's business: readers stand under made-up ids, in the order of these, and none of
this is for any page but a private one.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilacs_audit.domain.catalogue.gym import GRADES
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.given import table_of
from ilacs_audit.domain.measures import in_order, measures
from ilacs_audit.stats.agreement import Agreement, agreement_weights, alphas, coincidences, gwets, kappas, one_sided
from ilacs_audit.stats.readers.clustered import Clustered, clustered_agreement, clustered_difference, clustered_share
from ilacs_audit.stats.readers.questions import FEWEST_TO_SPLIT, chance_of_split, pairs_alike, splits

Record = dict[str, Any]
FEWEST_VIGNETTES = 8  # of fewer a reader has counts and no share or coefficient
FEWEST_ANSWERS = 10  # of fewer no coefficient is worked out
FEWEST_TO_DRIFT = 4  # readers who graded both packs
ALPHA = "Ordinal alpha of all readers with one another"
KAPPA, AC2 = "reader_kappa", "reader_ac2"
ONE_GRADE = "It cannot be calculated: one grade was given throughout."
ONE_SIDED = "It cannot be calculated: the reader or the anchor has one grade throughout."
SPLIT, DOUBTED = "split", "anchor in doubt"
NEARER, KINDER = "nearer to the anchor", "kinder"
_STEP = {grade: place for place, grade in enumerate(GRADES)}
_LINEAR = agreement_weights(len(GRADES), "linear")
_NEEDED = (
    *("council", "ours", "pack", "number", "vignette", "question", "item"),
    *("standard_id", "reader", "grade", "anchor", "why"),
)
_SOME = "Give the table of ia.load_gym(folder)."


def gym_results(gradings: pd.DataFrame, *, pack: str = "") -> pd.DataFrame:
    """Count how the readers of a pack graded it, beside its anchors, one another, the pack before and other councils.

    Takes the table of `load_gym`, and the code of a pack; without one the last that was graded here. Returns Measures:
    `gym_same`, `gym_near` (within one grade), `gym_kinder` and `gym_harsher` of the answers, for all and for each
    "reader", `gym_same` for each "standard" and "council" too; `gym_pairs` of the pairs of answers to one question;
    `gym_question` for each question, with its grades; `gym_split`, the questions that split people, with as many as
    would by luck (`centre`); `agreement`, `reader_kappa` and `reader_ac2`; `gym_drift`, of those who graded
    the pack before; `gym_readers` of each "pack" that was graded here. Intervals are from extract to extract. Raises
    UsageError where nobody here graded such a pack.
    """
    table_of(gradings, _NEEDED, "gradings", _SOME)
    gradings = gradings.assign(apart=_apart(gradings))
    ours = gradings[gradings["ours"].astype(bool)]
    code = pack or _last(ours)
    found = ours[ours["pack"] == code]
    if found.empty:
        told = f"Nobody here has graded the pack {code}." if code else "No workbook of ours holds a grade."
        raise UsageError(told, fix="Put filled workbooks beside the key, or name another pack.")
    records = [*_all(found), *_readers(found), *_questions(found), *_drift(found, ours), *_packs(ours)]
    same_pack = gradings[gradings["pack"] == code]
    records += _councils(same_pack) if len(set(same_pack["council"])) > 1 else ()
    return measures({**each, "period": code} for each in records)


def _last(ours: pd.DataFrame) -> str:
    """The code of the last pack that half as many people graded as any other: a stray workbook is no round."""
    readers = ours.groupby(["number", "pack"])["reader"].nunique()
    return str(readers[2 * readers >= readers.max()].index[-1][1]) if len(readers) else ""


def _packs(ours: pd.DataFrame) -> Iterator[Record]:
    for pack, readers in ours.groupby("pack")["reader"].nunique().items():
        yield {"measure": "gym_readers", "group": "pack", "level": pack, "numerator": int(readers)}


def _apart(found: pd.DataFrame) -> "pd.Series[Any]":
    """By how many grades each answer is kinder than its anchor."""
    return found["anchor"].map(_STEP).astype(int) - found["grade"].map(_STEP).astype(int)


def _share(measure: str, so: "pd.Series[Any]", by: "pd.Series[Any]", **about: Any) -> Record:
    """Of how many answers it is so, with an interval from extract to extract."""
    sizes, hits = Counter(by), Counter(by[so])
    share = clustered_share([hits[each] for each in sizes], [*sizes.values()])
    return _clustered(measure, share, hits.total(), sizes.total(), **about)


def _clustered(measure: str, found: Clustered | None, k: int, n: int, **about: Any) -> Record:
    told: Record = {"measure": measure, "group": "all", "level": "all", "numerator": k, "denominator": n, **about}
    if found is None or found.interval is None:
        return {**told, "value": found.value if found else None, "note": "The answers are of a single extract."}
    ends = {"lower": found.interval.lower, "upper": found.interval.upper}
    return {**told, "value": found.value, **ends, "confidence": 0.95, "method": "clustered"}


def _against(found: pd.DataFrame, **about: Any) -> Iterator[Record]:
    """Answers beside their anchors."""
    apart = found["apart"]
    for name, so in (
        ("gym_same", apart == 0),
        ("gym_near", apart.abs() <= 1),
        ("gym_kinder", apart > 0),
        ("gym_harsher", apart < 0),
    ):
        yield _share(name, so, found["vignette"], **about)


def _pairs(found: pd.DataFrame, **about: Any) -> Iterator[Record]:
    """Pairs of readers of one question; none where nobody graded what another did."""
    pairs = [(vignette, *pairs_alike([*grades])) for (vignette, _), grades in _by_item(found)]
    told = pd.DataFrame(pairs, columns=["vignette", "alike", "pairs"]).groupby("vignette").sum()
    if k_of := int(told["pairs"].sum()):
        share = clustered_share([*map(int, told["alike"])], [*map(int, told["pairs"])])
        yield _clustered("gym_pairs", share, int(told["alike"].sum()), k_of, **about)


def _by_item(found: pd.DataFrame) -> Iterator[tuple[tuple[str, str], "pd.Series[Any]"]]:
    return ((key, part["grade"]) for key, part in found.groupby(["vignette", "item"], sort=False))  # type: ignore[misc]  # pandas


def _all(found: pd.DataFrame) -> Iterator[Record]:
    yield from _against(found)
    yield from _pairs(found)
    for standard in sorted(set(found["standard_id"]), key=in_order):
        part = found[found["standard_id"] == standard]
        yield _share(
            "gym_same", part["apart"] == 0, part["vignette"], group="standard", standard_id=standard, level=standard
        )
    ratings = [(vignette, [*grades]) for (vignette, _), grades in _by_item(found) if len(grades) > 1]
    if len(ratings) >= FEWEST_ANSWERS:
        pairs = coincidences([grades for _, grades in ratings], [*GRADES])
        alpha = clustered_agreement(
            _by_vignette(pairs, [name for name, _ in ratings]), lambda each: alphas(each, "ordinal")
        )
        yield _coefficient("agreement", ALPHA, alpha, len(ratings))


def _by_vignette(tables: NDArray[np.generic], names: Sequence[object]) -> NDArray[np.float64]:
    """The sum of the tables of each extract."""
    _, place = np.unique(np.asarray(names, dtype=str), return_inverse=True)
    made = np.zeros((int(place.max()) + 1, *tables.shape[1:]))
    np.add.at(made, place, tables)
    return made


def _coefficient(measure: str, level: str, found: Agreement | None, answers: int, why: str = ONE_GRADE) -> Record:
    about = {"measure": measure, "group": "coefficient", "level": level, "denominator": answers, "method": "jackknife"}
    if found is None:
        return {**about, "note": why}
    ends = {"lower": found.interval.lower, "upper": found.interval.upper} if found.interval else {}
    return {**about, "value": found.value, "confidence": 0.95, "method": found.method, **ends}


def _readers(found: pd.DataFrame) -> Iterator[Record]:
    """Reader by reader, in the order of their made-up ids."""
    for reader in sorted(set(found["reader"]), key=in_order):
        ours = found[found["reader"] == reader]
        few = ours["vignette"].nunique() < FEWEST_VIGNETTES
        for each in _against(ours, group="reader", level=reader):
            bare = {**dict.fromkeys(("value", "lower", "upper")), "method": "count"}
            yield {**each, **bare, "note": "Of fewer than eight extracts."} if few else each
        if not few and len(ours) >= FEWEST_ANSWERS:
            tables = np.zeros((len(ours), len(GRADES), len(GRADES)))
            tables[range(len(ours)), ours["anchor"].map(_STEP), ours["grade"].map(_STEP)] = 1
            each_vignette = _by_vignette(tables, [*ours["vignette"]])
            alone = one_sided(each_vignette.sum(axis=0))
            for name, statistic in ((KAPPA, kappas), (AC2, gwets)):
                found_of = clustered_agreement(each_vignette, partial(statistic, weights=_LINEAR))
                refused = alone and name == KAPPA
                yield _coefficient(name, reader, None if refused else found_of, len(ours), ONE_SIDED)


def _questions(found: pd.DataFrame) -> Iterator[Record]:
    """Question by question how it was graded, and how many split people beside those that would by luck."""
    tallies = [(part.iloc[0], Counter(part["grade"])) for _, part in found.groupby("item", sort=False)]
    tallies.sort(key=lambda each: in_order(str(each[0]["question"])))
    for first, counts in tallies:
        given = [counts[grade] for grade in GRADES]
        yield {
            **{"measure": "gym_question", "group": "question", "level": first["question"]},
            **{"standard_id": first["standard_id"], "numerator": counts[first["anchor"]], "denominator": sum(given)},
            "centre": _alike(given),
            "note": ", ".join(f"{grade} {count}" for grade, count in zip(GRADES, given, strict=True)),
            **{"verdict": _kind(counts, first["anchor"]), "reason": f"{first['anchor']}: {first['why']}"},
        }
    asked = [(first["anchor"], [counts[grade] for grade in GRADES]) for first, counts in tallies]
    enough = [each for each in asked if sum(each[1]) >= FEWEST_TO_SPLIT]
    if enough:
        split, luck = sum(splits(given) for _, given in enough), _by_luck(enough)
        yield {
            **{"measure": "gym_split", "group": "all", "level": "all", "numerator": split, "denominator": len(enough)},
            **{"value": split / len(enough), "centre": luck / len(enough)},
        }


def _alike(given: list[int]) -> float | None:
    """The share of pairs of readers who gave the same grade."""
    alike, pairs = pairs_alike([grade for grade, count in enumerate(given) for _ in range(count)])
    return alike / pairs if pairs else None


def _kind(counts: Mapping[str, int], anchor: str) -> str:
    """What a question shows: readers who differ, or readers who agree on another grade than the anchor."""
    readers, most = sum(counts.values()), max(counts, key=lambda grade: counts[grade])
    if readers >= FEWEST_TO_SPLIT and most != anchor and 3 * counts[most] >= 2 * readers:
        return DOUBTED
    return SPLIT if splits([counts.get(grade, 0) for grade in GRADES]) else ""


def _by_luck(asked: list[tuple[str, list[int]]]) -> float:
    """How many questions would split if all with one anchor were equally hard."""
    pooled = {anchor: np.sum([given for one, given in asked if one == anchor], axis=0) for anchor, _ in asked}
    shares = {anchor: [float(each) for each in given / given.sum()] for anchor, given in pooled.items()}
    kinds = {(anchor, sum(given)) for anchor, given in asked}
    chances = {(anchor, n): chance_of_split(shares[anchor], n) for anchor, n in kinds}
    return sum(chances[anchor, sum(given)] for anchor, given in asked)


def _drift(found: pd.DataFrame, ours: pd.DataFrame) -> Iterator[Record]:
    """Those who graded the last pack before this one that shares questions with it, on these questions alone."""
    number = found["number"].iloc[0]
    before = ours[(ours["number"] < number) & ours["item"].isin(found["item"])]
    if before.empty:
        return
    before = before[before["pack"] == _last(before)]
    both = before.merge(found, on=["reader", "item"], suffixes=("_before", ""))
    if both.empty:
        return
    was, now = both["apart_before"], both["apart"]
    readers = int(both["reader"].nunique())
    same = (was == 0).astype(int), (now == 0).astype(int)
    yield {
        **{"measure": "gym_linked", "group": "all", "level": "all", "numerator": readers, "denominator": len(both)},
        "note": f"{int(same[0].sum())} of {len(both)} before and {int(same[1].sum())} of {len(both)} now",
    }
    for level, change in ((NEARER, same[1] - same[0]), (KINDER, now - was)):
        by = change.groupby(both["reader"])
        moved = clustered_difference([*map(int, by.sum())], [*map(int, by.size())])
        few = readers < FEWEST_TO_DRIFT
        told: Record = {"measure": "gym_drift", "group": "coefficient", "level": level, "denominator": len(both)}
        if moved is None or moved.interval is None or few:
            note = f"Fewer than {FEWEST_TO_DRIFT} readers graded both packs." if few else "All readers changed alike."
            yield {**told, "value": moved.value if moved else None, "note": note}
        else:
            ends = {"lower": moved.interval.lower, "upper": moved.interval.upper}
            yield {**told, "value": moved.value, **ends, "confidence": 0.95, "method": "clustered"}


def _councils(found: pd.DataFrame) -> Iterator[Record]:
    """Ours first, then the others by name, on the same pack."""
    for ours, council in sorted({(not own, name) for own, name in zip(found["ours"], found["council"], strict=True)}):
        part = found[(found["council"] == council) & (found["ours"] != ours)]
        about = {"group": "council", "level": council}
        readers = {"measure": "gym_readers", **about, "numerator": int(part["reader"].nunique())}
        yield readers
        yield from _against(part, **about)
        yield from _pairs(part, **about)

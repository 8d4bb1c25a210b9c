"""Who came to a family hub: a council's list of its youngest children against the register that the hubs keep.

The two share no reference, so a child is found by name and date of birth before both are forgotten. What is only
likely stays apart from what is sure, and what nobody can tell stays open: a share among those who were found would
say nothing of the others.
"""

import hmac
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from unicodedata import combining, normalize

import pandas as pd

from ilacs_audit.domain.columns import LINKED, NO_PARTNER, UNTRIED
from ilacs_audit.intake.identity.linking import can_weigh, probable_pairs
from ilacs_audit.intake.identity.people import person

_SURE, _RIVAL, _LEAST = 0.95, 0.05, 0.01  # chances: of a link, of a pair that casts doubt on one, of any pair
_SURELY, _REVIEWED, _LIKELY = LINKED
_OPEN = "no"  # a record may be theirs, and nobody knows
_KEY = ["name", "born"]
_STROKES = str.maketrans("łøđħıßæœ", "lodhisao")
_NO_LETTER = re.compile(r"[^\w\s]+")


class Pair(NamedTuple):
    """Two records that may be one child, as a person is asked about them: without a chance or a register's name."""

    id: str
    one: tuple[str, str]
    other: tuple[str, str]


class Review(NamedTuple):
    """What people said of pairs, by the pair's id, and the pairs to ask about: none where no pair was weighed."""

    said: Mapping[str, str]
    pairs: dict[str, Pair]
    weighed: list[str]


def linked(children: pd.DataFrame, records: pd.DataFrame, *, key: bytes, review: Review) -> pd.DataFrame:
    """Link children to the hubs' records. Returns the attendance register.

    `children` has `child_ref`, `name`, `born`, `cohort`, `age`; `records` have `name`, `born`, `attended`. Of each
    child `matched` says how: "yes" (the same name and date of birth), "reviewed" (a person said so), "likely" (by
    probability); "no" where a record may be theirs, "none" where none is like them, "untried" where the extra 'link' is
    missing. `attended` is empty where nobody can tell. A row without a child is a record that could be anybody's.
    """
    ours, theirs, weigh = _keys(children).assign(child=children["child_ref"]), _keys(records), can_weigh()
    pairs = _same(ours, theirs)
    free = theirs[~theirs.index.isin(pairs.loc[pairs["rule"] == _SURELY, "right"])]
    if weigh:
        review.weighed.append("attendance")
        came = pairs["right"].map(records["attended"]).eq("yes") & (pairs["rule"] == _SURELY)
        rest = ours[~ours["child"].isin(pairs.loc[came, "child"])]
        pairs = _judged(_weighed(rest, free, pairs), ours, theirs, records["attended"], key, review)
    missed = free[records["attended"].reindex(free.index) != "no"]
    told = _told(pairs.assign(attended=pairs["right"].map(records["attended"])))
    if weigh and len(missed):  # of a child of whom nothing is told, any record may be theirs
        told = {each: (_OPEN, "") for each in ours.loc[_bare(ours), "child"]} | told
    found = [told.get(each, (NO_PARTNER if weigh else UNTRIED, "no")) for each in children["child_ref"]]
    table = children[["child_ref", "cohort", "age"]].assign(
        attended=[said for _, said in found], matched=[how for how, _ in found]
    )
    spare = int(_bare(missed).sum()) if weigh else len(missed)
    nobody = {"child_ref": "", "cohort": "", "age": pd.NA, "attended": "yes", "matched": _OPEN}
    return pd.concat(
        [table, pd.DataFrame([nobody] * spare, columns=table.columns).astype(table.dtypes)], ignore_index=True
    )


def _keys(table: pd.DataFrame) -> pd.DataFrame:
    """Names without accents and marks, which one system writes and the other leaves out, and the days of birth."""
    told = (normalize("NFKD", person(each).translate(_STROKES)) for each in table["name"])
    bare = ("".join(each for each in name if not combining(each)).replace("'", "") for name in told)
    names = [" ".join(_NO_LETTER.sub(" ", name).split()) for name in bare]
    days = [None if pd.isna(day) else day.date() for day in table["born"]]
    return pd.DataFrame({"name": names, "born": days}, index=table.index, dtype=object)


def _bare(keys: pd.DataFrame) -> "pd.Series[Any]":
    """Which records tell too little to be anybody's in particular: no date of birth, and no name of two words."""
    return keys["born"].isna() & ~keys["name"].str.contains(" ", regex=False)


def _same(ours: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """Pairs with the same name and date of birth; where two children share both, it is open whose the record is."""
    told = [each[each["name"].ne("") & each["born"].notna()] for each in (ours, theirs)]
    named = [each.assign(**{side: each.index}) for side, each in zip(("left", "right"), told, strict=True)]
    both = named[0].merge(named[1], on=_KEY)
    alone = both.groupby(_KEY)["child"].transform("nunique") == 1
    return both[["child", "left", "right"]].assign(rule=alone.map({True: _SURELY, False: _OPEN}).astype(object))


def _weighed(ours: pd.DataFrame, free: pd.DataFrame, same: pd.DataFrame) -> pd.DataFrame:
    """The pairs known, and what may be pairs besides: likely where neither record has another partner near it."""
    found = probable_pairs(ours, free, least=_LEAST, expected=len(same) / 4)
    found = found.assign(child=ours["child"].reindex(found["left"]).to_numpy())
    near = found[found["score"] >= _RIVAL]
    doubted = {side: near.groupby(side)[other].nunique() for side, other in (("child", "right"), ("right", "child"))}
    alone = (found["child"].map(doubted["child"]) == 1) & (found["right"].map(doubted["right"]) == 1)
    likely = alone & found["agrees"] & (found["score"] >= _SURE) & ~found["child"].isin(same["child"])
    found = found.assign(rule=likely.map({True: _LIKELY, False: _OPEN}).astype(object))
    return pd.concat([same, found[same.columns]]).drop_duplicates(["child", "right"], ignore_index=True)


def _judged(
    pairs: pd.DataFrame,
    ours: pd.DataFrame,
    theirs: pd.DataFrame,
    attended: "pd.Series[Any]",
    key: bytes,
    review: Review,
) -> pd.DataFrame:
    """The pairs after what a person said of them; those that could move a count are gathered to be asked about."""
    asked = (pairs["rule"] != _SURELY) & (pairs["right"].map(attended) != "no")
    rules = pairs["rule"].copy()
    for place in pairs.index[asked]:
        child, left, right, _ = pairs.loc[place]
        pair = _pair(child, tuple(ours.loc[left, _KEY]), tuple(theirs.loc[right, _KEY]), key)
        review.pairs[pair.id] = pair
        rules[place] = {"yes": _REVIEWED, "no": ""}.get(review.said.get(pair.id, ""), rules[place])
    return pairs.assign(rule=rules)[rules != ""]


def _pair(child: str, one: tuple[Any, Any], other: tuple[Any, Any], key: bytes) -> Pair:
    """A pair under an id that only these records give; which of them stands first hangs on the id."""
    mark = hmac.digest(key, repr(("pair", child, one, other)).encode(), "sha256").hex()
    both = [(name.title(), f"{day:%d/%m/%Y}" if day else "") for name, day in (one, other)]
    return Pair(f"L-{mark[:12]}", *(both if int(mark[-1], 16) % 2 else both[::-1]))


def _told(pairs: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Of each child with a pair, how it was matched, and whether it came: yes, no, or nobody knows."""
    joined, may = pairs[pairs["rule"] != _OPEN], pairs["attended"] != "no"
    how = joined.assign(rank=joined["rule"].map(LINKED.index)).sort_values("rank").drop_duplicates("child")
    came = set(joined.loc[joined["attended"] == "yes", "child"])
    told = {child: (_OPEN, "") for child in pairs.loc[may, "child"]}
    told |= {
        child: (rule, "" if child in told else "no") for child, rule in zip(how["child"], how["rule"], strict=True)
    }
    return {child: (rule, "yes" if child in came else said) for child, (rule, said) in told.items()}

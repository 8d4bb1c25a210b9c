"""Draw the files for an audit fairly, and share them among auditors who may read them.

Files are drawn first, by chance alone, within strata; who reads them is decided afterwards.
An auditor's diary therefore never changes a child's chance of being read. When the files
drawn cannot be shared out, the draw says why instead of quietly choosing others.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.stats.lists.allotting import alike, in_proportion, matched

RESERVES = 0.2
FLAGGED, THE_REST = "flagged", "the rest"
NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Draw:
    """What was drawn, from what, and by which rules: enough to draw it again."""

    allocation: pd.DataFrame
    reserves: pd.DataFrame
    strata: pd.DataFrame
    excluded: int
    listed: int
    seed: int
    own_team_allowed: bool = False
    earlier_known: bool = True
    evenly: bool = False
    in_parts: bool = False
    by: str = "file"
    families: int | None = None

    @property
    def unheld(self) -> int:
        """Files drawn whose worker the list does not name, so that nobody could check whose case they are."""
        return int(self.allocation["worker_ref"].fillna("").eq("").sum())

    @property
    def chance(self) -> float:
        """The chance of being drawn, the same for every file on the list that was not left out."""
        if self.by == "file":
            return len(self.allocation) / (self.listed - self.excluded)
        return float(self.strata["drawn"].sum() / self.strata["listed"].sum())


def draw_sample(
    cases: pd.DataFrame,
    *,
    size: int,
    auditors: pd.DataFrame,
    seed: int,
    strata: str | None = None,
    audited_recently: Sequence[str] | None = None,
    own_team_allowed: bool = False,
    evenly: bool = False,
    in_parts: bool = False,
    by: str = "file",
) -> Draw:
    """Draw files from a case list and give each to an auditor who holds neither it nor its team.

    Parameters
    ----------
    cases
        One row a child: `child_ref`, `team`, `worker_ref`, and the column to stratify by.
    size
        Files wanted; all are drawn where the list holds no more.
    auditors
        `auditor`, `team` and `capacity`: how many files each can read.
    seed
        Printed on the protocol; the same seed draws the same files.
    audited_recently
        References left out because they were audited in the last twelve months; None where there is no list of them.
    evenly
        As many files of each stratum as of the next, as far as it has them: for a second reading.
    in_parts
        `strata` says which files are "flagged": all of these are drawn, and of "the rest" what is left of the size.
    by
        "worker" or "family": so many of these as hold about `size` files are drawn, each with all its files, and
        `together` numbers them. By "file", where the list has a column `family_ref`, one child of each family, taken
        by chance, is listed and no other: siblings hang together. Of a family with flagged children these are listed.

    Returns
    -------
    Draw: `allocation` and `reserves` (cases with `stratum`, `order` in which chance drew them, and `auditor` for the
    allocation), and `strata` with how many were listed and drawn in each.
    Raises UsageError when the wish is impossible, naming the rule that makes it so.
    Example: `ia.draw_sample(cases, size=20, auditors=auditors, seed=2024)`.
    """
    cases, auditors = doors.for_draw(cases, auditors, size=size, seed=seed, strata=strata, by=by)
    listed = cases.drop_duplicates("child_ref").sort_values("child_ref", ignore_index=True)
    eligible = listed[~listed["child_ref"].isin(audited_recently or ())].copy()
    excluded, chance = len(listed) - len(eligible), np.random.default_rng(seed)
    named = by == "file" and "family_ref" in eligible and bool(eligible["family_ref"].ne("").any())
    if named:
        kept = eligible[strata].eq(FLAGGED) if in_parts and strata else pd.Series(False, index=eligible.index)
        eligible = _one_of_each(eligible, chance, kept)
    _check_size(size, len(eligible))
    eligible["stratum"] = eligible[strata].astype(str).replace("", NOT_RECORDED) if strata else "all"
    if by == "file":
        drawn, reserves, table = _file_by_file(eligible, size, chance, evenly=evenly, in_parts=in_parts)
    else:
        drawn, reserves, table = _whole_clusters(eligible, min(size, len(eligible)), by, chance)
    return Draw(
        _given_out(drawn, auditors, chance, mixed=evenly, own_team_allowed=own_team_allowed),
        reserves,
        table,
        excluded,
        listed=len(eligible) + excluded,
        seed=seed,
        own_team_allowed=own_team_allowed,
        earlier_known=audited_recently is not None,
        evenly=evenly,
        in_parts=in_parts,
        by=by,
        families=len(eligible) if named else None,
    )


def draw_order(teams: Sequence[str], *, seed: int) -> list[str]:
    """The order in which teams are trained, by chance alone: every order is as likely as every other.

    >>> draw_order(["Court", "Care", "Front Door"], seed=7) == draw_order(["Front Door", "Court", "Care"], seed=7)
    True
    """
    if len({*teams}) < 2:
        raise UsageError("An order takes two teams or more.", fix="Give a list that names the team of each file.")
    named = sorted({*teams})
    return [named[at] for at in np.random.default_rng(seed).permutation(len(named))]


def _one_of_each(eligible: pd.DataFrame, chance: np.random.Generator, kept: "pd.Series[bool]") -> pd.DataFrame:
    """One child of each family, taken by chance, or those of it that are `kept` whatever chance says.

    A child whose family is not written is one of its own.
    """
    mixed = eligible.iloc[chance.permutation(len(eligible))]
    flagged, family = kept[mixed.index], mixed["family_ref"]
    others = family.isin(set(family[flagged]) - {""}) | family.duplicated()
    return mixed[flagged | (family == "") | ~others].sort_values("child_ref")


def _in_two_parts(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """All that are flagged, and of the rest what is left of the size. Raises UsageError where nothing is."""
    flagged, rest = (sizes.get(each, 0) for each in (FLAGGED, THE_REST))
    if not flagged or not rest or size <= flagged or size >= flagged + rest:
        told = f"Of the files that may be drawn {flagged} are flagged and {rest} are not, and {size} are wanted."
        fix = "Ask for more than are flagged and fewer than are listed, or draw without --flagged."
        raise UsageError(told, where="--flagged", fix=fix)
    return {FLAGGED: flagged, THE_REST: size - flagged}


def _file_by_file(
    eligible: pd.DataFrame, size: int, chance: np.random.Generator, *, evenly: bool, in_parts: bool
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Files drawn one by one within their strata, those in reserve, and how many of each were listed and drawn."""
    ordered = eligible.iloc[chance.permutation(len(eligible))]
    counts = ordered["stratum"].value_counts().sort_index()
    sizes = {str(name): int(count) for name, count in counts.items()}
    start, within = int(chance.integers(len(eligible))), min(size, len(eligible))
    if in_parts:
        shares = _in_two_parts(sizes, size)
    else:
        shares = alike(sizes, within) if evenly else in_proportion(sizes, within, start=start)
    place = ordered.groupby("stratum", sort=False).cumcount()
    quota = ordered["stratum"].map(shares)
    drawn = ordered.assign(order=place + 1)[place < quota].sort_values(["stratum", "child_ref"], ignore_index=True)
    spare = ordered.assign(order=place - quota + 1)[(place >= quota) & (place < quota + np.ceil(quota * RESERVES))]
    table = pd.DataFrame({"stratum": [*sizes], "listed": [*sizes.values()], "drawn": [shares[name] for name in sizes]})
    return drawn, spare.sort_values(["stratum", "order"], ignore_index=True), table


def _whole_clusters(
    eligible: pd.DataFrame, size: int, by: str, chance: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Workers or families drawn by chance with all their files, those in reserve, and how many were listed and drawn.

    How many are drawn is decided beforehand from the mean, so that each has the same chance whatever it holds. A file
    that names none is one of its own.
    """
    whose = eligible[f"{by}_ref"].where(eligible[f"{by}_ref"].ne(""), eligible["child_ref"].map("file {}".format))
    names = sorted(whose.unique())
    many = max(1, round(size * len(names) / len(eligible)))
    if len(names) in (1, len(eligible)):
        why = "The list names no {} of two files." if len(names) > 1 else "All files are of one {}, so none is drawn."
        fix = f"Give the list a column {by} that tells them apart, or draw without --by."
        raise UsageError(why.format(by), where="--by", fix=fix)
    place = {names[at]: order for order, at in enumerate(chance.permutation(len(names)), start=1)}
    told = eligible.assign(together=whose.map(place)).sort_values(["together", "child_ref"], ignore_index=True)
    spare = math.ceil(many * RESERVES)
    drawn, reserves = told[told["together"] <= many], told[told["together"].between(many + 1, many + spare)]
    table = pd.DataFrame({"stratum": [f"each {by}"], "listed": [len(names)], "drawn": [min(many, len(names))]})
    return drawn.assign(order=0), reserves.assign(order=reserves["together"] - many), table


def _check_size(size: int, eligible: int) -> None:
    """There is something to draw; a list shorter than the wish is drawn whole, as a list can lose its totals."""
    if size < 1:
        raise UsageError("A draw needs at least one file.", fix="Ask for one or more.")
    if not eligible:
        raise UsageError("No file of the list may be drawn.", fix="Shorten the exclusion, or give a longer list.")


def _given_out(
    drawn: pd.DataFrame, auditors: pd.DataFrame, chance: np.random.Generator, *, mixed: bool, own_team_allowed: bool
) -> pd.DataFrame:
    """The files drawn, each with its auditor; `mixed` beforehand, or one reader would have all of one kind."""
    order = chance.permutation(len(drawn)) if mixed else np.arange(len(drawn))
    given = _share_out(drawn.iloc[order], auditors, chance, own_team_allowed=own_team_allowed)
    return drawn.assign(auditor=[given[at] for at in np.argsort(order)])


def _share_out(
    drawn: pd.DataFrame, auditors: pd.DataFrame, chance: np.random.Generator, *, own_team_allowed: bool
) -> list[str]:
    """Give every file an auditor, as evenly as the rules allow."""
    shuffled = auditors.iloc[chance.permutation(len(auditors))].reset_index(drop=True)
    allowed = _allowed(drawn, shuffled, own_team_allowed=own_team_allowed)
    _check_possible(drawn, shuffled, allowed)
    capacity = shuffled["capacity"].to_numpy(dtype=int)
    for level in range(math.ceil(len(drawn) / len(shuffled)), int(capacity.max()) + 1):
        given = matched(allowed, np.minimum(capacity, level))
        if given is not None:
            return [str(shuffled.loc[who, "auditor"]) for who in given]
    raise UsageError(
        _why_impossible(drawn, allowed, capacity), fix="Add auditors from other teams, or raise a capacity."
    )


def _allowed(drawn: pd.DataFrame, auditors: pd.DataFrame, *, own_team_allowed: bool) -> np.ndarray[Any, Any]:
    own_case = drawn["worker_ref"].to_numpy()[:, None] == auditors["auditor"].to_numpy()[None, :]
    own_team = drawn["team"].to_numpy()[:, None] == auditors["team"].to_numpy()[None, :]
    return np.asarray(~own_case if own_team_allowed else ~own_case & ~own_team)


def _check_possible(drawn: pd.DataFrame, auditors: pd.DataFrame, allowed: np.ndarray[Any, Any]) -> None:
    room = int(auditors["capacity"].sum())
    if room < len(drawn):
        raise UsageError(
            f"{len(drawn)} files were drawn, but the auditors have room for {room}.",
            fix="Draw fewer files, or add auditors.",
        )
    stranded = drawn["team"].to_numpy()[~allowed.any(axis=1)]
    nobody = len(stranded)
    if nobody:
        teams = ", ".join(sorted(set(stranded)))
        raise UsageError(
            f"No auditor may read {nobody} of the files drawn, all held by {teams}.",
            fix="Add an auditor from another team.",
        )


def _why_impossible(drawn: pd.DataFrame, allowed: np.ndarray[Any, Any], capacity: np.ndarray[Any, Any]) -> str:
    """Name the team whose files outnumber the room of everyone who may read them."""
    for team in sorted(set(drawn["team"])):
        held = (drawn["team"] == team).to_numpy()
        room = int(capacity[allowed[held].any(axis=0)].sum())
        if held.sum() > room:
            return (
                f"{int(held.sum())} of the files are held by {team}, but those who may read them have room for {room}."
            )
    return "The files drawn cannot be shared out: too few auditors are free of the teams that hold them."

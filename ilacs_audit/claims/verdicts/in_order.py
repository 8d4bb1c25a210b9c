"""Answers in the order of the draw, for an audit whose reading may stop as soon as the evidence decides.

The promise holds for the files in their order, without a gap, whoever looks and however often: so a file that has not
come is one that was not read yet, and those after it wait. Who reads a later file before an earlier one of theirs, or
one that was not drawn, no longer reads in the order that chance gave, and nothing is promised.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from ilacs_audit.claims.words import listed
from ilacs_audit.domain.columns import DOUBTED, MOVED_TARGET
from ilacs_audit.domain.counting import with_met
from ilacs_audit.domain.standards import OVERALL, Standards

NO_ORDER = "The order of the draw is not kept beside the returns, so no range is given of reading that may stop early."
DOUBTED_DRAW = "The draw is in doubt (changed, in two versions, or not as the protocol says), so no range is given."
TARGET_MOVED = (
    "The target was changed after reading had begun, so stopping early promises nothing and no range is given."
)
NOT_DRAWN = (
    "Files were read that were not drawn, so reading that may stop early promises nothing, and no range is given."
)
OUT_OF_ORDER = (
    "Files were not read in the order of the draw, so stopping early promises nothing, and no range is given."
)


_MISSING = re.compile(r"Files? [^;]+ in reading order (?:is|are) missing; .+? next\.")
_NAMED = 6  # files that a sentence names


class InOrder(NamedTuple):
    """Whether each file met a standard, from the first of the draw to the last before a gap; else why none is told.

    `gaps` are the places of the files that have not come although a later one has.
    """

    answers: tuple[bool, ...] = ()
    why_not: str = ""
    gaps: tuple[int, ...] = ()

    @property
    def waiting(self) -> str:
        """Which files are missing, how many count and what to read next; nothing where no file is missing.

        >>> InOrder((True,) * 6, gaps=(7,)).waiting
        'File 7 in reading order is missing; 6 files count; read it next.'
        >>> InOrder((True,), gaps=(2, 4)).waiting
        'Files 2 and 4 in reading order are missing; 1 file counts; read file 2 next.'
        """
        if not self.gaps:
            return ""
        one, far = len(self.gaps) == 1, len(self.gaps) > _NAMED
        named = listed([*map(str, self.gaps[:_NAMED]), *([f"{len(self.gaps) - _NAMED} more"] if far else [])])
        which = f"File {named} in reading order is" if one else f"Files {named} in reading order are"
        many = len(self.answers)
        count = f"{many} {'file counts' if many == 1 else 'files count'}" if many else "no file counts"
        return f"{which} missing; {count}; read {'it' if one else f'file {self.gaps[0]}'} next."


def missing_in(note: str) -> str:
    """What a note says of files that are missing in the order of reading; nothing where it says nothing of them.

    >>> missing_in(f"{InOrder((True,), gaps=(2, 4)).waiting} All or none of this group.")
    'Files 2 and 4 in reading order are missing; 1 file counts; read file 2 next.'
    """
    found = _MISSING.search(note)
    return found[0] if found else ""


def by_standard(answers: pd.DataFrame, standards: Standards | None) -> Mapping[str, InOrder]:
    """The answers of one audit to each standard in the order of the draw, by readers of one role."""
    ours = with_met(answers[answers["standard_id"] != OVERALL], standards=standards)
    late = ours["drawn_as"] == MOVED_TARGET if "drawn_as" in ours else pd.Series(False, index=ours.index)
    moved, ours = ours.loc[late, "standard_id"].unique(), ours[~late]
    told = {str(code): InOrder(why_not=TARGET_MOVED) for code in moved}
    if why_not := _broken(ours):
        return told | {code: InOrder((), why_not) for code in ours["standard_id"].unique()}
    placed = ours.assign(place=ours["drawn_as"].astype(int))
    return told | {str(code): _unbroken(each) for code, each in placed.groupby("standard_id")}


def _broken(ours: pd.DataFrame) -> str:
    """Why the order does not hold; nothing where it does."""
    files = ours.drop_duplicates("child_ref")
    if "drawn_as" not in files or (files["drawn_as"] == "").all():
        return NO_ORDER
    if (files["drawn_as"] == DOUBTED).any():
        return DOUBTED_DRAW
    if (files["drawn_as"] == "").any():
        return NOT_DRAWN
    dated = files.assign(place=files["drawn_as"].astype(int)).dropna(subset="audited_on").sort_values("place")
    later = dated.groupby("rater_ref")["audited_on"].diff() < pd.Timedelta(0)
    return OUT_OF_ORDER if later.any() else ""


def _unbroken(answers: pd.DataFrame) -> InOrder:
    met = dict(zip(answers["place"], answers["met"] & answers["applies"], strict=True))
    gaps = tuple(place for place in range(1, max(met, default=0)) if place not in met)
    last = gaps[0] if gaps else len(met) + 1
    return InOrder(tuple(bool(met[place]) for place in range(1, last)), gaps=gaps)

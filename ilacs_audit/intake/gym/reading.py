"""Read a folder of the gym: keys of packs, workbooks that auditors filled in, results of other councils."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.claims.words import counted
from ilacs_audit.domain import given
from ilacs_audit.domain.catalogue.gym import Pack, question_names
from ilacs_audit.domain.errors import CatalogueError, ReturnsError, UsageError
from ilacs_audit.intake.cells.spelling import clean
from ilacs_audit.intake.files.workbook import WORKBOOKS, kind_of
from ilacs_audit.intake.gym.filled import Filled, read_filled
from ilacs_audit.intake.gym.keys import KEY, item_print, read_key
from ilacs_audit.intake.gym.results import LONGEST, read_results
from ilacs_audit.intake.problems import Loaded, Problem, problem, problems_table

FIXES, SENT = "fix-list.xlsx", "to-send"  # what the command itself writes into the folder
COLUMNS = (
    *("council", "ours", "pack", "number", "vignette", "question", "item", "theme", "standard_id", "asked"),
    *("reader", "grade", "anchor", "why"),
)


def load_gym(folder: str | Path, *, council: str = "Our council") -> Loaded:
    """Read every key, filled workbook and results file of a folder and the folders in it.

    Returns a row for each grade: `council`, whether it is `ours`, `pack` (its code) and its `number`, `vignette` (its
    id), `question` (3a), `item` (what the question is known by in every pack), `theme`, `standard_id`, `asked` (its
    wording), `reader` (made up), `grade`, `anchor`, `why`; and the problems. Raises UsageError without a folder, and
    ReturnsError where it holds no key.
    """
    given.path(folder, "load_gym")
    place = Path(folder)
    council = clean(council)
    if not council or len(council) > LONGEST:
        raise UsageError("A council's name has 1 to 40 letters.", where="council", fix="Write it shorter.")
    if not place.is_dir():
        raise UsageError("There is no such folder.", where=place.name, fix="Make a pack first: ilacs-audit gym.")
    files = [
        each for each in sorted(place.rglob("*")) if each.is_file() and each.name[0] not in ".~" and _put_there(each)
    ]
    packs, problems = _keys([each for each in files if each.name.endswith(KEY)])
    if not packs:
        told = " ".join(each.message for each in problems)
        fix = "Put the key of a pack into it: ilacs-audit gym makes one."
        raise ReturnsError(f"There is no key of a pack that can be read. {told}".strip(), where=place.name, fix=fix)
    filled, faults = _workbooks([each for each in files if kind_of(each) in WORKBOOKS], packs, place)
    records = [
        {
            "council": council,
            "ours": True,
            "pack": each.code,
            "reader": each.reader,
            "question": question,
            "grade": grade,
        }
        for each in filled
        for question, grade in each.grades.items()
    ]
    theirs, more = _others([each for each in files if kind_of(each) == ".csv"], packs, council, place)
    rows = [*_described(records, packs, "question"), *_described(theirs, packs, "item")]
    return Loaded(pd.DataFrame(rows, columns=list(COLUMNS)), problems_table([*problems, *faults, *more]))


def _put_there(path: Path) -> bool:
    """Whether a person put the file there, and not the command."""
    return path.name != FIXES and path.parent.name != SENT


_ONE_KEY = "Agree on the anchors with whoever sent it, and keep one of the two keys."


def _keys(files: Iterable[Path]) -> tuple[dict[str, Pack], list[Problem]]:
    packs, problems = dict[str, Pack](), list[Problem]()
    for path in files:
        try:
            pack = read_key(path)
            if packs.setdefault(pack.code, pack) != pack:
                raise CatalogueError("Another key here is of the same pack with other anchors.", fix=_ONE_KEY)
        except CatalogueError as no:
            problems.append(
                problem("pack-key", what=no.what, fix=no.fix or "Ask whoever made the pack.", file=path.name)
            )
    return packs, problems


def _workbooks(files: Sequence[Path], packs: Mapping[str, Pack], folder: Path) -> tuple[list[Filled], list[Problem]]:
    read = [read_filled(path, packs=packs, name=path.relative_to(folder).as_posix()) for path in files]
    problems = [each for _, faults in read for each in faults]
    by_reader: dict[tuple[str, str], list[Filled]] = {}
    for each, _ in read:
        if each:
            by_reader.setdefault((each.code, each.reader), []).append(each)
    kept = list[Filled]()
    for same in by_reader.values():
        one = all(each.grades == same[0].grades for each in same)
        kept += same[:1] if one else []
        case = "same-workbook" if one else "reader-twice"
        problems += [problem(case, file=each.file) for each in (same[1:] if one else same)]
    return kept, problems


def _others(
    files: Iterable[Path], packs: Mapping[str, Pack], council: str, folder: Path
) -> tuple[list[dict[str, Any]], list[Problem]]:
    records, problems = list[dict[str, Any]](), list[Problem]()
    from_file: dict[str, str] = {}
    for path in files:
        name = path.relative_to(folder).as_posix()
        found, faults = read_results(path, packs=packs, council=council, name=name)
        problems += faults
        whose = {each["council"] for each in found}
        if again := [each for each in whose if from_file.setdefault(each, name) != name]:
            reason = f"{counted(len(again), 'council')} in it stands in another file too, so it was not read."
            problems.append(problem("results-file", reason=reason, file=name))
            found = []
        records += [{**each, "ours": False} for each in found]
    return records, problems


def _described(records: Iterable[dict[str, Any]], packs: Mapping[str, Pack], by: str) -> Iterator[dict[str, Any]]:
    """Each record with what its pack says of its question."""
    known = {code: {each[by]: each for each in _questions(pack)} for code, pack in packs.items()}
    return ({**known[each["pack"]][each[by]], **each} for each in records)


def _questions(pack: Pack) -> Iterator[dict[str, Any]]:
    for place, vignette in enumerate(pack.vignettes, start=1):
        for name, asked in zip(question_names(place, vignette), vignette.asked, strict=True):
            yield {
                **{"number": pack.number, "vignette": vignette.id, "question": name, "theme": vignette.theme},
                **{"item": item_print(vignette, asked), "standard_id": asked.standard, "asked": asked.text},
                **{"anchor": asked.anchor, "why": asked.why},
            }

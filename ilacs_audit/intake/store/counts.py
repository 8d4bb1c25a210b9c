"""Count the answers of a whole store without holding them: five years of a region in seconds.

The count is the one of `domain.counting`: one answer for each child, standard, audit and agency,
the latest kept; not-applicable answers leave the denominator. Here it is done on the codes of
the words instead of on the words, file by file, because an audit is one file and no child is
counted across audits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from pyarrow import fs

from ilacs_audit.domain.counting import with_met
from ilacs_audit.domain.standards import OVERALL, Standards
from ilacs_audit.intake.store.reading import Names, answer_files

_BY = ["standard_id", "period"]
_COUNTS = ["met", "applies", "read"]
_KEY = ("child_ref", "standard_id", "agency")
_WORDS = (*_KEY, "role", "answer")
_WHOLE_FILE = 1 << 30
_AHEAD = 4
_MARKS = 1 << 26


def count_answers(
    store: str | Path, *, standards: Standards | None, periods: Names = None, role: str = "auditor"
) -> pd.DataFrame:
    """Count each standard in each period: `met` of `applies` that applied, of `read` that were read.

    A child counts once for a standard in an audit, however many people of the role read its file:
    with the latest answer, the later row where days are equal, any day before none. Agencies
    answer apart. A child in two audits of a period counts in each. The overall grade is left out.

    Returns a row for each standard and period with at least one answer, the same that
    `domain.counting.tally` gives of `read_by`. Holds a few audits at a time, whatever the store's size.
    """
    files: Counter[tuple[str, str, str]] = Counter()
    for period, table, fragment in _audits(Path(store), periods):
        for standard, answer, number in _counted(table, fragment, role):
            files[period, standard, answer] += number
    told = [(*key, number) for key, number in files.items() if key[1] != OVERALL]
    return _judged(pd.DataFrame(told, columns=["period", "standard_id", "answer", "files"]), standards)


def _judged(answers: pd.DataFrame, standards: Standards | None) -> pd.DataFrame:
    """Judge each distinct answer once, and let it count for its files."""
    known = with_met(answers, standards=standards)
    applies, met = known["applies"].astype(bool), known["met"].astype(bool)
    files = known["files"].astype("int64")
    counted = known[_BY].assign(met=files.where(met & applies, 0), applies=files.where(applies, 0), read=files)
    return counted.groupby(_BY)[_COUNTS].sum().reset_index()


def _audits(store: Path, periods: Names) -> Iterator[tuple[str, Any, Any]]:
    """Each audit as its period, its words as codes, and the file they came from."""
    files = {str(path.resolve()): period for period, path in answer_files(store, periods)}
    form = ds.ParquetFileFormat(dictionary_columns=set(_WORDS))
    disk = fs.LocalFileSystem()
    schema = pa.schema([(name, pa.dictionary(pa.int32(), pa.string())) for name in _WORDS])
    pieces = [form.make_fragment(path, filesystem=disk) for path in files]
    scanner = ds.FileSystemDataset(pieces, schema, form, disk).scanner(
        batch_size=_WHOLE_FILE, batch_readahead=1, fragment_readahead=_AHEAD
    )
    for path, batches in groupby(scanner.scan_batches(), key=lambda each: each.fragment.path):
        found = list(batches)
        table = pa.Table.from_batches([each.record_batch for each in found], schema=schema)
        yield files[path], table, found[0].fragment


def _counted(table: Any, fragment: Any, role: str) -> Iterator[tuple[str, str, int]]:
    """How many children of one audit have which answer to which standard."""
    codes, words = _coded(table)
    rows = np.flatnonzero(codes["role"] == words["role"].index(role)) if role in words["role"] else np.array([], int)
    key, space = np.zeros(len(rows), dtype=np.int64), 1
    for name in _KEY:
        key, space = key * len(words[name]) + codes[name][rows], space * len(words[name])
    rows = rows[_latest(key, space, rows, fragment)]
    standards, answers = words["standard_id"], words["answer"]
    pairs = codes["standard_id"][rows].astype(np.int64) * len(answers) + codes["answer"][rows]
    for pair, number in enumerate(np.bincount(pairs).tolist()):
        if number:
            yield standards[pair // len(answers)], answers[pair % len(answers)], number


def _coded(table: Any) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Each column as codes, and the words they stand for; a missing word has a code of its own."""
    codes, words = {}, {}
    for name in table.column_names:
        column = table.column(name)
        if column.num_chunks > 1:
            column = column.unify_dictionaries()
        whole = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        known = whole.dictionary.to_pylist()
        missing = whole.null_count > 0
        indices = whole.indices.fill_null(len(known)) if missing else whole.indices
        codes[name], words[name] = indices.to_numpy(zero_copy_only=False), [*known, *([""] if missing else [])]
    return codes, words


def _latest(key: Any, space: int, rows: Any, fragment: Any) -> Any:
    """The places of the latest row of each key; dates are only read where a key is there twice."""
    if len(key) == 0 or _unique(key, space):
        return slice(None)
    days = fragment.to_table(columns=["audited_on"]).column(0).to_numpy()[rows]
    order = np.lexsort((np.arange(len(key)), days, ~np.isnat(days), key))
    ends = np.append(key[order][1:] != key[order][:-1], True)
    return order[ends]


def _unique(key: Any, space: int) -> bool:
    """Whether no key is there twice; by a mark for each possible key unless these are far too many."""
    if space > _MARKS:
        return len(np.unique(key)) == len(key)
    marks = np.zeros(space, dtype=np.bool_)
    marks[key] = True
    return int(np.count_nonzero(marks)) == len(key)

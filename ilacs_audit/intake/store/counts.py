"""Count the answers of a whole store without holding them: five years of a region in seconds.

The count is the one of `domain.counting`: one answer for each child, standard, audit and agency,
the latest kept; not-applicable answers leave the denominator. Here it is done on the codes of
the words instead of on the words, file by file, because an audit is one file and no child is
counted across audits.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from ilacs_audit.domain.counting import with_met
from ilacs_audit.domain.standards import OVERALL, Standards
from ilacs_audit.intake.store.reading import Names, answer_files

_BY = ["standard_id", "period"]
_KEY = ("child_ref", "standard_id", "agency")
_WORDS = (*_KEY, "role", "answer")


def count_answers(
    store: str | Path, *, standards: Standards | None, periods: Names = None, role: str = "auditor"
) -> pd.DataFrame:
    """Count each standard in each period: `met` of `applies` that applied, of `read` that were read.

    A child counts once for a standard in an audit, however many people of the role read its file:
    with the latest answer, the later row where days are equal, any day before none. Agencies
    answer apart. A child in two audits of a period counts in each. The overall grade is left out.

    Returns a row for each standard and period with at least one answer, the same that
    `domain.counting.tally` gives of `read_by`. Holds one audit at a time, whatever the store's size.
    """
    files: Counter[tuple[str, str, str]] = Counter()
    for period, path in answer_files(store, periods):
        for standard, answer, number in _counted(path, role):
            files[standard, period, answer] += number
    told = [(*key, number) for key, number in files.items() if key[0] != OVERALL]
    answers = with_met(pd.DataFrame(told, columns=[*_BY, "answer", "files"]), standards=standards)
    read, applies = answers["files"].astype("int64"), answers["applies"].astype(bool)
    met = read.where(answers["met"].astype(bool) & applies, 0)
    counted = answers[_BY].assign(met=met, applies=read.where(applies, 0), read=read)
    return counted.groupby(_BY)[["met", "applies", "read"]].sum().reset_index()


def _counted(path: Path, role: str) -> Iterator[tuple[str, str, int]]:
    """How many children of one audit have which answer to which standard; dates are read where a key stands twice."""
    file = pq.ParquetFile(path, read_dictionary=list(_WORDS), pre_buffer=False)
    table = file.read(columns=list(_WORDS), use_threads=False).unify_dictionaries()
    codes, words = {}, {}
    for name in _WORDS:
        column = table.column(name).combine_chunks()
        words[name] = [*column.dictionary.to_pylist(), ""]
        codes[name] = column.indices.fill_null(len(words[name]) - 1).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(np.isin(codes["role"], [n for n, word in enumerate(words["role"]) if word == role]))
    key = np.ravel_multi_index([codes[name][rows] for name in _KEY], [len(words[name]) for name in _KEY])
    if len(np.unique(key)) < len(key):
        days = file.read(columns=["audited_on"], use_threads=False).column(0).to_numpy()[rows]
        order = np.lexsort((np.arange(len(key)), days, ~np.isnat(days), key))
        rows = rows[order[np.append(key[order][1:] != key[order][:-1], True)]]
    answers = words["answer"]
    pairs, numbers = np.unique(codes["standard_id"][rows] * len(answers) + codes["answer"][rows], return_counts=True)
    for pair, number in zip(pairs.tolist(), numbers.tolist(), strict=True):
        yield words["standard_id"][pair // len(answers)], answers[pair % len(answers)], number

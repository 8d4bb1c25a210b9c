"""Counting a compiled store, from ten thousand answers to 37 million, against DuckDB on the same Parquet.

The store is invented: every council sends an audit of 100 children and 40 standards each month.
It lies in a temporary folder that is removed afterwards. DuckDB is asked twice: for the same aggregate
(one answer a child, standard, audit and agency, the latest kept), and for a plain count without
that rule, which is the least that any engine must do.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Cost, cost, load, machine, publish, sized, table, this

CHILDREN, STANDARDS = 100, 40
MONTHS, COUNCILS = 60, 153
SIZES = sized(((3, 1), (25, 1), (60, 4)), ((3, 1),))
REGION = sized(((60, 40), (60, 153)), ((3, 2),))
ROUNDS = sized(3, 1)
DISTINCT = """
SELECT standard_id, period, count(*) FILTER (answer = 'met') AS met,
       count(*) FILTER (answer <> 'not applicable') AS applies, count(*) AS read
FROM (
    SELECT standard_id, period, arg_max(answer, audited_on) AS answer
    FROM read_parquet('{store}/answers/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)
    WHERE role = 'auditor' AND standard_id <> 'grade'
    GROUP BY audit_id, child_ref, standard_id, agency, period
)
GROUP BY standard_id, period ORDER BY standard_id, period
"""
PLAIN = """
SELECT standard_id, period, count(*) FILTER (answer = 'met') AS met,
       count(*) FILTER (answer <> 'not applicable') AS applies, count(*) AS read
FROM read_parquet('{store}/answers/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)
WHERE role = 'auditor' AND standard_id <> 'grade'
GROUP BY standard_id, period ORDER BY standard_id, period
"""


def answers() -> None:
    """(d) Reading and counting a store, with compliance over time, against DuckDB: to a million answers."""
    _compare("answers", SIZES)


def region() -> None:
    """The same to 37 million answers: half an hour and 1 GiB of disk, most of it to make the store."""
    _compare("region", REGION)


def _compare(told: str, sizes: tuple[tuple[int, int], ...]) -> None:
    lines = []
    for months, councils in sizes:
        with tempfile.TemporaryDirectory(prefix="ilacs-benchmark-") as name:
            lines.append(_line(make_store(Path(name), months, councils), months * councils))
    heads = ["answers", "files", "counts, s", "with over time, s", "DuckDB, same rule, s", "DuckDB, plain, s"]
    heads += ["times DuckDB, same rule", "times DuckDB, plain", "peak MiB, ours", "peak MiB, DuckDB"]
    publish(
        told,
        f"{machine('duckdb')}; load {load()} at the end.",
        f"Medians of {ROUNDS} rounds in turn, whole files from disk that the system has read before. Seconds are "
        "inside a process that has imported everything; ratios compare counts with counts, within rounds. Peak is the "
        "largest proportional size (PSS) of the whole process. All three give the same counts, which is checked.",
        table(heads, lines),
        "Targets: at most 2 times DuckDB, under 4096 MiB.",
    )


def _line(store: Path, audits: int) -> list[str]:
    rounds = [{way: _timed(way, store) for way in ("ours", "same", "plain")} for _ in range(ROUNDS)]
    counts = {tuple(map(tuple, each["counts"])) for found in rounds for each, _ in found.values()}
    assert len(counts) == 1, "the ways do not count the same"

    def seconds(way: str, name: str = "seconds") -> float:
        return statistics.median(found[way][0][name] for found in rounds)

    def times(way: str) -> str:
        ratio = statistics.median(found["ours"][0]["seconds"] / found[way][0]["seconds"] for found in rounds)
        return f"{ratio:.2f}"

    def peak(way: str) -> str:
        return f"{max(found[way][1].peak for found in rounds) / 2**20:.0f}"

    named = [f"{seconds('ours'):.2f}", f"{seconds('ours', 'whole'):.2f}"]
    named += [f"{seconds('same'):.2f}", f"{seconds('plain'):.2f}"]
    size = f"{audits * CHILDREN * STANDARDS:,}".replace(",", " ")
    return [size, f"{audits}", *named, times("same"), times("plain"), peak("ours"), peak("same")]


def _timed(way: str, store: Path) -> tuple[dict, Cost]:
    told = store / f"{way}.json"
    used = cost(this("-m", "benchmarks.scale", way, str(store), str(told)), memory=True)
    return json.loads(told.read_text(encoding="utf-8")), used


def make_store(folder: Path, months: int, councils: int) -> Path:
    """A store of invented answers, in the layout that `compile_store` writes."""
    import numpy as np

    from ilacs_audit.disk.writing import write_json
    from ilacs_audit.intake.store.reading import MANIFEST, SCHEMA_VERSION

    random = np.random.default_rng(1)
    entries = {}
    for month in range(months):
        period = f"{2020 + month // 12}-{month % 12 + 1:02d}"
        for council in range(councils):
            name = f"council-{council:03d}-{period}"
            table = f"answers/period={period}/{name}.parquet"
            _write(folder / table, name, period, random)
            entries[name] = {"period": period, "table": table}
    write_json(folder / MANIFEST, {"schema": SCHEMA_VERSION, "audits": entries, "returns": {}, "registers": {}})
    return folder


def _write(path: Path, audit: str, period: str, random) -> None:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from ilacs_audit.intake.store.reading import ANSWERS

    rows = CHILDREN * STANDARDS

    def words(values, places):
        return pa.DictionaryArray.from_arrays(pa.array(places.astype("int32")), pa.array(values)).cast(pa.string())

    child, standard = np.divmod(np.arange(rows), STANDARDS)
    children = [f"{number:016x}" for number in random.integers(0, 2**62, CHILDREN)]
    days = np.datetime64(f"{period}-01", "ns") + random.integers(0, 27, CHILDREN).astype("timedelta64[D]")
    given = random.choice(4, rows, p=[0.6, 0.15, 0.15, 0.1])
    columns = {
        "audit_id": words([audit], np.zeros(rows)),
        "audited_on": pa.array(days[child]),
        "child_ref": words(children, child),
        "team": words([f"Team {number}" for number in range(6)], child % 6),
        "worker_ref": words([f"{number:08x}" for number in range(30)], child % 30),
        "rater_ref": words([f"{number:08x}" for number in range(8)], child % 8),
        "role": words(["auditor"], np.zeros(rows)),
        "agency": words([""], np.zeros(rows)),
        "standard_id": words([f"STD-{number:02d}" for number in range(STANDARDS)], standard),
        "standard_version": pa.array(np.ones(rows, dtype="int64")),
        "answer": words(["met", "partly met", "not met", "not applicable"], given),
        "grade": words(["good", "requires improvement"], child % 2),
        "comment": words([""], np.zeros(rows)),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    made = pa.table({name: columns[name] for name in ANSWERS.names}, schema=ANSWERS)
    pq.write_table(made, path, compression="zstd", use_dictionary=True, row_group_size=1 << 20, version="2.6")


def _ours(store: Path) -> Iterator[object]:
    from ilacs_audit.analysis.audits.over_time import counted_over_time
    from ilacs_audit.intake.store.counts import count_answers

    yield None
    counts = count_answers(store, standards=None)
    yield counts
    counted_over_time(counts)


def _duckdb(store: Path, query: str) -> Iterator[object]:
    import duckdb
    import pandas  # noqa: F401 its import is not timed

    link = duckdb.connect()
    yield None
    yield link.execute(query.format(store=store)).df()


def _measure(way: str, store: Path, told: Path) -> None:
    import time

    steps = _ours(store) if way == "ours" else _duckdb(store, DISTINCT if way == "same" else PLAIN)
    next(steps)
    start = time.perf_counter()
    counts = next(steps)
    seconds = time.perf_counter() - start
    next(steps, None)
    whole = time.perf_counter() - start
    columns = ["standard_id", "period", "met", "applies", "read"]
    lines = [list(map(str, row)) for row in counts[columns].to_numpy().tolist()]
    told.write_text(json.dumps({"seconds": seconds, "whole": whole, "counts": lines}), encoding="utf-8")


if __name__ == "__main__":
    _measure(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))

"""The cells of a report as plain Python, and what the engine adds to each: start-up apart, and nothing kept."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.batch import MEMORY_LIMIT, ROUNDS, ours, prepare_options, prepared, repeated
from benchmarks.measuring import cost, load, machine, publish, sized, table, this

EACH_ONCE = sized((18, 36), (1, 2))  # every report of the example once, and twice


def against_floor() -> None:
    """(b) The cells of a warm report as plain Python, and what `run_jobs` adds to each, start-up told apart."""
    few, many = EACH_ONCE
    with prepared() as (folder, _):
        found = [_warm(folder, few, many) for _ in range(ROUNDS)]
        peak = cost(ours(folder, many, 1), memory=True).peak / 2**20
    startup, cells, each_report = (statistics.median(each) for each in zip(*found, strict=True))
    adds = statistics.median(each[2] - each[1] for each in found)
    publish(
        "floor",
        f"{machine()}; load {load()} at the end.",
        f"Medians of {ROUNDS} rounds. The cells are run by `compile` and `exec` in one process that is made as warm as "
        "the one that notebooks are forked from; what statistics keep is cleared between reports, so that no report "
        "gains from the one before. They write no notebook and make no page: each cell is asked for its HTML. What "
        f"`run_jobs` takes for a report is the difference between {many} and {few} of them, so that its start is left "
        "out. Memory is the highest proportional size (PSS) of the tree of processes, one worker.",
        table(
            ["start-up CPU s", "cells, CPU s/report", "`run_jobs`, CPU s/report", "`run_jobs` adds", "memory, MiB"],
            [[f"{startup:.2f}", f"{cells:.3f}", f"{each_report:.3f}", f"{adds:.3f}", f"{peak:.0f}"]],
        ),
        f"Targets: cells at most 0.20 s, `run_jobs` adds at most 0.12 s, memory under {MEMORY_LIMIT} MiB.",
    )


def _warm(folder: Path, few: int, many: int) -> tuple[float, float, float]:
    """CPU of a start, of the cells of a report, and of a report by `run_jobs` with its page."""
    cost(_floor(folder, many))
    startup, cells = json.loads((folder / "floor.json").read_text(encoding="utf-8"))
    less, more = cost(ours(folder, few, 1)).cpu, cost(ours(folder, many, 1)).cpu
    return startup, cells / many, (more - less) / (many - few)


def _floor(folder: Path, reports: int) -> list[str]:
    return this("-m", "benchmarks.floor", str(folder), str(reports))


def _run_floor(folder: Path, reports: int) -> None:
    from time import process_time

    _made_warm(folder)
    startup, cells = process_time(), 0.0
    for each in repeated(folder, reports):
        notebook = json.loads(Path(each["notebook"]).read_text(encoding="utf-8"))
        texts = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
        began = process_time()
        _run_cells(texts, each["parameters"])
        cells += process_time() - began
        _forget_statistics()
    (folder / "floor.json").write_text(json.dumps([startup, cells]), encoding="utf-8")


def _made_warm(folder: Path) -> None:
    from importlib import import_module

    from ilacs_audit.publishing.edition.page import prepare
    from ilacs_audit.publishing.run.reports import PRELOAD

    for name in PRELOAD:
        import_module(name)
    prepare(**prepare_options(folder))


def _forget_statistics() -> None:
    """Clear what the rooms that compute keep, and keep again what the warm process does."""
    from ilacs_audit.publishing.edition.page import prepare

    for name, module in list(sys.modules.items()):
        if name.startswith(("ilacs_audit.stats", "ilacs_audit.claims", "ilacs_audit.analysis")):
            for each in list(vars(module).values()):
                getattr(each, "cache_clear", bool)()
    prepare()


def _run_cells(texts: Sequence[str], parameters: dict[str, Any]) -> None:
    import ast

    space: dict[str, Any] = {}
    for number, text in enumerate(texts):
        tree = ast.parse(text)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), space)
        if number == 0:
            space.update(parameters)
        if isinstance(last, ast.Expr):
            _shown(eval(compile(ast.Expression(last.value), "cell", "eval"), space))


def _shown(value: Any) -> object:
    if hasattr(value, "_repr_mimebundle_"):
        return value._repr_mimebundle_()
    return value._repr_html_() if hasattr(value, "_repr_html_") else repr(value)


if __name__ == "__main__":
    _run_floor(Path(sys.argv[1]), int(sys.argv[2]))

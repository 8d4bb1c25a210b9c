"""How a run is measured: wall and processor time, memory of the whole tree, and a table in the document."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import psutil

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
METHODS = DOCS / "methods.md"
_EVERY = 0.1
# Whether this is only to see that everything runs to its end: small sizes, and nothing is written to the page.
TINY = os.environ.get("ILACS_BENCHMARKS") == "tiny"


def sized(full: Any, tiny: Any) -> Any:
    """The size to measure, or the least that shows that the measurement works."""
    return tiny if TINY else full


class Cost(NamedTuple):
    """What a command cost with everything it started; memory is the highest shared-out sum (PSS) seen."""

    wall: float
    cpu: float
    peak: int = 0


def cost(command: Sequence[str], *, memory: bool = False, cwd: Path = ROOT, env: dict[str, str] | None = None) -> Cost:
    """Run a command to its end; it must succeed. Watching memory costs processor time, so it is asked for."""
    before, start = _children(), time.perf_counter()
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    with subprocess.Popen(
        command, cwd=cwd, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        peak = _watched(process) if memory else 0
        told = process.communicate()[1]
    wall = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} ended with {process.returncode}:\n{told[-2000:]}")
    return Cost(wall, _children() - before, peak)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watched(process: subprocess.Popen[str]) -> int:
    peak = 0
    while process.poll() is None:
        peak = max(peak, tree_pss(process.pid))
        time.sleep(_EVERY)
    return peak


def tree_pss(pid: int) -> int:
    """The proportional memory of a process and all that it started, in bytes."""
    try:
        top = psutil.Process(pid)
        tree = [top, *top.children(recursive=True)]
    except psutil.Error:
        return 0
    return sum(_pss(each.pid) for each in tree)


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def load() -> str:
    """How busy the machine is with everything, ours included, as the mean of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def machine(*packages: str) -> str:
    """What was measured on, without a date and without a name."""
    from importlib.metadata import version

    named = ", ".join(f"{name} {version(name)}" for name in ("pandas", "pyarrow", *packages))
    cores = len(os.sched_getaffinity(0))
    memory = psutil.virtual_memory().total / 2**30
    return f"{platform.system()}, {cores} cores, {memory:.0f} GiB, Python {platform.python_version()}, {named}"


def table(heads: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    """A table in Markdown."""
    parts = [heads, ["---"] * len(heads), *lines]
    return "\n".join(f"| {' | '.join(str(each) for each in part)} |" for part in parts)


def publish(name: str, *paragraphs: str) -> None:
    """Print the result, and put it between its markers on the page."""
    text = "\n\n".join([f"`python -m benchmarks {name}`", *paragraphs])
    print(text, flush=True)
    if TINY:
        return
    put(text, name=name)


def put(text: str, *, name: str) -> None:
    """Write a table between its two marks, in the document of docs/ that has them. Raises ValueError where none has."""
    for page in sorted(DOCS.glob("*.md")):
        told = page.read_text(encoding="utf-8")
        if f"<!-- {name}: begin -->" in told:
            page.write_text(written(told, text, name), encoding="utf-8")
            return
    raise ValueError(f"No document of docs/ has the marks of {name}.")


def written(page: str, text: str, name: str) -> str:
    r"""A document with the text of a table replaced. Raises ValueError where its marks are missing.

    >>> written("As found:\n<!-- luck: begin -->\nold\n<!-- luck: end -->\nSo.", "new", "luck")
    'As found:\n<!-- luck: begin -->\nnew\n<!-- luck: end -->\nSo.'
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = page.partition(begin)
    _, mark, after = rest.partition(end)
    if not mark:
        raise ValueError(f"The document needs the marks {begin} and {end}.")
    return f"{before}{begin}\n{text}\n{end}{after}"


def this(*arguments: str) -> list[str]:
    """The command that runs a piece of a benchmark in a process of its own."""
    return [sys.executable, *arguments]

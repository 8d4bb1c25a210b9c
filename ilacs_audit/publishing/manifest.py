"""What made a period's pages: inputs, versions and how each report ended.

`run.json` holds hashes and counts, never values, so that it may be read by whoever owns the
run. It says nothing of the clock: the same inputs give the same bytes.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from ilacs_audit.publishing.files import fingerprint, write_whole

_RELEVANT = ("ilacs_audit", "pandas", "numpy", "scipy", "statsmodels", "matplotlib", "papermill", "nbconvert")


def input_hashes(root: Path, evidence: Path) -> dict[str, str]:
    """The SHA-256 of every file that a report depends on, by a path without a machine in it."""
    catalogue = [root / "reports.yml", *(root / "data").glob("*.*"), *(root / "data" / "standards").glob("*.yml")]
    notebooks = (root / "notebooks").glob("*.ipynb")
    found = {f"workspace/{path.relative_to(root).as_posix()}": path for path in (*catalogue, *notebooks)}
    found |= {f"evidence/{number:03d}": path for number, path in enumerate(_files(evidence), start=1)}
    return {name: fingerprint(path) for name, path in sorted(found.items()) if path.is_file()}


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that make numbers or pages."""
    return {"python": platform.python_version(), **{name: metadata.version(name) for name in _RELEVANT}}


def write_manifest(path: Path, content: Mapping[str, Any]) -> None:
    """Write a manifest whole, with its keys in order."""
    write_whole(path, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode())


def report_status(outcomes: Sequence[Any], pages: Mapping[str, str]) -> list[dict[str, Any]]:
    """How each report ended, with the hash of its page where it has one."""
    return [
        {"report": each.job_id, "status": each.status, "page": pages.get(each.job_id, ""), "problem": each.problem}
        for each in outcomes
    ]


def _files(folder: Path) -> list[Path]:
    """Every file of the evidence, in order; a return's file name may name a child, so it is not kept."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))

"""What made a period's pages: inputs, versions and how each report ended.

`run.json` holds hashes and counts, never values, so that it may be read by whoever owns the
run. It says nothing of the clock: the same inputs give the same bytes.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ilacs_audit.disk.writing import read_json
from ilacs_audit.publishing.timetable import Report

RUN = "run.json"


def manifest_bytes(content: Mapping[str, Any]) -> bytes:
    """A manifest with its keys in order."""
    return (json.dumps(content, indent=1, sort_keys=True) + "\n").encode()


def read_run(folder: Path) -> dict[str, Any]:
    """The manifest of a published folder; empty where there is none that can be read."""
    return dict(read_json(folder / RUN))


def report_status(
    reports: Sequence[Report], summaries: Mapping[str, Any], failed: Collection[str]
) -> list[dict[str, Any]]:
    """How each report stands. Why one failed is for its owner's status page, not for this folder."""
    return [{"report": each.id, "status": _status(each.id, summaries, failed)} for each in reports]


def _status(name: str, summaries: Mapping[str, Any], failed: Collection[str]) -> str:
    if name in failed or name not in summaries:
        return "failed" if name in failed else "not made"
    return "restatement pending" if summaries[name].get("pending") else "ok"

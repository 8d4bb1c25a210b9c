"""Put a PostgreSQL server on this machine for the tests of SQL views: `python -m tests.intake.install`.

Nothing happens where one is found. Where none can be had the reason is printed and the tests go on:
SQLite is always tried, and the skipped tests say that PostgreSQL was not.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.browser.install import from_apt

PLACES = (("/usr/lib/postgresql", "*/bin"), ("/usr", "pgsql*/bin"), ("/opt/homebrew/opt", "postgresql*/bin"))
SERVER = ("initdb", "pg_ctl")


def program(name: str) -> str | None:
    """The path of one of the server's programs, the newest first, or None."""
    found = [str(path / name) for root, inner in PLACES for path in Path(root).glob(inner) if (path / name).is_file()]
    return max(found, default=None) or shutil.which(name)


def install(*, run=subprocess.run) -> str:
    """Install the server where it is missing; the reason in words where it cannot be had, or ""."""
    if all(map(program, SERVER)):
        return ""
    refused = from_apt("postgresql", run)
    return "" if all(map(program, SERVER)) else f"PostgreSQL will not be tested. {refused}".strip()


if __name__ == "__main__":
    print(install() or "There is a PostgreSQL server.")

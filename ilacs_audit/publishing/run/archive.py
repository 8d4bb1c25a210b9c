"""The inputs of every run, kept by their content, so that a page can be made again.

A file is kept once under the hash of its bytes, however many runs used it. What a run used is
itself such a file: a list of paths and hashes. Returns are personal data, so the archive is
private and is cleared by `purge`.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ilacs_audit.disk.fingerprints import file_fingerprint
from ilacs_audit.disk.writing import private_folder, write_whole
from ilacs_audit.domain.errors import StaleInputError


@dataclass(frozen=True)
class Archive:
    """A folder of files, each under the hash of its content."""

    folder: Path

    def keep(self, content: bytes) -> str:
        """Keep some bytes. Returns the name by which they are found again."""
        name = hashlib.sha256(content).hexdigest()
        path = self.folder / name
        if not path.is_file() or path.stat().st_size != len(content):
            private_folder(self.folder)
            write_whole(path, content)
        return name

    def keep_run(self, files: Mapping[str, Path], facts: Mapping[str, Any]) -> str:
        """Keep every input of a run and the list of them. Returns the name of the list."""
        kept = {name: self.keep(path.read_bytes()) for name, path in sorted(files.items())}
        return self.keep(json.dumps({**facts, "files": kept}, sort_keys=True).encode())

    def run(self, name: str) -> dict[str, Any]:
        """What a run used. Raises StaleInputError where its list is gone or was altered."""
        if not self.sound(name):
            raise StaleInputError(
                "The list of what this period was made from is not in the archive.",
                where=f"outputs/private/archive/{name or '(none)'}",
                fix="Restore outputs/private from a backup, or run the period again from its returns.",
            )
        return dict(json.loads((self.folder / name).read_bytes()))

    def sound(self, name: str) -> bool:
        """Whether a file is there with the bytes that its name says."""
        path = self.folder / name
        return bool(name) and path.is_file() and file_fingerprint(path) == name

    def lay_out(self, run: Mapping[str, Any], place: Path) -> None:
        """Put the inputs of a run back where they lay. Raises StaleInputError naming each that is missing."""
        missing = [path for path, name in sorted(run["files"].items()) if not self.sound(name)]
        if missing:
            raise StaleInputError(
                f"{len(missing)} of the {len(run['files'])} inputs cannot be found in the archive any more.",
                where="; ".join(missing),
                fix="Put these files back from a backup, or run the period again from its returns.",
            )
        for path, name in run["files"].items():
            write_whole(place / path, (self.folder / name).read_bytes())

    def used_by(self, runs: Iterable[str]) -> set[str]:
        """The names of everything that these runs need."""
        lists = {name for name in runs if self.sound(name)}
        return lists.union(*(self.run(name)["files"].values() for name in lists))

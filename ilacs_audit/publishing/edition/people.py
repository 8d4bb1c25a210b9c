"""Everybody whom the evidence names, for the search of finished files: read when needed, kept in memory only.

What is written down is one keyed mark of the whole list, from which no name can be had back.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.fingerprints import fingerprint
from ilacs_audit.intake.registers.reading import evidence_key
from ilacs_audit.intake.workspace import Workspace


@dataclass(frozen=True)
class People:
    """Whom the evidence of a run names; `inputs` is one mark for all that it read."""

    workspace: Workspace
    inputs: str

    @cached_property
    def names(self) -> frozenset[str]:
        """Every identifier that came in. Reading them is the price of never writing them down."""
        return self.workspace.identifiers()

    @cached_property
    def marks(self) -> dict[str, str]:
        """What tells these people, and this way of looking for them, from any others."""
        said = "\n".join(sorted(self.names)).encode()
        key = evidence_key(self.workspace.evidence, None)
        return {"inputs": self._inputs, "people": hmac.digest(key, said, "sha256").hex(), "code": package_fingerprint()}

    def same(self, known: Mapping[str, Any]) -> bool:
        """Whether it is these people who were looked for; nobody is read again where no input has moved."""
        if known.get("inputs") == self._inputs:
            return True
        now = self.marks
        return (known.get("people"), known.get("code")) == (now["people"], now["code"])

    @property
    def _inputs(self) -> str:
        return fingerprint(self.inputs, package_fingerprint())

"""A promise of the product with what was measured of it, and the table of promises in docs/methods.md."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks.measuring import put

SEED = 20241121
COMMAND = "python -m benchmarks.honesty"


class Promise(NamedTuple):
    """One promise with the designs it was tried on: `found` is the worst of them."""

    claim: str
    design: str
    limit: float
    found: float
    at_most: bool
    about: str = ""

    @property
    def kept(self) -> bool:
        """Whether the worst design keeps the promise."""
        return self.found <= self.limit if self.at_most else self.found >= self.limit

    @property
    def line(self) -> str:
        """The row of the table."""
        side = "at most" if self.at_most else "at least"
        found = f"{100 * self.found:.1f}%{f' ({self.about})' if self.about else ''}"
        kept = "yes" if self.kept else "**no**"
        return f"| {self.claim} | {self.design} | {side} {100 * self.limit:g}% | {found} | {kept} |"


def table(promises: Sequence[Promise], command: str = COMMAND) -> str:
    """The table as it stands in docs/methods.md."""
    head = ("| Promise | Tried on | Limit | Found | Kept |", "|---|---|---|---|---|")
    made = f"Made by `{command}` with seed {SEED}."
    return "\n".join([made, "", *head, *(each.line for each in promises)])


def told(measured: Callable[[], Sequence[Promise]], command: str = COMMAND, name: str = "honesty") -> int:
    """Measure, print, and write the table between its marks. Returns 1 where a promise is broken."""
    started = time.perf_counter()
    promises = measured()
    made = table(promises, command)
    print(made)
    print(f"\n{time.perf_counter() - started:.0f} seconds")
    put(made, name=name)
    return 0 if all(each.kept for each in promises) else 1

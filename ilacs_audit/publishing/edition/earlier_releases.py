"""What readers were ever shown, kept in private, so that the next edition is held against it.

An edition that is safe alone may give a child away by subtraction from last week's. So no edition goes out
before it was compared with every earlier one, and the ledger grows only once the pages are out. A run killed
in between loses nothing: the pages that readers have are entered again by the next one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from ilacs_audit.disclosure.ledger.ledger import Ledger, accepted
from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.measures import measures
from ilacs_audit.publishing.outputs import Outputs

Summaries = Mapping[str, Mapping[str, Any]]


def held_against_earlier(
    outputs: Path,
    editions: Sequence[Summaries],
    *,
    rounds: Mapping[str, Mapping[str, str]],
    standing: Sequence[Collection[str]] = (),
) -> Ledger:
    """The ledger with these editions added, each a report's id with what its page shows.

    `rounds` says of each report which audit stands behind each month; `standing` names, for each edition, the
    pages that readers have as they are: what they show is known already, and only other pages are held against
    it. Raises DisclosureError (exit 13) where something could be worked out from what was released before.
    """
    path = Outputs(outputs).ledger
    there = path.is_file()
    ledger = Ledger.from_json(path.read_text(encoding="utf-8") if there else "")
    for summaries, known in zip_longest(editions, standing if there else (), fillvalue=()):
        pages = {name: measures(each["released"]) for name, each in dict(summaries).items()}
        ledger = accepted(ledger, pages, rounds=rounds, standing=known)
    return ledger


def keep(ledger: Ledger, outputs: Path) -> None:
    """Write the ledger down for the next run."""
    write_whole(Outputs(outputs).ledger, ledger.to_json().encode(), mode=0o600)

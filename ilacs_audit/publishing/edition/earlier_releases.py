"""What readers were ever shown, kept in private, so that the next edition is held against it.

An edition that is safe alone may give a child away by subtraction from last week's. So no edition goes out
before it was compared with every earlier one, and the ledger grows only once the pages are out. A run killed
in between loses nothing: the pages that readers have are entered again by the next one. A page that may not
go out leaves the earlier one standing, and with it every page that would then tell the same number otherwise.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ilacs_audit.disclosure.ledger.as_told import unit_of
from ilacs_audit.disclosure.ledger.ledger import Ledger, gives_away, held_against, hidden_at
from ilacs_audit.disk.writing import private_folder, read_json, write_json
from ilacs_audit.domain.errors import PendingError
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.publishing.edition.edition import RUN, Edition
from ilacs_audit.publishing.outputs import Outputs

Summaries = Mapping[str, Mapping[str, Any]]


def note_told(edition: Edition) -> Path | None:
    """Write down what earlier editions told these readers of registers; None where they told nothing.

    It is an input of a page, so it stands in a file of its own that changes only with those editions.
    """
    folders = sorted(each for each in edition.private.parent.glob("????-??") if each.name < edition.private.name)
    told = [(each.name, _day(edition, each.name), _of_registers(each)) for each in folders]
    editions = [{"period": name, "as_of": day, "released": found} for name, day, found in told if day and found]
    path = Outputs(edition.outputs).told / f"{edition.audience.id}-{edition.period}.json"
    if edition.audience.protects == "none" or not editions:
        path.unlink(missing_ok=True)
        return None
    private_folder(path.parent)
    write_json(path, {"editions": editions})
    return path


def _day(edition: Edition, period: str) -> str:
    """The last day of evidence of an earlier edition that readers have."""
    return str(read_json(edition.shared.parent / period / RUN).get("as_of", ""))


def _of_registers(folder: Path) -> list[dict[str, Any]]:
    """What the pages of an edition told of registers, each row once."""
    found: dict[str, dict[str, Any]] = {}
    for page in read_json(folder / "summaries.json").values():
        for row in rows(measures(page.get("released", ()))):
            if unit_of(row):
                told = {name: each for name, each in row._asdict().items() if each not in (None, "")}
                found.setdefault(repr(told), told)
    return list(found.values())


def held_against_earlier(
    outputs: Path,
    editions: Sequence[Summaries],
    *,
    rounds: Mapping[str, Mapping[str, str]],
    earlier: Sequence[Summaries],
    standing: Sequence[Collection[str]],
    services: Mapping[str, Collection[str]] | None = None,
    nested: bool = True,
    ordinary: Collection[str] = (),
) -> tuple[Ledger, list[dict[str, PendingError]]]:
    """The ledger with these editions added, each a report's id with what its page shows, and what they hold back.

    `rounds` says of each report which audit stands behind each month, and `ordinary` which breakdowns a person calls
    no sensitive ones. `earlier` are, for each edition, the pages that readers have, and `standing` names those of them
    that stay as they are: what they show is known already, and only other pages are held against it. A page that waits
    in one edition waits in those after it too, which are for more people (unless they are not `nested`): who has both
    papers would subtract. `services` are the teams of each service. Returns, for each edition, the pages that may not
    go out, and why.
    """
    there = Outputs(outputs).ledger.is_file()
    ledger, pending = ledger_of(outputs), []
    waits: dict[str, PendingError] = {}
    for summaries, before, known in zip(editions, earlier, standing, strict=True):
        held = {name: why for name, why in waits.items() if name in summaries and name not in known}
        while True:
            shown = {**summaries, **{name: before.get(name) for name in held}}
            pages = {name: measures(each["released"]) for name, each in shown.items() if each}
            stays = {*(known if there else ()), *held}
            about: dict[str, Any] = {"rounds": rounds, "standing": stays, "services": services, "ordinary": ordinary}
            grown, refused = held_against(ledger, pages, **about)
            if not refused:
                break
            held |= refused
        ledger, waits = grown, waits | held if nested else {}
        pending.append(held)
    return ledger, pending


def ledger_of(outputs: Path) -> Ledger:
    """Everything that readers were ever shown."""
    path = Outputs(outputs).ledger
    return Ledger.from_json(path.read_text(encoding="utf-8") if path.is_file() else "")


def given_away(
    ledger: Ledger,
    pages: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    rounds: Mapping[str, Mapping[str, str]],
    services: Mapping[str, Collection[str]],
) -> tuple[Ledger, dict[str, set[tuple[str, ...]]]]:
    """The ledger as it would be with new pages of a service, and the places of each that may not be shown in them."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for name, released in pages.items():
        frame = measures(released)
        while places := gives_away(ledger, frame, name, rounds=rounds.get(name, {}), services=services) - found.get(
            name, set()
        ):
            found.setdefault(name, set()).update(places)
            frame = hidden_at(frame, places)
        ledger, _ = held_against(ledger, {name: frame}, rounds=rounds, services=services)
    return ledger, found

"""The private compiled store: returns and registers, pseudonymised, as Parquet by period.

Workbooks are slow to read and full of names. They are read once, when they change; after that
every notebook reads small files that hold no name. The raw files are never touched.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ilacs_audit.disk.fingerprints import key_fingerprint
from ilacs_audit.disk.lock import locked
from ilacs_audit.disk.writing import ANY_PARTIAL, private_folder, read_json, write_json, write_whole
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.registers.hubs import Pair, Review
from ilacs_audit.intake.registers.identifiers import registered
from ilacs_audit.intake.registers.reading import evidence_key
from ilacs_audit.intake.returns.exclusions import EXCLUSIONS, load_exclusions
from ilacs_audit.intake.returns.reading import Evidence
from ilacs_audit.intake.store.compiling import Entry, Work, compile_registers, compile_returns, restatements
from ilacs_audit.intake.store.reading import MANIFEST, RESTATEMENTS, SCHEMA_VERSION
from ilacs_audit.intake.tables.columns import ColumnMap

_AUTHORITY = "authority.yml"
_PARTS = ("answers", "problems", "registers")


@dataclass(frozen=True)
class StoreReport:
    """What one compilation did: files read, files that had not changed, and what came of it.

    `asked` are the pairs of records that a person can say more of; None where none were looked for.
    """

    store: Path
    read: tuple[str, ...]
    unchanged: tuple[str, ...]
    audits: int
    answers: int
    registers: int
    errors: int
    warnings: int
    restatements: tuple[dict[str, Any], ...]
    asked: tuple[Pair, ...] | None = None


def compile_store(
    evidence: str | Path,
    store: str | Path,
    *,
    standards: Standards,
    programme: Programme,
    columns: ColumnMap | None,
    key: str | bytes | None,
    period: str | Period | None = None,
    said: Mapping[str, str] = MappingProxyType({}),
) -> StoreReport:
    """Bring a store up to date with its evidence, reading only what changed.

    A table is made anew when a file behind it, the standards, its audit's protocol, the column
    names, the exclusions, the key, what people `said` of pairs of records or this package changed.
    Changes to audits before `period` (without one: the latest period with returns) are recorded as
    restatements. Raises LockedError where another run is at work, ReturnsError without a key.
    """
    source, folder = Path(evidence), Path(store)
    secret = evidence_key(source, key)
    private_folder(folder)
    with locked(folder):
        before = read_json(folder / MANIFEST, otherwise={})
        known = before if before.get("schema") == SCHEMA_VERSION else {}
        exclusions, people = load_exclusions(source / EXCLUSIONS), registered(source, key=secret)
        read_by = Evidence(source, standards, columns or ColumnMap(), secret, people, exclusions)
        work = Work(read_by, folder, known, set(), Review(said, {}, []))
        made = {**compile_returns(work, programme), "registers": compile_registers(work)}
        tool, mark = version("ilacs_audit"), key_fingerprint(secret)
        after = {"schema": SCHEMA_VERSION, "tool": tool, "key": mark, **made}
        changes = _restate(work, after, period)
        _put_in_place(work, after)
    return _report(work, after, changes)


def read_restatements(store: str | Path) -> list[dict[str, Any]]:
    """Every change to an earlier period that was noticed, oldest first."""
    return list(read_json(Path(store) / RESTATEMENTS, otherwise=[]))


def _restate(work: Work, after: Entry, period: str | Period | None) -> list[dict[str, Any]]:
    """Record what changed since the last manifest; a first compilation restates nothing."""
    if not work.before:
        return []
    speaks_for = str(period or max((entry["period"] for entry in after["audits"].values()), default=""))
    found = restatements(work.before["audits"], after["audits"], period=speaks_for)
    told = read_restatements(work.store)
    if found and told[-len(found) :] != found:  # a run that broke off here had already told
        write_json(work.store / RESTATEMENTS, [*told, *found])
    return found


def _put_in_place(work: Work, after: Entry) -> None:
    """Make the new tables the store's, then drop those that no longer belong to it."""
    authority = work.evidence.folder / _AUTHORITY
    if authority.is_file():
        write_whole(work.store / _AUTHORITY, authority.read_bytes())
    (work.store / "answers").mkdir(exist_ok=True)
    write_json(work.store / MANIFEST, after)
    wanted = {work.store / entry[each] for entry in _entries(after) for each in ("table", "problems") if each in entry}
    for part in _PARTS:
        for path in [*(work.store / part).rglob("*.parquet"), *(work.store / part).rglob(ANY_PARTIAL)]:
            if path not in wanted:
                path.unlink()


def _entries(manifest: Entry) -> Iterator[Entry]:
    yield from manifest.get("audits", {}).values()
    yield from manifest.get("registers", {}).values()
    if "returns" in manifest:
        yield manifest["returns"]


def _report(work: Work, after: Entry, changes: list[dict[str, Any]]) -> StoreReport:
    every = {name for entry in _entries(after) for name in entry["files"]}
    return StoreReport(
        store=work.store,
        read=tuple(sorted(work.read)),
        unchanged=tuple(sorted(every - work.read)),
        audits=len(after["audits"]),
        answers=sum(entry["rows"] for entry in after["audits"].values()),
        registers=sum(bool(entry["files"]) for entry in after["registers"].values()),
        errors=sum(entry["errors"] for entry in _entries(after)),
        warnings=sum(entry["warnings"] for entry in _entries(after)),
        restatements=tuple(changes),
        asked=tuple(work.review.pairs.values()) if work.review.weighed else None,
    )

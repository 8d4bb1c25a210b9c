"""Every file that a run reads, with its mark: one list for the archive, `run.json`, `rebuild` and the last look.

What a spreadsheet program leaves beside an open file (`~$...`) and hidden files are no inputs.
"""

import hmac
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ilacs_audit.disk.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.intake.returns.exclusions import EXCLUSIONS, load_exclusions
from ilacs_audit.intake.store.reading import read_answers
from ilacs_audit.intake.yaml_files import read_yaml

WORKSPACE, EVIDENCE = "workspace/", "evidence/"
NOTEBOOKS = f"{WORKSPACE}notebooks/"
TIMETABLE = f"{WORKSPACE}reports.yml"
SAID = f"{WORKSPACE}outputs/private/linking/answers.json"  # where a rebuild looks for it
TOLD = f"{WORKSPACE}outputs/private/told/"  # and for what earlier editions told


@dataclass(frozen=True)
class Inputs:
    """The inputs of a run by the place that each takes when it is laid out again, and their hashes."""

    root: Path
    evidence: Path
    files: Mapping[str, Path]
    marks: Mapping[str, str]
    said: Path | None = None
    told_before: Sequence[Path] = ()

    @property
    def mark(self) -> str:
        """One mark for all of them."""
        return fingerprint(self.marks)

    def moved(self) -> bool:
        """Whether a file was added, taken away or changed since."""
        again = find_inputs(self.root, self.evidence, said=self.said, told=self.told_before)
        return again.marks != self.marks

    def told(self, key: bytes) -> dict[str, str]:
        """The marks as `run.json` has them: a file of the evidence by a number, because its name may name a child.

        Its hash is keyed: a plain one would tell whoever holds a leaked copy that it is the real return.
        """
        ours = {name: mark for name, mark in self.marks.items() if name.startswith(WORKSPACE)}
        theirs = [name for name in self.marks if name.startswith(EVIDENCE)]
        keyed = (hmac.digest(key, self.marks[name].encode(), "sha256").hex() for name in theirs)
        return ours | {f"{EVIDENCE}{place:03d}": mark for place, mark in enumerate(keyed, start=1)}

    def below(self, start: str) -> dict[str, str]:
        """The hashes of the inputs whose place starts so."""
        return {name: mark for name, mark in self.marks.items() if name.startswith(start)}


def find_inputs(root: Path, evidence: Path, *, said: Path | None = None, told: Sequence[Path] = ()) -> Inputs:
    """The catalogue, the notebooks, the evidence folder, what people `said` of pairs and what editions `told` before.

    All as they lie there now.
    """
    data = root / "data"
    catalogue = [root / "reports.yml", *data.glob("*.yml"), *data.glob("*.csv"), *(data / "standards").glob("*.yml")]
    notebooks = [root / "notebooks" / f"{name}.ipynb" for name in _reporting(root / "reports.yml")]
    ours = [*catalogue, *notebooks]
    files = {f"{WORKSPACE}{path.relative_to(root).as_posix()}": path for path in ours if _is_input(path)}
    theirs = sorted(path for path in evidence.rglob("*") if _is_input(path))
    files |= {f"{EVIDENCE}{path.relative_to(evidence).as_posix()}": path for path in theirs}
    files |= {SAID: said} if said and said.is_file() else {}
    files |= {f"{TOLD}{path.name}": path for path in told}
    return Inputs(root, evidence, files, {name: file_fingerprint(path) for name, path in files.items()}, said, told)


def _reporting(timetable: Path) -> set[str]:
    """The notebooks that reports.yml names.

    Any other is run by hand, saved while a run is at work, and perhaps with comments and pseudonyms in it.
    """
    with suppress(AuditError):
        told = read_yaml(timetable)
        each = told.items() if isinstance(told, dict) else ()
        return {str((entry.get("notebook") if isinstance(entry, dict) else "") or name) for name, entry in each}
    return set()


def _is_input(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "~$"))


def taken_out(store: Path, evidence: Path, audits: Collection[str]) -> list[dict[str, Any]]:
    """The rows that a person took out of these audits, as the manifest has them: why, as which role, on which day."""
    problems = read_answers(store, audits=frozenset(audits)).problems
    out = problems[(problems["rule"] == "excluded") & (problems["severity"] == "error")]
    said = {(each.file, each.row): each for each in load_exclusions(evidence / EXCLUSIONS)}
    found = []
    for each in out.to_dict("records"):
        by = said.get((each["file"], int(each["row"])))
        told = {"by": by.by, **({"on": by.on.isoformat()} if by.on else {})} if by else {}
        found.append({"audit": each["audit_id"], "row": int(each["row"]), "why": each["message"], **told})
    return found

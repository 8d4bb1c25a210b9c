"""The `load_*` doors: returns and registers, from evidence or from a compiled store alike."""

from collections.abc import Callable
from pathlib import Path

from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import Period, parse_day
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.files.sources import return_files, sources
from ilacs_audit.intake.problems import Loaded, Problem
from ilacs_audit.intake.registers.fields import REGISTERS
from ilacs_audit.intake.registers.identifiers import Registered, registered
from ilacs_audit.intake.registers.reading import AsOf, evidence_key, read_register
from ilacs_audit.intake.returns.exclusions import EXCLUSIONS, load_exclusions
from ilacs_audit.intake.returns.reading import Evidence, read_opened
from ilacs_audit.intake.store import reading as store
from ilacs_audit.intake.tables.columns import ColumnMap, learnt_beside
from ilacs_audit.intake.tables.open_files import open_all


def load_returns(
    source: str | Path,
    *,
    standards: Standards,
    programme: Programme | None = None,
    columns: ColumnMap | None = None,
    period: str | Period | None = None,
    key: str | bytes | None = None,
    exclusions: str | Path | None = None,
    people: Registered | None = None,
) -> Loaded:
    """Read a return, an evidence folder's returns, or a compiled store.

    The table has `ANSWER_COLUMNS`, the problems `PROBLEM_COLUMNS`. An error set its row, answer
    or file aside; a warning kept it. Without a programme every file is an audit named after it.
    Without `columns` the names learnt in the workspace around the source are used; a folder without
    either, most of whose columns are then unknown, is refused.
    `people` are those whom the registers name, read from the registers beside the returns unless given.
    Raises ReturnsError when nothing can be read or there is no key.
    Example: `ia.load_returns(folder, standards=ia.load_standards("data/standards"))`.
    """
    month = None if period is None else Period.parse(period)
    given.path(source, "load_returns")
    given.needed(standards, Standards, "standards")
    given.of_kind(programme, Programme, "programme")
    given.of_kind(columns, ColumnMap, "columns")
    if exclusions is not None:
        given.path(exclusions, "exclusions=")
    source = Path(source)
    if (source / "answers").is_dir():
        return store.read_answers(source, period=month)
    secret, learnt = evidence_key(source, key), learnt_beside(source) if columns is None else columns
    found, problems = sources(return_files(source), programme)
    wanted = [each for each in found if month is None or each.audit is None or each.audit.period == month]
    opened, unopened = open_all(wanted, standards, learnt or ColumnMap())
    if not opened and (unopened or (problems and not found)):
        raise _nothing_read([*problems, *unopened])
    known = registered(source, key=secret) if people is None else people
    aside = load_exclusions(Path(exclusions) if exclusions else source / EXCLUSIONS)
    evidence = Evidence(source, standards, learnt or ColumnMap(), secret, known, aside)
    loaded = read_opened(evidence, opened, [*problems, *unopened], audits=programme or ())
    if learnt is None and source.is_dir():
        _refuse_unlearnt(loaded)
    if month is None:
        return loaded
    return loaded._replace(table=loaded.table[loaded.table["period"] == str(month)].reset_index(drop=True))


def _nothing_read(problems: list[Problem]) -> ReturnsError:
    first = problems[0]
    more = f" {len(problems) - 1} more files could not be read either." if len(problems) > 1 else ""
    return ReturnsError(f"{first.message}{more}", where=first.file, fix=first.fix)


def _refuse_unlearnt(loaded: Loaded) -> None:
    """Refuse a folder most of whose questions were not known: its table would look like all that came back."""
    unknown = int((loaded.problems["rule"] == "unknown-column").sum())
    read = len(loaded.table[["audit_id", "standard_id"]].drop_duplicates())
    if unknown > read:
        raise ReturnsError(
            f"{unknown} columns of the returns are not known and {read} questions are: most answers would be lost.",
            where="load_returns without columns",
            fix="Give the learnt names, columns=work.columns; ilacs-audit check --learn learns them.",
        )


def load_register(
    name: str,
    evidence: str | Path,
    *,
    as_of: AsOf = None,
    key: str | bytes | None = None,
    columns: ColumnMap | None = None,
) -> Loaded:
    """Read one register of an evidence folder, or of a compiled store; see `read_register`."""
    given.folder(evidence, f"load_{name}")
    folder, as_of = Path(evidence), None if as_of is None else parse_day(as_of)
    if store.is_store(folder):
        return store.read_register(folder, name)
    return read_register(name, folder, as_of=as_of, key=key, columns=columns)


def _loader(name: str) -> Callable[..., Loaded]:
    def load(evidence: str | Path, *, as_of: AsOf = None, key: str | bytes | None = None) -> Loaded:
        return load_register(name, evidence, as_of=as_of, key=key)

    load.__name__ = load.__qualname__ = f"load_{name}"
    load.__doc__ = f"Read the {name} register: {', '.join(REGISTERS[name])}.\n\nExample: `ia.load_{name}(folder)`."
    return load


load_cases = _loader("cases")
load_visits = _loader("visits")
load_assessments = _loader("assessments")
load_conferences = _loader("conferences")
load_tracker = _loader("tracker")
load_closures = _loader("closures")
load_training = _loader("training")
load_workforce = _loader("workforce")
load_attendance = _loader("attendance")
load_escalations = _loader("escalations")
load_actions = _loader("actions")
load_meetings = _loader("meetings")
load_screening = _loader("screening")
load_survey = _loader("survey")
load_placements = _loader("placements")
load_beds = _loader("beds")
load_care_leavers = _loader("care_leavers")
load_private_fostering = _loader("private_fostering")
load_missing = _loader("missing")
load_population = _loader("population")

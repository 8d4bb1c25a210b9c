"""The compiled store gives back what the files say, reads only what changed, and cannot be half written."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import socket
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from ilacs_audit.disk import lock
from ilacs_audit.disk.writing import ANY_PARTIAL
from ilacs_audit.domain.errors import LockedError, ReturnsError, UsageError
from ilacs_audit.domain.programme import read_programme
from ilacs_audit.domain.schemas import ANSWER_COLUMNS, PROBLEM_COLUMNS
from ilacs_audit.domain.standards import Standards, read_theme
from ilacs_audit.intake import loading
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.store.reading import is_store, read_answers, read_manifest, read_register
from ilacs_audit.intake.store.update import compile_store, read_restatements
from ilacs_audit.intake.tables import open_files
from ilacs_audit.intake.tables.columns import ColumnMap

KEY = b"a key of the tests"
HEADER = "Case ID,Team,Worker,Auditor,Date audited,Consent is evidenced.,A manager agreed.\n"


def standard(number: int, text: str) -> dict:
    return {
        "id": f"CON-{number}", "version": 1, "text": text, "plain": text, "scale": "yes_no", "target": "0.9",
        "kind": "quality", "records": "recorded", "applies_to": "every file", "areas": ["A2"],
        "source": {"kind": "local", "text": "tests"},
    }  # fmt: skip  # a table, a line a row


def theme(*, texts: tuple[str, ...] = ("Consent is evidenced.", "A manager agreed.")) -> Standards:
    entries = [standard(place, text) for place, text in enumerate(texts, start=1)]
    entry = {
        "theme": "consent",
        "title": "Consent",
        "question": "?",
        "edition": 1,
        "areas": ["A2"],
        "standards": entries,
    }
    return Standards((read_theme(entry, file="consent.yml"),))


def audit(period: str, **more) -> dict:
    return {
        "id": f"consent-{period}", "title": "Consent", "theme": "consent", "kind": "dip_sample", "period": period,
        "on": date.fromisoformat(f"{period}-10"), "selection": "random", "intended": 3, "edition": 1,
        "population": {"list": "cases", "size": 40}, "returns": [f"consent {period}*"], **more,
    }  # fmt: skip  # a table, a line a row


STANDARDS = theme()
PROGRAMME = read_programme([audit("2024-09"), audit("2024-11")], file="programme.yml")


def put(evidence: Path, period: str, rows: list[tuple[str, str]], *, name: str = "") -> Path:
    folder = evidence / "returns"
    folder.mkdir(parents=True, exist_ok=True)
    day = date.fromisoformat(f"{period}-10").strftime("%d/%m/%Y")
    lines = [
        f"77000{place},Duty,Ann Worker,Bea Auditor,{day},{first},{second}\n"
        for place, (first, second) in enumerate(rows)
    ]
    path = folder / (name or f"consent {period}.csv")
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder of evidence and the store compiled from it, made once and copied for each test."""
    root = tmp_path_factory.mktemp("made")
    folder = root / "evidence"
    put(folder, "2024-09", [("Yes", "No"), ("No", "No"), ("Yes", "N/A")])
    put(folder, "2024-11", [("Yes", "Yes"), ("Yes", "Yes"), ("No", "maybe")])
    (folder / "registers").mkdir()
    (folder / "registers" / "cases.csv").write_text("child_ref,team\n770000,Duty\n", encoding="utf-8")
    (folder / "authority.yml").write_text("name: Testshire\n", encoding="utf-8")
    report = build(folder, root / "store")
    assert report.read == ("consent 2024-09.csv", "consent 2024-11.csv", "registers/cases.csv")
    return root


@pytest.fixture
def evidence(made, tmp_path) -> Path:
    return Path(shutil.copytree(made / "evidence", tmp_path / "evidence"))


@pytest.fixture
def store(made, tmp_path) -> Path:
    return Path(shutil.copytree(made / "store", tmp_path / "store"))


def build(evidence: Path, store: Path, **options):
    given = {"standards": STANDARDS, "programme": PROGRAMME, "columns": ColumnMap(), "key": KEY, **options}
    return compile_store(evidence, store, **given)


def contents(store: Path) -> dict[str, bytes]:
    return {
        path.relative_to(store).as_posix(): path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()
    }


def test_the_store_gives_back_what_the_files_say(evidence, store):
    report = build(evidence, store)
    direct = load_returns(evidence, standards=STANDARDS, programme=PROGRAMME, key=KEY)
    stored = read_answers(store)
    order = ["audit_id", "child_ref", "standard_id"]
    assert report.answers == len(direct.table) == 11
    pd.testing.assert_frame_equal(
        stored.table.sort_values(order, ignore_index=True), direct.table.sort_values(order, ignore_index=True)
    )
    told = [*PROBLEM_COLUMNS[:-3]]
    assert sorted(map(tuple, stored.problems[told].astype(str).to_numpy())) == sorted(
        map(tuple, direct.problems[told].astype(str).to_numpy())
    )


def test_a_report_reads_only_its_period_audits_and_columns(evidence, store):
    build(evidence, store)
    assert set(read_answers(store, period="2024-11").table["period"]) == {"2024-11"}
    assert set(read_answers(store, audits="consent-2024-09").table["audit_id"]) == {"consent-2024-09"}
    assert list(read_answers(store, columns=["answer", "team"]).table.columns) == ["answer", "team"]
    assert read_answers(store, period="2030-01").table.columns.tolist() == list(ANSWER_COLUMNS)
    (store / "answers" / "period=2024-09" / "consent-2024-09.parquet").unlink()
    assert len(read_answers(store, period="2024-11").table) == 5


def test_a_loader_reads_a_store_as_it_reads_a_folder(evidence, store):
    build(evidence, store)
    from_store = loading.load_cases(store)
    pd.testing.assert_frame_equal(from_store.table, loading.load_cases(evidence, key=KEY).table)
    assert load_returns(store, standards=STANDARDS, period="2024-11").table["period"].unique().tolist() == ["2024-11"]
    assert (store / "authority.yml").is_file()
    assert loading.load_visits(store).problems["rule"].tolist() == ["missing register"]


def test_the_same_evidence_gives_the_same_bytes(evidence, store, tmp_path):
    build(evidence, store)
    build(evidence, tmp_path / "again")
    assert contents(store) == contents(tmp_path / "again")
    before = contents(store)
    build(evidence, store)
    assert contents(store) == before


def test_nothing_that_names_a_person_is_in_the_store_except_in_the_private_value_column(evidence, store):
    build(evidence, store)
    names = (b"Ann Worker", b"ann worker", b"Bea", b"770000", b"770001", KEY)
    for path, content in contents(store).items():
        plain = pq.read_table(store / path).to_pandas().to_csv().encode() if path.endswith(".parquet") else content
        assert not [name for name in names if name in plain], path


def test_only_a_changed_file_is_read_again(evidence, store, monkeypatch):
    build(evidence, store)
    read = []
    real = open_files.read_sheets
    monkeypatch.setattr(open_files, "read_sheets", lambda path: read.append(path.name) or real(path))
    unchanged = build(evidence, store)
    assert (read, unchanged.read) == ([], ())
    os.utime(evidence / "returns" / "consent 2024-11.csv")
    build(evidence, store)
    assert read == []
    put(evidence, "2024-11", [("No", "No")])
    report = build(evidence, store)
    assert read == ["consent 2024-11.csv"]
    assert report.read == ("consent 2024-11.csv",)
    assert report.unchanged == ("consent 2024-09.csv", "registers/cases.csv")


def test_versions_of_one_return_are_no_more_counted_in_the_store_than_elsewhere(evidence, store):
    put(evidence, "2024-11", [("No", "No"), ("No", "No"), ("No", "No")], name="consent 2024-11 v2.csv")
    build(evidence, store)
    stored = read_answers(store)
    assert set(stored.table["audit_id"]) == {"consent-2024-09"}
    refused = stored.problems.query("rule == 'two-files'")["file"]
    assert sorted(refused) == ["consent 2024-11 v2.csv", "consent 2024-11.csv"]


@pytest.mark.parametrize(
    "changed",
    [
        {"key": b"another key"},
        {"columns": ColumnMap(answers={"yes": ("maybe",)})},
        {"standards": theme(texts=("Consent is evidenced.", "A manager agreed.", "More."))},
        {"programme": read_programme([audit("2024-09", title="T"), audit("2024-11", title="T")], file="p")},
    ],
    ids=["key", "columns", "standards", "protocol"],
)
def test_what_the_tables_depend_on_makes_them_anew(evidence, store, changed):
    build(evidence, store)
    report = build(evidence, store, **changed)
    assert {"consent 2024-09.csv", "consent 2024-11.csv"} <= set(report.read)


def test_an_exclusion_makes_the_tables_anew_and_is_said(evidence, store):
    build(evidence, store)
    (evidence / "exclusions.yml").write_text(
        "- {file: consent 2024-11.csv, row: 2, reason: entered twice, by: QA lead}\n", encoding="utf-8"
    )
    report = build(evidence, store)
    assert report.answers == 9
    assert "excluded" in " ".join(read_answers(store).problems["rule"])


def test_an_exclusion_that_names_no_file_is_said(evidence, store):
    (evidence / "exclusions.yml").write_text(
        "- {file: consent 2024-10.csv, row: 2, reason: entered twice, by: QA lead}\n", encoding="utf-8"
    )
    assert build(evidence, store).answers == 11
    found = read_answers(store).problems.query("rule == 'excluded'")
    assert found["file"].tolist() == ["consent 2024-10.csv"]


def test_a_deleted_table_is_made_again(evidence, store):
    build(evidence, store)
    (store / "answers" / "period=2024-09" / "consent-2024-09.parquet").unlink()
    assert build(evidence, store).read == ("consent 2024-09.csv",)
    assert len(read_answers(store).table) == 11


def test_the_manifest_says_what_the_store_is_made_from_and_not_the_key(evidence, store):
    build(evidence, store)
    manifest = read_manifest(store)
    file = evidence / "returns" / "consent 2024-09.csv"
    import hashlib

    assert manifest["audits"]["consent-2024-09"]["files"] == {
        "consent 2024-09.csv": hashlib.sha256(file.read_bytes()).hexdigest()
    }
    assert {"schema", "tool", "key"} <= manifest.keys()
    assert KEY.decode() not in json.dumps(manifest)


def test_a_late_return_for_an_earlier_month_is_a_restatement_with_before_and_after(evidence, store):
    assert build(evidence, store).restatements == ()
    put(evidence, "2024-09", [("Yes", "No"), ("No", "No"), ("Yes", "N/A"), ("Yes", "Yes")])
    report = build(evidence, store, period="2024-11")
    told = [(each["standard_id"], each["before"], each["after"]) for each in report.restatements]
    assert told == [("CON-1", [2, 3], [3, 4]), ("CON-2", [0, 2], [1, 3])]
    assert report.restatements[0]["because"] == "returns"
    assert report.restatements[0]["files"] == ["consent 2024-09.csv"]
    assert list(report.restatements) == read_restatements(store)
    assert build(evidence, store).restatements == ()
    assert len(read_restatements(store)) == 2


def test_a_change_in_the_month_itself_restates_nothing(evidence, store):
    build(evidence, store)
    put(evidence, "2024-11", [("No", "No")])
    assert build(evidence, store, period="2024-11").restatements == ()
    put(evidence, "2024-11", [("Yes", "Yes")])
    assert len(build(evidence, store, period="2024-12").restatements) == 2


def test_a_whole_audit_that_comes_late_or_goes_is_a_restatement(evidence, tmp_path):
    store = tmp_path / "fresh"
    (evidence / "returns" / "consent 2024-09.csv").rename(evidence / "aside.csv")
    build(evidence, store)
    (evidence / "aside.csv").rename(evidence / "returns" / "consent 2024-09.csv")
    assert [each["before"] for each in build(evidence, store).restatements] == [[0, 0], [0, 0]]
    (evidence / "returns" / "consent 2024-09.csv").unlink()
    assert [each["after"] for each in build(evidence, store).restatements] == [[0, 0], [0, 0]]
    assert not list((store / "answers" / "period=2024-09").glob("*.parquet"))


def test_a_target_that_was_changed_after_reading_began_is_told_and_decides_no_sequence(evidence, tmp_path):
    protocol = {"stopping": "sequence", "population": 60, "intended": 3}
    programme = read_programme([audit("2024-11", **protocol)], file="programme.yml")

    def compiled(target):
        lines = [{**standard(1, "Consent is evidenced."), "target": target}, standard(2, "A manager agreed.")]
        about = {"theme": "consent", "title": "Consent", "question": "?", "edition": 1, "areas": ["A2"]}
        standards = Standards((read_theme({**about, "standards": lines}, file="consent.yml"),))
        build(evidence, tmp_path / "targets", standards=standards, programme=programme)
        found = read_answers(tmp_path / "targets")
        told = found.problems.loc[found.problems["rule"] == "target-changed", "message"].tolist()
        return told, set(found.table.loc[found.table["drawn_as"] == "!", "standard_id"])

    told = ["The target of CON-1 was 90% when the first returns of consent-2024-11 were read, and is 50% now."]
    assert [compiled(each) for each in ("0.9", "0.5", "0.9")] == [([], set()), (told, {"CON-1"}), ([], set())]


def test_two_draws_that_differ_are_told_before_the_first_return_comes(evidence, store):
    (evidence / "draws").mkdir()
    for name, order in (("consent-2024-12.csv", "1,2"), ("consent-2024-12 (2).csv", "2,1")):
        one, other = order.split(",")
        lines = f"auditor,child ref,team,order\nBea,770001,Duty,{one}\nBea,770002,Duty,{other}\n"
        (evidence / "draws" / name).write_text(lines, encoding="utf-8")
    ahead = read_programme([audit("2024-09"), audit("2024-11"), audit("2024-12")], file="programme.yml")
    build(evidence, store, programme=ahead)
    assert "two-draws" in set(read_answers(store).problems["rule"])


def test_a_catalogue_that_counts_otherwise_is_named_as_the_reason(evidence, store):
    build(evidence, store)
    partly = standard(2, "A manager agreed.") | {"meets": ["yes", "no"]}
    entry = {"theme": "consent", "title": "C", "question": "?", "edition": 1, "areas": ["A2"]}
    kinder = Standards((read_theme({**entry, "standards": [standard(1, "Consent is evidenced."), partly]}, file="c"),))
    found = build(evidence, store, standards=kinder).restatements
    assert [(each["because"], each["before"], each["after"]) for each in found] == [("catalogue", [0, 2], [2, 2])]


def test_a_run_that_breaks_off_still_leaves_the_restatement_to_be_told(evidence, store, monkeypatch):
    build(evidence, store)
    put(evidence, "2024-09", [("No", "No")])
    monkeypatch.setattr("ilacs_audit.intake.store.update.compile_registers", lambda work: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(evidence, store)
    monkeypatch.undo()
    assert len(build(evidence, store).restatements) == 2


def test_a_run_that_breaks_off_while_writing_leaves_whole_files(evidence, store, monkeypatch):
    build(evidence, store)
    put(evidence, "2024-09", [("No", "No")])
    monkeypatch.setattr(pq, "write_table", lambda table, where, **options: Path(where).write_bytes(b"PAR1") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(evidence, store)
    monkeypatch.undo()
    assert len(read_answers(store).table) == 11
    assert not list(store.rglob(ANY_PARTIAL))
    build(evidence, store)
    assert len(read_answers(store).table) == 7


def test_one_unreadable_return_spoils_one_audit(evidence, store):
    (evidence / "returns" / "consent 2024-09.csv").write_bytes(b"PK\x03\x04 broken")
    report = build(evidence, store)
    assert set(read_answers(store).table["period"]) == {"2024-11"}
    found = read_answers(store, audits="consent-2024-09").problems
    assert found[["severity", "file"]].to_numpy().tolist() == [["error", "consent 2024-09.csv"]]
    assert report.errors == 2


def test_a_file_that_nobody_claims_is_a_problem_of_the_store(evidence, store):
    put(evidence, "2024-09", [("Yes", "Yes")], name="holiday plans.csv")
    build(evidence, store)
    assert read_answers(store).problems.query("file == 'holiday plans.csv'")["rule"].tolist() == ["no-audit"]
    assert len(read_answers(store).table) == 11


def test_a_register_that_is_refused_is_empty_and_says_why(evidence, store):
    (evidence / "registers" / "cases.txt").write_text("child_ref\n1\n", encoding="utf-8")
    build(evidence, store)
    loaded = read_register(store, "cases")
    assert loaded.table.empty
    assert loaded.problems["rule"].tolist() == ["register refused"]


def test_whom_a_register_names_from_now_on_is_hidden_in_the_free_text_of_returns(evidence, store):
    path = evidence / "returns" / "consent 2024-09.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write("770009,Duty,Ann Worker,Bea Auditor,10/09/2024,Yes,Yes\n")
    text = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{text[0]},Comments", *(f"{each},Quilla knows the family." for each in text[1:])]))
    assert "2024-09" in " ".join(build(evidence, store).read)
    assert read_answers(store)[0]["comment"].str.contains("Quilla").any()
    (evidence / "registers" / "workforce.csv").write_text("person_ref,team\nQuilla Zephyrine,Duty\n", encoding="utf-8")
    build(evidence, store)
    assert not read_answers(store)[0]["comment"].str.contains("Quilla").any()
    assert build(evidence, store).read == ()


def test_the_raw_files_are_not_touched(evidence, store):
    before = contents(evidence)
    build(evidence, store)
    assert contents(evidence) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such mode; its folder rights are inherited")
def test_the_store_is_readable_by_its_owner_alone(evidence, store):
    build(evidence, store)
    assert oct(store.stat().st_mode & 0o777) == "0o700"


def test_text_is_stored_as_a_dictionary(evidence, store):
    build(evidence, store)
    file = pq.ParquetFile(store / "answers" / "period=2024-11" / "consent-2024-11.parquet")
    group = file.metadata.row_group(0)
    for place in range(group.num_columns):
        column = group.column(place)
        assert column.physical_type != "BYTE_ARRAY" or "RLE_DICTIONARY" in column.encodings, column.path_in_schema


def test_what_is_no_store_is_said_plainly(tmp_path, evidence, store):
    assert not is_store(evidence)
    with pytest.raises(ReturnsError, match="store is missing"):
        read_answers(tmp_path)
    build(evidence, store)
    with pytest.raises(UsageError, match="not a register"):
        read_register(store, "vists")
    with pytest.raises(UsageError, match="Not columns"):
        read_answers(store, columns=["name"])
    (store / "manifest.json").write_text('{"schema"', encoding="utf-8")
    with pytest.raises(ReturnsError, match="broken"):
        read_answers(store)


def test_a_second_run_is_refused_while_the_first_holds_the_store(evidence, store):
    with lock.locked(store):
        with pytest.raises(LockedError, match=f"process {os.getpid()} on") as refused:
            build(evidence, store)
        assert "store.lock" in str(refused.value)
    assert build(evidence, store).answers == 11
    assert not (store / "store.lock").exists()


def test_the_lock_of_a_run_that_died_is_taken_over(evidence, store):
    process = multiprocessing.get_context("spawn").Process(target=int)
    process.start()
    process.join()
    lock = store / "store.lock"
    lock.write_text(json.dumps({"host": socket.gethostname(), "process": process.pid}), encoding="utf-8")
    assert build(evidence, store).answers == 11


def test_the_lock_of_another_machine_holds_until_half_a_day_is_over(evidence, store):
    lock = store / "store.lock"
    lock.write_text(json.dumps({"host": "another", "process": 1}), encoding="utf-8")
    with pytest.raises(LockedError, match="process 1 on another"):
        build(evidence, store)
    os.utime(lock, (time.time() - 13 * 3600,) * 2)
    assert build(evidence, store).answers == 11


def test_a_lock_that_is_just_being_written_holds(evidence, store):
    (store / "store.lock").touch()
    with pytest.raises(LockedError, match="another process"):
        build(evidence, store)


def test_of_many_at_once_only_one_holds_the_lock(tmp_path):
    inside, most, done = [], [], []

    def enter() -> None:
        while len(done) < 60:
            try:
                with lock.locked(tmp_path):
                    inside.append(1)
                    most.append(len(inside))
                    time.sleep(0.001)
                    inside.pop()
                done.append(1)
            except LockedError:
                time.sleep(0.001)

    threads = [threading.Thread(target=enter) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(done) >= 60
    assert max(most) == 1


def test_a_run_that_was_taken_over_leaves_the_lock_of_the_other(store):
    other = json.dumps({"host": "another", "process": 1})
    with lock.locked(store):
        (store / "store.lock").write_text(other, encoding="utf-8")
    assert (store / "store.lock").read_text(encoding="utf-8") == other


def _compile_once(evidence: Path, store: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            build(evidence, store, key=os.urandom(8))
            sys.exit(0)
        except LockedError:
            time.sleep(0.05)
    sys.exit(1)


def test_runs_at_once_never_leave_a_store_that_cannot_be_read(evidence, store):
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_compile_once, args=(evidence, store)) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(120)
    assert [run.exitcode for run in runs] == [0, 0]
    build(evidence, store)
    assert len(read_answers(store).table) == 11
    assert not (store / "store.lock").exists()
    assert not list(store.rglob(ANY_PARTIAL))

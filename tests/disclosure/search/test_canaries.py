"""Hundreds of invented people planted in every corner of the evidence: none of them leaves the building.

A workspace is made from the example; names, references, e-mails, NHS numbers, pupil numbers,
postcodes and telephone numbers that occur nowhere else are written into cells, free text,
notes, hidden sheets, sheet names, file names, document properties and registers. What is
published is then searched by a reader that shares no code with the package.
"""

import base64
import csv
import getpass
import html
import io
import json
import os
import random
import re
import shutil
import zipfile
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import nbformat
import openpyxl
import pytest
from openpyxl.comments import Comment

from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.domain.identifying import is_nhs_number
from ilacs_audit.intake.identity.people import person
from ilacs_audit.intake.identity.pseudonyms import KEY_VARIABLE, pseudonym
from ilacs_audit.intake.identity.references import reference
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.edition.figures_csv import measures_csv
from ilacs_audit.publishing.run.batch import run
from tests.disclosure.search.test_scan import disguises

REPORTS = ("dip-sample-consent-2024-11", "dip-sample-referrals-2024-11")
AUDIENCES = ("board", "public")
FIRST = ("Zephyrine", "Quillon", "Ottoline", "Fenwick", "Isolde", "Bartholomew", "Xanthe", "Peregrine", "Thessaly")
LAST = ("Quenbyrd", "Vexmoor", "O'Thrune", "Zwolinsky", "Harrowgast", "Ndiyembe", "Kvistgaard", "Pellotier", "Umbrecht")
KEY = "a key that nobody writes down: 7f1c"
LISTS = ("name", "reference", "e-mail", "NHS number", "UPN", "postcode", "phone number")


def nhs(number):
    """A number with the right check digit, from a range that is kept for tests."""
    return next(f"999{number:06d}{check}" for check in range(10) if is_nhs_number(f"999{number:06d}{check}"))


def planted():
    """Kind -> canaries. No number is skipped where a check digit does not exist."""
    rng = random.Random(7)
    people = [f"{first} {last}" for first in FIRST for last in LAST][:60]
    rng.shuffle(people)
    possible = [n for n in range(100, 400) if any(is_nhs_number(f"999{n:06d}{check}") for check in range(10))]
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return {
        "name": people,
        "reference": [f"ZQ{rng.randint(100000, 999999)}" for _ in range(40)],
        "e-mail": [f"{each.lower().replace(' ', '.').replace(chr(39), '')}@canary.example" for each in people[:30]],
        "NHS number": [nhs(n) for n in possible[:30]],
        "UPN": [f"H{rng.randint(10**11, 10**12 - 1)}{rng.choice('ABCDEFGH')}" for _ in range(20)],
        "postcode": [f"ZE{n} {n % 9 + 1}{a}{b}" for n, a, b in zip(range(1, 21), letters, letters[::-1], strict=True)],
        "phone number": [f"01632 960{n:03d}" for n in range(120, 140)],
    }


class Planter:
    """Hands out canaries one after the other, over and over, and remembers where each was put."""

    def __init__(self, canaries):
        self.canaries = canaries
        self.turn = dict.fromkeys(canaries, 0)
        self.places = set()

    def next(self, kind, place):
        chosen = self.canaries[kind][self.turn[kind] % len(self.canaries[kind])]
        self.turn[kind] += 1
        self.places.add((kind, chosen, place))
        return chosen

    def sentence(self, place):
        """Free text as people write it, with one of each kind."""
        told = {kind: self.next(kind, place) for kind in LISTS}
        return (
            f"Spoke to {told['name']} ({told['reference']}), NHS {told['NHS number']}, UPN {told['UPN']}, of "
            f"{told['postcode']}; write to {told['e-mail']} or ring {told['phone number']}."
        )


def plant(evidence):
    """Write canaries into an evidence folder; gives the planter."""
    planter = Planter(planted())
    returns = evidence / "returns" / "2024-11"
    plant_in_csv(returns / "referral audit 2024-11.csv", planter)
    plant_in_workbook(returns / "Consent dip sample - Nov 2024 re-audit(1-18).xlsx", planter)
    plant_in_registers(evidence / "registers", planter)
    name = planter.next("name", "file name")
    (returns / f"{name} {planter.next('reference', 'file name')}.csv").write_text(
        f"Child's name,Auditor\n{name},{planter.next('name', 'file of no audit')}\n", encoding="utf-8"
    )
    return planter


def plant_in_csv(path, planter):
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    for line in lines:
        line[1] = planter.next("reference", "cell")
        line[3], line[4] = planter.next("name", "cell"), planter.next("name", "cell")
        line[-1] = planter.sentence("free text")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])


def plant_in_workbook(path, planter):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [str(cell.value or "").strip() for cell in sheet[1]]
    place = {name: next(n for n, head in enumerate(heads, start=1) if name in head) for name in ("Email", "Name")}
    child = next(n for n, head in enumerate(heads, start=1) if "reference on the case system" in head)
    worker = next(n for n, head in enumerate(heads, start=1) if "Allocated worker" in head)
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 1).value is None:
            continue
        sheet.cell(row, place["Email"]).value = planter.next("e-mail", "cell")
        sheet.cell(row, place["Name"]).value = planter.next("name", "cell")
        sheet.cell(row, child).value = planter.next("reference", "cell")
        sheet.cell(row, worker).value = planter.next("name", "cell")
        sheet.cell(row, child).comment = Comment(planter.sentence("note"), planter.next("name", "author of a note"))
    hidden = book.create_sheet("Lookups")
    hidden.append(["Child's name", "NHS number", "UPN", "Postcode", "Worker"])
    for _ in range(30):
        hidden.append(
            [planter.next(kind, "hidden sheet") for kind in ("name", "NHS number", "UPN", "postcode", "name")]
        )
    hidden.sheet_state = "veryHidden"
    book.create_sheet(planter.next("name", "sheet name"))
    book.properties.creator = planter.next("name", "document property")
    book.save(path)


def plant_in_registers(folder, planter):
    kinds = {"child_ref": "reference", "worker_ref": "name", "person_ref": "name", "owner_ref": "name"}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *lines = csv.reader(file)
        marked = [(n, kinds[name]) for n, name in enumerate(header) if name in kinds]
        for line in lines[:40] if path.stem != "training" else []:
            for n, kind in marked:
                if line[n]:
                    line[n] = planter.next(kind, f"register {path.stem}")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *lines])


@pytest.fixture(scope="module")
def workspace(root, tmp_path_factory):
    """The example with canaries in it: its folder and what was planted."""
    folder = tmp_path_factory.mktemp("canaries")
    for part in ("data", "notebooks"):
        shutil.copytree(root / part, folder / part)
    shutil.copy2(root / "reports.yml", folder / "reports.yml")
    return folder, plant(folder / "data" / "example")


@pytest.fixture(scope="module")
def ran(workspace, tmp_path_factory):
    """A run of the planted workspace for two audiences: its outputs, how it ended, and all that was printed."""
    folder, _ = workspace
    outputs, said = tmp_path_factory.mktemp("outputs"), tmp_path_factory.mktemp("said") / "said.txt"
    with pytest.MonkeyPatch.context() as surroundings, overheard(said):
        surroundings.setenv(KEY_VARIABLE, KEY)
        print("this is heard", flush=True)
        os.write(2, b"and so is this\n")
        ended = publish(folder, outputs, audiences=AUDIENCES, only=REPORTS)
    assert [each.problem for each in ended.failed] == []
    assert kept_keys(outputs) == []
    return outputs, ended, said.read_text(encoding="utf-8")


@contextmanager
def overheard(path):
    """Write what this process and those that it starts print into a file."""
    with path.open("a", encoding="utf-8") as file, redirect_stdout(file), redirect_stderr(file):
        kept = [os.dup(each) for each in (1, 2)]
        try:
            for each in (1, 2):
                os.dup2(file.fileno(), each)
            yield
        finally:
            for each, was in zip((1, 2), kept, strict=True):
                os.dup2(was, each)
                os.close(was)


@pytest.fixture(scope="module")
def shared(ran):
    """What the run gives away: name -> content, for two audiences."""
    outputs, ended, _ = ran
    found = {}
    for audience in AUDIENCES:
        files = [path for path in (outputs / audience).rglob("*") if path.is_file()]
        for path in files:
            found |= opened(path.relative_to(outputs).as_posix(), path.read_bytes())
    for each in ended.outcomes:
        if told := each.result["released"]:  # a paper of what other pages released has none of its own
            found[f"{told[0]['audience']}/{each.job_id}.csv"] = measures_csv(told, **each.result["words"])
    return found


def opened(name, content):
    """A file, and each part of a spreadsheet under a name of its own, since its bytes are packed."""
    if not name.endswith(".xlsx"):
        return {name: content}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {f"{name}/{part}": book.read(part) for part in book.namelist()}


def kept_keys(outputs):
    """The files of a run, private ones included, in which its key stands."""
    spelt = (KEY.encode(), KEY.encode().hex().encode(), base64.b64encode(KEY.encode()).rstrip(b"="))
    files = [path for path in outputs.rglob("*") if path.is_file()]
    assert any("private" in path.parts for path in files)
    return [path.name for path in files if any(each in path.read_bytes() for each in spelt)]


def publish(folder, outputs, **options):
    return run(
        "2024-11", workspace=load_workspace(folder), outputs=outputs, as_of=date(2024, 11, 21), workers=2, **options
    )


def bare(text):
    """Letters and digits alone: a search that no spacing, sign, case or escape defeats."""
    return re.sub(r"[^a-z0-9]", "", unquote(html.unescape(text)).casefold())


def leaks(name, content, canaries):
    """Which canaries a file holds, in words, turned round, or in base64; or has in its name."""
    text = content.decode("utf-8", "replace")
    page, title = bare(text), bare(name)
    for kind, each in canaries:
        words = each.split()
        for spelling in {bare(each), bare("".join(reversed(words))) if kind == "name" else bare(each)}:
            if spelling in page or spelling in title:
                yield kind, name
        for shift in range(3):
            code = base64.b64encode(b"\0" * shift + each.encode()).decode()[4 if shift else 0 : -4]
            if len(code) >= 8 and code in text:
                yield kind, f"{name} in base64"


def test_two_hundred_people_in_every_corner_of_the_evidence_and_none_in_what_is_shared(workspace, shared):
    _, planter = workspace
    canaries = {(kind, each) for kind, each, _ in planter.places}
    corners = {place for _, _, place in planter.places}
    found = [leak for name, content in shared.items() for leak in leaks(name, content, canaries)]
    print(
        f"{len(canaries)} canaries of {len(LISTS)} kinds, {len(planter.places)} plantings in {len(corners)} corners, "
        f"{len(shared)} shared files: {len(found)} leaked"
    )
    assert len(canaries) >= 200
    assert len(corners) >= 12
    assert {Path(name).suffix for name in shared} >= {".html", ".json", ".csv", ".xml"}
    assert any("figures.xlsx/xl/sharedStrings" in name for name in shared)
    assert found == []


def test_no_shared_file_holds_a_pseudonym_or_says_where_it_was_made(workspace, shared):
    """Two editions hold nothing to join, and nothing of the machine: no path, no user, no link to what is private."""
    folder, planter = workspace
    kinds = {"name": ("person", person), "reference": ("child", reference)}
    named = [(kinds[kind], each) for kind, each, _ in planter.places if kind in kinds]
    marks = {pseudonym(spelt(each), kind=of, key=KEY.encode())[2:] for (of, spelt), each in named}
    texts = {name: content.decode("utf-8", "replace") for name, content in shared.items()}
    told = (str(folder), str(folder.parent), getpass.getuser() + "/", "private/", "papermill_record", '"papermill":{')
    joined = [name for name, text in texts.items() if any(mark in text for mark in marks)]
    found = {(name, each) for name, text in texts.items() for each in told if each in text}
    print(f"{len(marks)} pseudonyms and {len(told)} marks of the machine sought in {len(texts)} shared files")
    assert len(marks) > 80
    assert (joined, found) == ([], set())


def test_the_reader_of_this_test_would_have_seen_a_leak(workspace):
    _, planter = workspace
    canaries = {(kind, each) for kind, each, _ in planter.places}
    for kind, each in sorted(canaries):
        page = f"<p>18 of 20 files. {html.escape(each)} was seen.</p>".encode()
        assert (kind, "page.html") in set(leaks("page.html", page, canaries)), each


def test_what_was_planted_is_what_the_search_of_finished_pages_knows(workspace):
    """A person the search does not know could only be stopped by the rooms before it."""
    folder, planter = workspace
    known = {bare(each) for each in load_workspace(folder).identifiers()}
    by_form = {"e-mail", "NHS number", "UPN", "postcode", "phone number"}
    missed = {(kind, place) for kind, each, place in planter.places if bare(each) not in known and kind not in by_form}
    print(f"{len(known)} identifiers known to the search; not known by name: {sorted(missed) or 'none'}")
    assert {place for _, place in missed} <= {"free text", "note"}


def test_messages_and_results_of_the_run_hold_nobody(workspace, ran):
    (_, planter), (_, ended, said) = workspace, ran
    assert said.splitlines()[:2] == ["this is heard", "and so is this"]
    text = f"{said} {json.dumps([each.result for each in ended.outcomes])}"
    canaries = {(kind, each) for kind, each, _ in planter.places}
    assert list(leaks("messages", text.encode(), canaries)) == []


PARAMETERS = """audit: str = ""
period: str = ""
as_of: str = ""
audience: str = ""
workspace: str = ""
evidence: str = ""
store: str = ""
"""
SHOWN = """from ilacs_audit.display.fragments import Fragment

told = TOLD
said = told.get(audit, "nobody")
Fragment("title", f"<h1>What was found</h1><p>18 of 20 files. Seen with {said} today.</p>", {})
"""
CHOSEN = (
    "capitals",
    "zero-width",
    "html numbers in hexadecimal",
    "url of every letter",
    "tags inside",
    "cells",
    "reversed",
    "base64 shifted by 1",
)


@pytest.fixture
def saboteur(workspace, tmp_path):
    """A workspace with one notebook, which prints on the page of each audit what it is told to."""
    folder = tmp_path / "sabotage"
    shutil.copytree(workspace[0], folder)
    (folder / "reports.yml").write_text("thematic:\n  each: {theme: all}\n", encoding="utf-8")

    def tell(told):
        cells = [
            nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}, id="asked"),
            nbformat.v4.new_code_cell(SHOWN.replace("TOLD", repr(told)), id="shown"),
        ]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / "thematic.ipynb")

    return folder, tell


def test_one_name_in_any_disguise_stops_the_whole_run_and_leaves_the_earlier_pages(saboteur, tmp_path):
    """Eight disguises, a page each, in a real run; `test_scan` tries them all."""
    folder, tell = saboteur
    outputs, work = tmp_path / "outputs", load_workspace(folder)
    name = next(each for each in sorted(work.identifiers()) if each.endswith("O'Thrune"))
    spelt = dict(disguises(name))
    kinds = ("dip_sample", "re_audit")
    audits = [each for each in work.programme if str(each.period) == "2024-11" and each.kind not in kinds]
    told = {audit.id: spelt[how] for audit, how in zip(audits, CHOSEN, strict=False)}
    tell({})
    assert [each.problem for each in publish(folder, outputs, audiences=("public",)).failed] == []
    before = {path.name: path.read_bytes() for path in sorted((outputs / "public").rglob("*")) if path.is_file()}
    tell(told)
    with pytest.raises(DisclosureError) as refused:
        print([(each.job_id, each.status) for each in publish(folder, outputs, audiences=("public",)).outcomes])
    after = {path.name: path.read_bytes() for path in sorted((outputs / "public").rglob("*")) if path.is_file()}
    message = str(refused.value)
    caught = {audit.theme for audit in audits if f"thematic-{audit.theme.replace('_', '-')}" in message}
    print(f"{len(told)} disguises of one name: {len(caught)} pages refused; {len(before)} earlier files kept")
    assert refused.value.exit_code == 13
    assert bare(name) not in bare(message)
    assert caught == {audit.theme for audit in audits if audit.id in told}
    assert len(told) >= 7
    assert before == after

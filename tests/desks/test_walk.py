"""The walk of docs/explore.md, step by step in one workspace: from a workbook in the inbox to a draft that is right.

Not walked here: 1 (the notebook runs as it comes, `tests/cli/test_explore.py` and `tests/browser/test_notebook.py`),
the fix list of 3 (`tests/publishing/owner/test_fix_lists.py`), 14 (`tests/analysis/test_draw.py`).
"""

import json
import re
import shutil

import openpyxl
import pytest
from scipy.stats import hypergeom

import ilacs_audit as ia
from ilacs_audit.desks.record import entries
from ilacs_audit.domain.errors import CatalogueError, CommentaryError, UsageError
from tests.desks.northmere import AUDIT, MEANT, MONTH, to_inbox, workspace

WHO = "Quality assurance lead"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = workspace(tmp_path_factory.mktemp("a council, é"))
    to_inbox(folder)
    return folder


@pytest.fixture(scope="module")
def desk(place):
    return ia.desk(AUDIT, as_of="2024-11-21", workspace=place, role=WHO, today="2024-11-25")


def held(place):
    """Every file that is not the record or a lock, as it is."""
    files = (path for path in [*(place / "data").rglob("*.*"), *(place / "inbox").iterdir()] if path.is_file())
    return {path: path.read_bytes() for path in files if path.name != "desk.yml"}


@pytest.fixture(scope="module")
def before(place):
    return held(place)


def test_2_columns_are_recognised_or_asked_about_and_never_guessed(desk, place, before):
    offered = desk.inbox()
    assert repr(offered).startswith("consent_followup.xlsx: 28 columns recognised, 2 asked about.")
    for column, meaning in MEANT.items():
        assert re.search(rf"^{re.escape(column)}\t{meaning}: .*likeness", str(offered), re.M)
    for columns in ({}, {"Asked the child?": "CON-7"}):
        with pytest.raises(UsageError, match=r"not known what these columns stand for.*“Mgr oversight"):
            desk.take_in("consent_followup.xlsx", columns=columns)
    assert held(place) == before
    taken = desk.take_in("consent_followup.xlsx", columns=MEANT)
    assert repr(taken).startswith("consent_followup.xlsx is taken in: 18 files read, 5 things to look at.")
    assert not [*(place / "inbox").iterdir()]
    desk.told = str(taken)


def test_2_what_nobody_can_know_is_asked_and_what_could_be_a_name_is_counted(desk, place):
    (there,) = (place / "data/example/returns" / MONTH).glob("consent_followup*")
    book = openpyxl.load_workbook(there)
    headers = {cell.value: cell for cell in book.active[1]}
    headers["Mgr oversight?"].value, headers["Asked the child?"].value = "S/V", "asst"
    book.save(place / "inbox" / "odd.xlsx")
    said = str(desk.inbox())
    assert "odd.xlsx: 28 columns recognised, 1 asked about" in said and "\nasst\tNothing that is known" in said
    assert "1 column not shown" in said and "No column yet: CON-4, A manager" in said
    assert 'into: desk.take_in("odd.xlsx", columns={"asst": "?"})\n' in said
    with pytest.raises(CatalogueError, match="'\\?' is neither"):
        desk.take_in("odd.xlsx", columns={"asst": "?"})
    (place / "inbox" / "odd.xlsx").unlink()


def test_2_the_second_load_asks_nothing(desk, place):
    (there,) = (place / "data/example/returns" / MONTH).glob("consent_followup*")
    shutil.copy(there, place / "inbox" / "again.xlsx")
    assert "30 columns recognised, 0 asked about" in repr(desk.inbox())
    (place / "inbox" / "again.xlsx").unlink()
    assert repr(desk.inbox()).startswith("Nothing is in the inbox.")


def test_3_each_fault_names_its_row_its_rule_and_what_to_do(desk):
    lines = [line.split("\t") for line in desk.told.splitlines() if "\t" in line][1:]
    rules = {rule: where for where, rule, *_ in lines}
    assert rules == {
        "cloned-comment": "Row 11",
        "impossible-date": "Row 13",
        "critical-under-good": "Row 18",
        "own-case": "Row 19",
        "missing-return": "All",
    }
    assert all(len(line) == 4 and line[3] for line in lines)


def test_4_a_row_is_taken_out_with_a_reason_and_the_return_stays_as_it_is(desk, place):
    (there,) = (place / "data/example/returns" / MONTH).glob("consent_followup*")
    raw = there.read_bytes()
    assert repr(desk.exclude(row=19, reason="The auditor holds the case")).startswith("Row 19 is out")
    assert there.read_bytes() == raw
    assert "17 of 20" in str(desk.opened) and "The auditor holds the case" in str(desk.opened)


def test_5_and_6_sentence_table_and_sum_agree(desk):
    said = str(desk.standards())
    assert "Two of nine standards fall short of the target" in said
    assert said.count("Not met") == 2 and said.count("Cannot tell") == 7
    why = str(desk.why("CON-1"))
    met, read = map(int, re.search(r"Counted\t(\d+) of (\d+) files", why).groups())
    assert (met, read) == (12, 17)
    assert len(re.findall(r"^C-\w+\tyes\t", why, re.M)) == met
    first, last = map(int, re.search(r"on that side: (\d+) to (\d+)", why).groups())
    worst = [each for each in range(89) if hypergeom.sf(met - 1, 88, each, 20) > 0.025]
    best = [each for each in range(89) if hypergeom.cdf(met + 3, 88, each, 20) > 0.025]
    assert (first, last) == (worst[0], best[-1])
    assert f"=HYPGEOM.DIST(15, 20, {last}, 88, TRUE)" in why
    assert f"would hold 15 or fewer {100 * hypergeom.cdf(15, 88, last, 20):.2f} times in 100" in why


def test_7_and_8_no_change_is_claimed_and_the_rebound_is_told(desk):
    said = str(desk.better())
    assert re.search(r"CON-1 .*\t9 of 20\t12 of 17\t\t\+26 likely −15 to \+54\tCannot tell", said)
    assert not re.search(r"\b(improved|better)\b", said, re.I)
    assert "what was weak once is often less weak the next time" in said


def test_9_teams_have_ranges_and_no_rank_and_a_small_one_is_too_few(desk):
    said = str(desk.teams())
    assert "We cannot tell the teams apart" in said and "not a ranking" in said
    assert "Front Door Safeguarding\tamong those put together\tToo few: 10 files are needed." in said
    assert re.findall(r"^(Duty & Assessment \d)\t\t(\d+ of \d+)\t\d+% to \d+%", said, re.M) == [
        ("Duty & Assessment 1", "5 of 13"),
        ("Duty & Assessment 2", "10 of 15"),
    ]


def test_10_too_few_second_readings_correct_nothing(desk):
    assert repr(desk.moderation()).startswith("5 files moderated: too few to correct the headline (15).")


def test_11_and_12_a_finding_is_tagged_and_gets_an_action(desk, place):
    workers = (place / "data/example/registers/workforce.csv").read_text(encoding="utf-8").splitlines()[1:]
    said = str(desk.comments("consent"))
    assert said.startswith("10 of 17 files") and not [name for name in workers if name.split(",")[0] in said]
    desk.tag("consent", kind="recording", words="After a section 47 enquiry the form offers only 'no consent'")
    assert str(desk.comments("consent")).startswith("“consent” is a matter of recording")
    chain = str(
        desk.add_action(
            "Change the closure form", owner="Head of front door", due="2024-12-20", standard="CON-5", on="2024-11-21"
        )
    )
    assert (
        "CON-5\tDESK-4: Change the closure form; Head of front door, by 20 December 2024\t20 December 2024\topen"
        in chain
    )
    assert "20 January 2025, booked" in chain


def test_13_the_next_round_is_judged_before_it_is_read(desk):
    assert repr(desk.next_round(before=70, after=85)).startswith("To tell 70% from 85%: 121 files in each round")


def test_15_to_17_a_draft_is_made_with_the_accepted_wording_and_its_manifest_tells_all(desk, place):
    with pytest.raises(
        CommentaryError, match=r"“Practice has improved.” cannot be published: 'improved' \(W1\).*accept"
    ):
        desk.write("Practice has improved.")
    written = str(desk.write("Practice has improved.", accept=True))
    assert "We cannot tell yet whether anything has changed" in written and "has improved" not in written
    told = []
    made = ia.draft(desk, tell=told.append)
    page = made.pages[0].read_text(encoding="utf-8")
    assert "We cannot tell yet whether anything has changed" in page and "http://" not in page
    assert {each.name for each in made.pages[0].parent.glob("*.html")} == {"index.html", *(p.name for p in made.pages)}
    assert told[0].startswith("Reading") and told[-1].startswith("2 of 2 pages")
    assert 'href="' in made._repr_html_()
    manifest = json.loads((made.pages[0].parent / "run.json").read_text(encoding="utf-8"))["desk"]
    assert [each["what"] for each in manifest] == ["taken in", "row out", "tag", "action", "words"]
    assert {each["by"] for each in manifest} == {WHO}
    assert "in place of: Practice has improved." in manifest[-1]["done"]


def test_every_write_is_undone_to_the_letter_and_the_record_keeps_both(desk, place, before):
    evidence = place / "data" / "example"
    writes = len(entries(evidence))
    for _ in range(writes):
        desk.undo(by="Audit officer", on="2024-11-26")
    assert held(place) == before
    assert len(entries(evidence)) == 2 * writes
    assert str(desk.record()).count("Audit officer, 2024-11-26") == writes
    with pytest.raises(UsageError, match="nothing of that kind to undo"):
        desk.undo()
    assert openpyxl.load_workbook(place / "inbox" / "consent_followup.xlsx").active["P1"].value == "Mgr oversight?"

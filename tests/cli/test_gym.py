"""From a pack to what it showed, as a person who leads the gym does it."""

import openpyxl
import pytest

from ilacs_audit.intake.gym.keys import read_key
from tests.graders import filled


@pytest.fixture
def made(say, workspace):
    """A pack, and the folder that it is in."""
    ended = say("gym", "--vignettes", 8, "--seed", 7, "--workspace", workspace)
    assert ended.code == 0, ended.err
    folder = workspace / "outputs" / "private" / "gym"
    return read_key(folder / "gym-pack-1-key.json"), folder, ended.out


def test_a_pack_is_made_without_its_anchors_and_says_what_to_do_with_each_file(made):
    pack, folder, said = made
    assert f"Pack {pack.code}: 8 extracts, 24 questions, seed 7." in said
    assert "send it to your auditors" in said
    assert "keep it from them" in said
    words = [cell.value for row in openpyxl.load_workbook(folder / "gym-pack-1.xlsx").active for cell in row]
    assert not any(asked.why in words for each in pack.vignettes for asked in each.asked)


def test_what_was_graded_is_read_told_and_put_on_a_page_with_a_file_for_others(made, say, workspace):
    pack, folder, _ = made
    filled(folder / "back" / "one.xlsx", pack, reader="K27")
    filled(folder / "back" / "two.xlsx", pack, reader="R01", grades={"1a": "mostly"})
    filled(folder / "back" / "three.xlsx", pack, reader="Jane Smith")
    ended = say("gym", "results", "--workspace", workspace, "--council", "Northmere")
    assert ended.code == 0, ended.err
    assert "2 workbooks read, 47 grades." in ended.out
    assert "back/two.xlsx, Read and grade, row 8, column C: This is not one of" in ended.out
    assert "back/three.xlsx, Read and grade, row 4: The reader id is not" in ended.out
    assert "Another auditor would have agreed on" in ended.out
    assert "Jane Smith" not in ended.out + ended.err
    assert (folder / "gym.html").is_file()
    sent = (folder / "to-send" / "gym-results-Northmere.csv").read_text("utf-8-sig")
    assert len(sent.splitlines()) == 48
    assert "one.xlsx" not in sent


def test_another_pack_of_the_same_number_is_refused(made, say, workspace):
    ended = say("gym", "--vignettes", 8, "--seed", 8, "--workspace", workspace)
    assert (ended.code, "another pack 1 already" in ended.err) == (2, True)


def test_a_workspace_without_extracts_uses_those_of_the_package(say, tmp_path):
    ended = say("gym", "--workspace", tmp_path)
    assert ended.code == 0, ended.err
    assert "12 extracts, 36 questions" in ended.out


def test_what_asks_standards_that_a_council_does_not_have_is_left_out_in_one_line(say, workspace):
    for each in (workspace / "data" / "standards").glob("*.yml"):
        if each.stem not in ("visits", "plans"):
            each.unlink()
    ended = say("gym", "--workspace", workspace)
    assert ended.code == 0, ended.err
    first, second = ended.out.splitlines()[:2]
    assert first.startswith("Left out: questions on ")
    assert second.startswith("Pack P1-")
    assert "could be a name" not in ended.out + ended.err


def test_a_councils_own_extract_with_a_name_in_it_makes_no_pack(say, workspace):
    own = workspace / "data" / "gym" / "own.yml"
    asked = "    asked:\n      - {standard: VIS-2, anchor: met, why: It says so.}\n"
    own.write_text(
        f"vignettes:\n  - id: own\n    theme: visits\n    text: The boy told Jayden.\n{asked}", encoding="utf-8"
    )
    ended = say("gym", "--workspace", workspace)
    assert ended.code == 12
    assert "own.yml, extract own, text" in ended.err
    assert "Jayden" not in ended.err


def test_a_council_without_a_name_in_its_results_is_told_in_one_line(made, say, workspace):
    pack, folder, _ = made
    filled(folder / "one.xlsx", pack)
    say("gym", "results", "--workspace", workspace, "--council", "Northmere")
    sent = (folder / "to-send" / "gym-results-Northmere.csv").read_text("utf-8-sig")
    (folder / "theirs.csv").write_text(sent.replace("Northmere", "x" * 41), encoding="utf-8")
    told = say("gym", "results", "--workspace", workspace).out.splitlines()
    assert [each for each in told if "theirs.csv" in each and "row 2, and 23 more rows: The row names" in each]
    assert len([each for each in told if "theirs.csv" in each]) == 1


def test_before_a_pack_is_made_the_next_step_is_told(say, tmp_path):
    ended = say("gym", "results", "--workspace", tmp_path)
    assert (ended.code, "Make a pack first: ilacs-audit gym." in ended.err) == (2, True)


def test_a_pack_that_nobody_sent_back_is_told(made, say, workspace):
    ended = say("gym", "results", "--workspace", workspace)
    assert ended.code == 2
    assert "No workbook of ours holds a grade." in ended.err

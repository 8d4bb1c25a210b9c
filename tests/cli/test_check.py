"""`check` says in plain English what came in, and ends with the code of what is wrong."""

import stat

import openpyxl
import pytest

from ilacs_audit.domain.errors import CommentaryError

NOTHING = "{}"  # words take longest to check
CLAIM = "Practice has improved across all teams."


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """A workspace as `init` leaves it, checked where it stands: what was said, and its outputs."""
    from click.testing import CliRunner

    from ilacs_audit.cli import main

    folder = tmp_path_factory.mktemp("checked") / "Our audits (2024)" / "new one"
    assert CliRunner().invoke(main, ["init", "--example", str(folder)]).exit_code == 0
    return CliRunner().invoke(main, ["check", "--workspace", str(folder)]), folder / "outputs"


def write(workspace, text):
    (workspace / "data" / "example" / "commentary" / "2024-11.yml").write_text(text, encoding="utf-8")


def test_a_new_workspace_passes_with_its_planted_faults_counted_by_rule(checked):
    said, _ = checked
    assert said.exit_code == 0
    assert "5,786 answers of 19 audits read." in said.stdout
    assert "5 set aside, and counted nowhere until put right:" in said.stdout
    assert "missing-return" in said.stdout


def test_no_value_of_a_return_is_said_aloud(checked):
    import json

    said, outputs = checked
    problems = json.loads((outputs / "private" / "fix-lists" / "problems.json").read_text(encoding="utf-8"))
    values = {each["value"] for each in problems if len(each["value"]) > 3} - {"good"}  # a grade, and a word of rules
    assert values
    assert not [value for value in values if value in said.stdout + said.stderr]


def test_each_file_gets_its_fix_list_where_only_its_owner_looks(checked):
    _, outputs = checked
    folder = outputs / "private" / "fix-lists"
    assert stat.S_IMODE((outputs / "private").stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (lists,) = folder.glob("*Plans and planning*Nov 24*.xlsx")
    headings = [cell.value for cell in openpyxl.load_workbook(lists).active[1]]
    assert headings[-3:] == ["Rule", "What is wrong", "Fix"]


def test_a_file_that_cannot_be_read_ends_with_11_and_the_others_are_read(small, say):
    (small / "data/example/returns/2024-11/NFA assessments audit Nov 24.xlsx").write_bytes(b"PK\x03\x04 cut off")
    said = say("check", "--workspace", small)
    assert said.code == 11
    assert "NFA assessments audit Nov 24.xlsx" in said.err
    assert "What to do:" in said.err
    assert "answers of 4 audits read" in said.out


def test_a_register_is_checked_too_and_one_that_cannot_be_read_ends_with_11(small, say):
    write(small, NOTHING)
    registers = small / "data/example/registers"
    (registers / "workforce.csv").write_bytes(b"PK\x03\x04 a workbook")
    (registers / "visits.csv").write_text("child_ref,visited_on,seen\n0963691,31/11/2024,yes\n", encoding="utf-8")
    said = say("check", "--workspace", small)
    assert said.code == 11
    assert "Where: workforce.csv." in said.err
    assert "answers of" in said.out
    assert [path.name[3:] for path in (small / "outputs/private/fix-lists").glob("* visits.xlsx")] == ["visits.xlsx"]


def test_a_folder_without_returns_ends_with_11(small, say, tmp_path):
    empty = tmp_path / "nothing"
    (empty / "returns").mkdir(parents=True)
    (empty / "returns" / "Plans audit.xlsx").write_bytes(b"not a workbook")
    (empty / "authority.yml").write_text("name: Nowhere\nexample: true\n", encoding="utf-8")
    assert say("check", "--workspace", small, "--evidence", empty).code == 11


def test_a_catalogue_that_contradicts_itself_ends_with_12(small, say):
    path = small / "data" / "programme.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("theme: consent", "theme: nonsense"), encoding="utf-8")
    said = say("check", "--workspace", small)
    assert said.code == 12
    assert "What to do:" in said.err


def test_a_sentence_that_claims_too_much_ends_with_17_and_a_wording_that_would_pass(small, say):
    write(small, f"plans-2024-11:\n  words: {CLAIM}\n")
    said = say("check", "--workspace", small)
    assert said.code == CommentaryError.exit_code == 17
    assert f"“{CLAIM}” cannot be published: 'improved' (W1)" in said.err
    assert "Where: the commentary on plans-2024-11." in said.err
    assert "Write what the figures bear, such as:" in said.err


@pytest.mark.parametrize(
    ("wording", "told"),
    [
        ("Most plans are poor.", "'Most' (W5) claims a quantity"),
        ("Amara Abara was not told of the plan.", "names somebody"),
        ("Ring 01632 960871 about the plan.", "phone number"),
    ],
)
def test_the_wording_of_a_theme_is_read_before_anybody_sees_it(small, say, wording, told):
    write(small, NOTHING)
    theme = (
        f"{{id: t, wording: '{wording}', kind: practice, phrases: [plan], released: {{by: Head of A, on: 2024-11-20}}}}"
    )
    (small / "data" / "example" / "learning.yml").write_text(f"themes:\n  - {theme}\n", encoding="utf-8")
    said = say("check", "--workspace", small)
    assert said.code == (12 if "Ring" in wording else 17)
    assert told in said.err
    assert "learning.yml" in said.err


def test_the_wording_that_is_offered_passes(small, say):
    write(small, f"consent-2024-11:\n  words: {CLAIM}\n")
    offered = say("check", "--workspace", small).err.partition("such as: ")[2].strip()
    write(small, f"consent-2024-11:\n  words: {offered}\n")
    assert offered
    assert say("check", "--workspace", small).code == 0


def test_a_complete_action_with_no_impact_date_ends_with_12(small, say):
    path = small / "data" / "plan.yml"
    dated = ", activity: complete, impact_on: 2024-12-09"
    text = path.read_text(encoding="utf-8")
    assert dated in text
    path.write_text(text.replace(dated, ", activity: complete"), encoding="utf-8")
    said = say("check", "--workspace", small)
    assert said.code == 12
    assert "A3.1" in said.err
    assert "impact_on" in said.err


def test_a_claim_among_the_decisions_is_refused_too(small, say):
    write(small, "plans-2024-11:\n  decisions:\n    - Note that practice has improved.\n")
    assert say("check", "--workspace", small).code == 17


def test_words_about_nothing_that_is_known_are_said_to_wait(small, say):
    write(small, "plans-2042:\n  words: Nothing yet.\n")
    said = say("check", "--workspace", small)
    assert said.code == 0
    assert "no audit has this id" in said.out


def test_words_that_no_page_of_their_month_would_show_are_said_to_wait(small, say):
    write(small, f"consent-2024-09:\n  words: {CLAIM}\n")
    said = say("check", "--workspace", small)
    assert said.code == 0
    assert "2024-11 on consent-2024-09: no page" in said.out


def test_statute_and_guidance_that_were_replaced_are_told_as_of_the_day_that_is_asked_for(small, say):
    write(small, NOTHING)
    then = say("check", "--workspace", small).out  # November 2024 has its own rules
    assert "S47-1, STR-1, fostering-visit, fostering-visit-later: from when it is in" in then
    assert "ASM-7" not in then
    said = say("check", "--workspace", small, "--as-of", "2026-03-18").out
    assert "Statute and guidance to look at, as of 18 March 2026:\n" in said
    assert "\n  ASM-7, ASM-8, REF-2: in force until 17 March 2026" in said
    assert "  assessment, conference: nobody has written when it was checked (not checked against Working" in said
    assert said.index("as of 18 March") > said.index("read.")

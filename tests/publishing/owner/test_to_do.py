"""What only the owner of a run is told, of the pages that were asked for and of no other."""

import json

import pytest

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import UnwrittenError
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.outcomes import Run
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.owner.status import Told, tell
from ilacs_audit.publishing.owner.to_do import (
    failing,
    hidden,
    left_out,
    mistyped,
    refuse_unwritten,
    restated,
    unread_words,
    unwritten,
)
from ilacs_audit.publishing.run.make import compile_evidence
from tests.publishing import tiny

AUDIT, MONTH = "consent-2024-11", Period(2024, 11)
WRITTEN = """
consent-2024-11:
  words: One form was used.
  decisions:
    - {what: Book the re-audit., owner: Lead, by: 2024-12-03}
"""


@pytest.fixture
def place(tmp_path):
    return tiny.make(tmp_path / "council")


def write(evidence, text):
    (evidence / "commentary").mkdir(parents=True, exist_ok=True)
    (evidence / "commentary" / "2024-11.yml").write_text(text, encoding="utf-8")
    return evidence


def lacking(evidence, *audits):
    return list(unwritten(evidence, MONTH, audits or (AUDIT,)))


def status(outputs):
    return json.loads((outputs / "private" / "status" / "status.json").read_text(encoding="utf-8"))


def page(outputs):
    return (outputs / "private" / "status" / "status.html").read_text(encoding="utf-8")


def new_grade(place, name="RI+"):
    """Put a grade that nobody knows into the return, and say in how many rows."""
    import openpyxl

    file = next((place / "data" / "evidence" / "returns" / "2024-11").glob("Consent dip sample*"))
    book = openpyxl.load_workbook(file)
    sheet = book.active
    column = next(cell.column for cell in sheet[1] if cell.value == "Overall grade")
    for row in (3, 4, 5):
        sheet.cell(row, column).value = name
    book.save(file)


def test_an_action_about_an_audit_that_nobody_knows_is_told_with_the_nearest_one(place, tmp_path):
    lines = ["action_id,audit_id,standard_id,due_on,closed_on", *(f"{n},consent-2024-1l,CON-5,," for n in (1, 2))]
    lines += ["3,Consent 2024-11,CON-5,,", "4,,CON-5,,", "5,xyz,CON-5,,"]
    registers = place / "data" / "evidence" / "registers"
    registers.mkdir(exist_ok=True)
    (registers / "actions.csv").write_text("\n".join(lines), encoding="utf-8")
    store = compile_evidence(load_workspace(place), tmp_path / "outputs").store
    near, far = mistyped(store, [AUDIT, "plans-2024-11"])
    assert near.startswith("2 actions of the register of actions are told nowhere: data/programme.yml has no audit")
    assert "Did you mean 'consent-2024-11'" in near
    assert "1 action of" in far
    assert "xyz" in far
    assert "Did you mean" not in far


def test_words_that_no_report_reads_are_counted_for_the_owner_and_not_told(tmp_path, place):
    registers = place / "data" / "evidence" / "registers"
    registers.mkdir(exist_ok=True)
    said = ("0000101,transfer,", "0000102,moved after abuse,", "0000103,endorse the plan,")
    lines = ("child_ref,outcome,left_team_on", *said)
    (registers / "tracker.csv").write_text("\n".join(lines), encoding="utf-8")
    (told,) = unread_words(compile_evidence(load_workspace(place), tmp_path / "outputs").store)
    assert told.startswith("2 rows of the tracker register hold another outcome than the known ones")
    assert "abuse" not in told


def test_what_nobody_has_written_is_told_once_for_all_it_is_wanting_for(tmp_path):
    assert lacking(tmp_path, AUDIT, "plans-2024-11") == [
        f"Still to be written in commentary/2024-11.yml: {what}, for consent-2024-11 and plans-2024-11."
        for what in ("what the figures mean (words)", "what is to be decided, or None. (decisions)")
    ]


FAILED = {AUDIT: ["CON-5"]}
ASKED = "{what: Book the re-audit., owner: Lead, by: 2024-12-03, puts_right: con-5}"


def test_a_critical_failure_of_which_nobody_is_asked_is_told_with_a_wording_and_stops_a_strict_run(tmp_path):
    write(tmp_path, WRITTEN)
    (told,) = unwritten(tmp_path, MONTH, [AUDIT], FAILED)
    assert told.startswith("Still to be written in commentary/2024-11.yml: who puts right what failed CON-5")
    assert "puts_right: CON-5" in told
    assert told.endswith(f"for {AUDIT}.")
    with pytest.raises(UnwrittenError, match="CON-5"):
        refuse_unwritten(tmp_path, MONTH, [AUDIT], FAILED)
    answered = WRITTEN.replace("{what: Book the re-audit., owner: Lead, by: 2024-12-03}", ASKED)
    assert list(unwritten(write(tmp_path, answered), MONTH, [AUDIT], FAILED)) == []
    assert list(unwritten(tmp_path, MONTH, ["plans-2024-11"], FAILED)) != []


def test_that_nothing_is_decided_answers_no_critical_failure(tmp_path):
    none = WRITTEN.replace("{what: Book the re-audit., owner: Lead, by: 2024-12-03}", "None.")
    assert len(list(unwritten(write(tmp_path, none), MONTH, [AUDIT], FAILED))) == 1


def test_what_failed_is_wanting_until_every_action_on_it_is_put_right():
    about = {"standard_id": "CON-5", "audience": "board"}
    failed, done = {**about, "measure": "critical_failure", "numerator": 3}, {**about, "measure": "put_right"}

    def of(*rows):
        return failing([(AUDIT, {"released": rows}), (AUDIT, {"released": rows})])[AUDIT]

    assert of(failed) == ["CON-5"]
    assert of(failed, {**done, "numerator": 1, "denominator": 2}) == ["CON-5"]
    assert of(failed, done) == ["CON-5"]
    assert of(failed, {**done, "numerator": 2, "denominator": 2}) == []
    assert of({**failed, "numerator": 0}) == []
    assert of({**about, "measure": "critical_failure"}) == ["CON-5"]
    assert of({**failed, "audience": "public"}) == []


def test_what_is_written_is_not_told(tmp_path):
    assert lacking(write(tmp_path, WRITTEN)) == []
    assert (
        lacking(write(tmp_path, WRITTEN.replace("{what: Book the re-audit., owner: Lead, by: 2024-12-03}", "None.")))
        == []
    )


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("{what: Book it., by: 2024-12-03}", ["who owns a decision (owner)"]),
        ("{what: Book it., owner: Lead}", ["by when it is due (by)"]),
        ("Book it.", ["who owns a decision (owner)", "by when it is due (by)"]),
    ],
)
def test_a_decision_in_one_line_lacks_its_owner_and_its_date(tmp_path, said, what):
    text = WRITTEN.replace("{what: Book the re-audit., owner: Lead, by: 2024-12-03}", said)
    told = lacking(write(tmp_path, text))
    assert told == [f"Still to be written in commentary/2024-11.yml: {each}, for {AUDIT}." for each in what]


def test_a_strict_run_is_stopped_and_publishes_nothing(place, tmp_path):
    with pytest.raises(UnwrittenError, match="what is to be decided"):
        tiny.publish(place, tmp_path / "out", strict=True)
    assert tiny.given(tmp_path / "out") == {}
    told = status(tmp_path / "out")
    assert (told["exit_code"], told["published"]) == (19, False)
    write(place / "data" / "evidence", WRITTEN)
    assert tiny.publish(place, tmp_path / "out", strict=True).exit_code == 0
    refuse_unwritten(place / "data" / "evidence", MONTH, [AUDIT])


def test_a_new_grade_is_something_to_do(place, tmp_path):
    new_grade(place)
    ended = tiny.publish(place, tmp_path / "out")
    told = [each for each in status(tmp_path / "out")["to_do"] if each.startswith(AUDIT) and "outstanding" in each]
    assert len(told) == 1
    assert told[0].startswith(f"{AUDIT}: 3 set aside and counted nowhere. This is not one of: outstanding, good,")
    assert "What to do: Ask the auditor" in told[0] and "RI+" not in told[0]
    assert ended.exit_code == 0
    assert "There is nothing for you to do" not in page(tmp_path / "out")
    assert told[0] in (tmp_path / "out" / "private" / "status" / "what-to-do.txt").read_text(encoding="utf-8")


def test_what_was_not_asked_for_is_not_told(place, tmp_path):
    new_grade(place)
    returns = place / "data" / "evidence" / "returns"
    now, was = (next((returns / month).glob("Consent dip sample*")) for month in ("2024-11", "2024-09"))
    was.write_bytes(now.read_bytes())  # the same bytes under two months are odd
    (place / "reports.yml").write_text("dip_sample: {each: {audit: dip_sample}}\nsecond: {title: Second}\n")
    ended = tiny.publish(place, tmp_path / "out", only=("second",))
    told = status(tmp_path / "out")
    assert [each["report"] for each in told["reports"]] == ["second"]
    assert (ended.to_do, told["to_do"], told["remarks"]) == ((), [], [])
    assert AUDIT not in page(tmp_path / "out")
    assert "1 of 1 pages are in place" in page(tmp_path / "out")
    tiny.publish(place, tmp_path / "all")
    assert "the same bytes" in status(tmp_path / "all")["remarks"][0]
    assert any(each.startswith(AUDIT) for each in status(tmp_path / "all")["to_do"])


def test_there_is_no_note_where_there_is_nothing_to_do(tmp_path):
    about, note = Told(tmp_path, MONTH, None), tmp_path / "private" / "status" / "what-to-do.txt"
    Outputs(tmp_path).opened()
    tell(about, run=Run((), (), to_do=("Write it.",)))
    assert "1. Write it." in note.read_text(encoding="utf-8")
    tell(about, run=Run((), ()))
    assert not note.exists()


def test_hidden_figures_are_counted_by_why_they_are_hidden():
    assert hidden({"released": [{"status": each} for each in ("shown", "suppressed", "secondary", "secondary")]}) == (
        1,
        2,
    )
    assert hidden({"released": [{"status": "shown"}]}) == hidden({}) == (0, 0)


def test_a_restated_count_is_told_before_and_after():
    assert restated({"restated": {"CON-1": ["9 of 15", "12 of 17"]}}) == ["CON-1 9 of 15, now 12 of 17"]
    assert restated({}) == []


def test_what_a_page_on_a_register_sets_aside_is_told_to_its_owner_once_for_all_editions():
    read = {"measure": "rows_read", "group": "register", "level": "tracker", "numerator": 9}
    aside = {"measure": "set_aside", "group": "rule", "level": "not a date in tracker", "numerator": 7}
    hidden = {**aside, "numerator": None}
    pages = [("tracker", {"released": [read, hidden]}), ("tracker", {"released": [read, aside]})]
    (told,) = left_out([*pages, ("consent-2024-11", {"released": [aside]})])
    assert told.startswith(
        "tracker: 7 rows of the tracker register set aside where it matters: not a date. What to do:"
    )


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("few named for it in training", []),
        ("no room by team and role in training", []),
        (
            "open when the register ends and due since in assessments",
            ["Supply the register up to the day of the page."],
        ),
        (
            "date after the report in tracker",
            ["Nothing, if the register was written after the day of the page; else correct the date."],
        ),
        ("not a date in tracker", ["Correct the register; ilacs-audit check names each row that it doubts."]),
        (
            "two times given in meetings",
            [
                "Find the rows of the register of which that is so, and correct them; "
                "each cell of them can be read, so check names none."
            ],
        ),
    ],
)
def test_an_owner_is_asked_to_correct_only_what_somebody_can_correct(rule, told):
    read = {"measure": "rows_read", "group": "register", "level": "training", "numerator": 9}
    aside = {"measure": "set_aside", "group": "rule", "level": rule, "numerator": 2}
    found = left_out([("training", {"released": [read, aside]})])
    assert [each.partition("What to do: ")[2] for each in found] == told

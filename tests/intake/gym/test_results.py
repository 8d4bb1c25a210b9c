"""What councils send one another: grades with made-up ids and no names, and nothing that was altered on the way."""

import csv
import io

import pytest

from ilacs_audit.intake.gym.reading import load_gym
from ilacs_audit.intake.gym.results import COLUMNS, read_results, results_csv
from tests.graders import filled, pack, with_key

MADE = pack()


@pytest.fixture
def sent(tmp_path):
    with_key(tmp_path, MADE)
    filled(tmp_path / "k.xlsx", MADE, grades={"1a": "partly met"})
    return results_csv(load_gym(tmp_path, council="Southmere").table)


@pytest.fixture
def read(tmp_path):
    def back(content, council="Northmere"):
        path = tmp_path / "theirs.csv"
        path.write_bytes(content)
        return read_results(path, packs={MADE.code: MADE}, council=council, name="theirs.csv")

    return back


def changed(content, **cells):
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    rows[0].update(cells)
    out = io.StringIO(newline="")
    sheet = csv.DictWriter(out, COLUMNS)
    sheet.writeheader()
    sheet.writerows(rows)
    return out.getvalue().encode()


def test_what_is_sent_is_read_again(sent, read):
    found, problems = read(sent)
    assert len(found) == 6
    assert {(each["council"], each["reader"]) for each in found} == {("Southmere", "K27")}
    assert [each["grade"] for each in found].count("partly met") == 2
    assert problems == []


def test_neither_an_anchor_nor_a_text_is_sent(sent):
    assert sent.decode("utf-8-sig").splitlines()[0] == ",".join(COLUMNS)
    assert not any(word in sent.decode("utf-8-sig") for word in ("seen", "Wording", "It says so"))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"reader": "Jane Smith"}, "could be a name"),
        ({"grade": "good"}, "The grade is none of"),
        ({"pack": "P9-00000000"}, "The key of its pack is not in this folder"),
        ({"question": "abc"}, "The question is none of its pack"),
        ({"council": ""}, "names no council"),
        ({"council": "x" * 41}, "names no council"),
    ],
)
def test_a_row_that_cannot_be_counted_is_told_with_its_place(sent, read, cells, told):
    found, (fault,) = read(changed(sent, **cells))
    assert len(found) == 5
    assert (fault.rule, fault.row) == ("results-file", 2)
    assert told in fault.message
    assert "Jane" not in fault.message


def test_a_reader_who_grades_a_question_twice_is_counted_once(sent, read):
    lines = sent.decode("utf-8-sig").splitlines()
    found, problems = read("\n".join([*lines, lines[1]]).encode())
    assert len(found) == 6
    assert "in a row above" in problems[0].message


def test_our_own_file_is_left_alone(sent, read):
    found, (fault,) = read(sent, council="Southmere")
    assert (found, fault.rule, fault.severity) == ([], "own-results", "warning")


def test_a_file_with_other_columns_is_told(read):
    assert "has no column council, pack" in read(b"a,b\n1,2\n")[1][0].message
    assert read(b"\x00\x01")[1][0].rule in ("unreadable-file", "results-file")

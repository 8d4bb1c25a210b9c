"""A folder of the gym is read whole: keys, workbooks and the results of others, and each file for itself."""

import pytest

from ilacs_audit.domain.errors import ReturnsError, UsageError
from ilacs_audit.intake.gym.reading import COLUMNS, load_gym
from ilacs_audit.intake.gym.results import results_csv
from tests.graders import SMALL, filled, pack, vignette, with_key

MADE = pack()


@pytest.fixture
def folder(tmp_path):
    with_key(tmp_path / "gym", MADE)
    return tmp_path / "gym"


def test_each_grade_stands_with_what_its_pack_says_of_it(folder):
    filled(folder / "back" / "k.xlsx", MADE)
    table, problems = load_gym(folder)
    assert (list(table.columns), len(table)) == (list(COLUMNS), 6)
    first = table[table["question"] == "1b"].iloc[0]
    assert (first["anchor"], first["standard_id"], first["vignette"], first["asked"]) == (
        "not met",
        "VIS-2",
        "one",
        "Wording 2.",
    )
    assert problems.empty


def test_of_two_files_of_one_reader_none_is_read_and_of_two_alike_one(folder):
    filled(folder / "a.xlsx", MADE)
    filled(folder / "b.xlsx", MADE)
    table, problems = load_gym(folder)
    assert (len(table), problems["rule"].tolist(), problems["file"].tolist()) == (6, ["same-workbook"], ["b.xlsx"])
    filled(folder / "b.xlsx", MADE, grades={"1a": "not met"}, reader="k-27")
    table, problems = load_gym(folder)
    assert table.empty
    assert problems["rule"].tolist() == ["reader-twice"] * 2


def test_two_packs_are_told_apart_by_their_keys(folder):
    other = with_key(folder, pack(SMALL[1:], number=2))
    filled(folder / "a.xlsx", MADE)
    filled(folder / "b.xlsx", other)
    table = load_gym(folder).table
    assert table.groupby("pack").size().to_dict() == {MADE.code: 6, other.code: 4}
    shared = table[table["number"] == 1].merge(table[table["number"] == 2], on="item")
    assert len(shared) == 4


def test_another_councils_results_stand_beside_ours(folder, tmp_path):
    theirs = tmp_path / "theirs"
    with_key(theirs, MADE)
    filled(theirs / "k.xlsx", MADE)
    (folder / "south.csv").write_bytes(results_csv(load_gym(theirs, council="Southmere").table))
    filled(folder / "k.xlsx", MADE)
    table, problems = load_gym(folder, council="Northmere")
    assert table.groupby("council")["ours"].agg(["first", "size"]).to_dict("index") == {
        "Northmere": {"first": True, "size": 6},
        "Southmere": {"first": False, "size": 6},
    }
    assert problems.empty
    (folder / "again.csv").write_bytes((folder / "south.csv").read_bytes())
    assert load_gym(folder, council="Northmere").problems["rule"].tolist() == ["results-file"]


def test_a_key_that_was_changed_is_told_and_the_other_is_used(folder):
    text = (folder / "gym-pack-1-key.json").read_text("utf-8")
    (folder / "gym-pack-7-key.json").write_text(text.replace("met", "not met", 1), encoding="utf-8")
    filled(folder / "k.xlsx", MADE)
    table, problems = load_gym(folder)
    assert (len(table), problems["rule"].tolist()) == (6, ["pack-key"])


def test_two_keys_of_one_pack_with_other_anchors_are_told(folder):
    other = pack([vignette("one", "not met", "met"), *SMALL[1:]])
    (folder / "theirs").mkdir()
    with_key(folder / "theirs", other)
    filled(folder / "k.xlsx", MADE)
    table, problems = load_gym(folder)
    assert set(table[table["question"] == "1a"]["anchor"]) == {"met"}
    assert [(each.rule, "other anchors" in each.message) for each in problems.itertuples()] == [("pack-key", True)]


def test_without_a_key_nothing_is_read(tmp_path):
    with pytest.raises(ReturnsError, match="no key of a pack"):
        load_gym(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        load_gym(tmp_path / "none")
    with pytest.raises(UsageError, match="1 to 40 letters"):
        load_gym(tmp_path, council=" ")

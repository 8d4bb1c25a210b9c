"""The workbook of a pack has a list of grades for each question and no anchor, and its key is kept apart."""

import io
import stat
import zipfile

import openpyxl
import pytest

from ilacs_audit.domain.catalogue.gym import GRADES
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.intake.gym.keys import read_key
from ilacs_audit.publishing.owner.gym_pack import pack_workbook, save_pack
from tests.graders import names, pack, vignette

SECRET = pack([vignette("one", "partly met", "not met"), vignette("two", "met", "met")])


@pytest.fixture
def sheet():
    return openpyxl.load_workbook(io.BytesIO(pack_workbook(SECRET))).active


def test_every_question_has_a_list_of_the_whole_scale_and_is_open_to_be_written_in(sheet):
    (listed,) = sheet.data_validations.dataValidation
    assert listed.formula1 == f'"{",".join(GRADES)}"'
    asked = {row[0].value: row[2] for row in sheet.iter_rows(min_row=7) if row[0].value in names(SECRET)}
    assert set(asked) == set(names(SECRET))
    assert all(cell.coordinate in listed.sqref and not cell.protection.locked for cell in asked.values())
    assert not sheet["B4"].protection.locked
    assert sheet["B7"].protection.locked
    assert sheet.protection.sheet


def test_no_anchor_reason_or_seed_is_anywhere_in_the_package():
    with zipfile.ZipFile(io.BytesIO(pack_workbook(SECRET))) as package:
        text = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
    assert "It says so" not in text
    assert text.count("not met") == 1  # in the list of grades alone
    assert SECRET.seal not in text
    assert SECRET.code in text


def test_a_key_is_written_beside_it_for_its_owner_alone(tmp_path):
    book, key = save_pack(SECRET, tmp_path / "gym")
    assert read_key(key) == SECRET
    assert book.stat().st_size > 0
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_pack_is_made_again_and_never_in_the_place_of_another(tmp_path):
    save_pack(SECRET, tmp_path)
    save_pack(SECRET, tmp_path)
    with pytest.raises(UsageError, match="another pack 1 already"):
        save_pack(pack(seed=9), tmp_path)
    assert read_key(tmp_path / "gym-pack-1-key.json") == SECRET


def test_a_text_that_begins_like_a_formula_is_none():
    made = pack([vignette("one", "met", text="=1+1 was said.")])
    assert openpyxl.load_workbook(io.BytesIO(pack_workbook(made))).active["B7"].data_type == "s"

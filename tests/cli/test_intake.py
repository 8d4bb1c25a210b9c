"""`intake` says what it stored, what changed in earlier months, and which file it could not read."""

import openpyxl

PLANS = "data/example/returns/2024-11/Plans and planning audit Nov 24 v2.xlsx"
CONSENT = "data/example/returns/2024-09/Consent dip sample - Sept 2024(1-20).xlsx"


def test_a_second_run_reads_nothing_and_a_late_change_is_said_with_before_and_after(small, say):
    first = say("intake", "--workspace", small)
    assert (first.code, first.err) == (0, "")
    assert "0 unchanged." in first.out
    assert "in doubt: ilacs-audit check says which and why." in first.out
    again = say("intake", "--workspace", small)
    assert "0 files read" in again.out
    book = openpyxl.load_workbook(small / CONSENT)
    book.worksheets[0].delete_rows(2)
    book.save(small / CONSENT)
    late = say("intake", "--workspace", small)
    assert "1 file read" in late.out
    (about,) = [line for line in late.out.splitlines() if line.startswith("Restated: CON-1 ")]
    assert "of consent-2024-09 (2024-09), met " in about
    assert "of 20, now " in about


def test_a_file_that_cannot_be_read_is_named_and_ends_with_11_and_the_others_are_stored(small, say):
    (small / PLANS).write_bytes(b"PK\x03\x04 cut off")
    said = say("intake", "--workspace", small)
    assert said.code == 11
    assert "The file is damaged or incomplete. Where: 2024-11/Plans and planning audit Nov 24 v2.xlsx" in said.err
    assert "answers of" in said.out

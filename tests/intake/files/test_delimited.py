"""CSV in any usual character set, with any usual separator."""

from __future__ import annotations

from pathlib import Path

import pytest

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.files.delimited import decoded, read_delimited, separator
from ilacs_audit.intake.loading import load_returns
from tests.intake.conftest import KEY

HEADER = "Ref;Team;Strategy discussion;Analysis of risk;Comments\r\n"
TEXT = HEADER + '0012345;Séan’s;7;n/a;"two\r\nlines"\r\n0012346;North;11;3;\r\n'


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_character_set_gives_the_same_cells(charset: str, tmp_path: Path) -> None:
    path = tmp_path / "s47.csv"
    path.write_bytes(TEXT.encode(charset))
    cells = read_delimited(path)
    assert cells[0, 0] == "Ref"
    assert cells[1, 1] == "Séan’s"
    assert cells.shape == (3, 5)


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_separator_is_found_even_where_another_is_in_the_text(mark: str) -> None:
    assert separator(mark.join(["Ref", "Team", "Cost"]) + "\n" + mark.join(["1", "North", '"1;2,3"']) + "\n") == mark


def test_windows_quotes_survive() -> None:
    assert decoded("“so what?” – £5…".encode("cp1252")) == "“so what?” – £5…"


def test_rows_are_numbered_as_excel_shows_them(tmp_path: Path, standards: Standards) -> None:
    path = tmp_path / "s47.csv"
    path.write_bytes((TEXT + ";;;;\r\n;;;;\r\n").encode("cp1252"))
    loaded = load_returns(path, standards=standards, key=KEY)
    assert loaded.table["answer"].tolist() == ["7", "not applicable", "3"]
    assert loaded.problems[["rule", "row", "value"]].to_numpy().tolist() == [["unknown-answer", 3, "11"]]


def test_a_quotation_mark_that_never_closes_is_refused_with_its_row_and_swallows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s47.csv"
    path.write_text(TEXT + '0012347;North;5;6;"never closed\n' + "0012348;North;5;6;\n" * 20_000, encoding="utf-8")
    with pytest.raises(ReturnsError, match=r"quotation mark.*row 4"):
        read_delimited(path)


def test_a_lone_quotation_mark_inside_a_cell_and_a_very_long_cell_are_text(tmp_path: Path) -> None:
    path = tmp_path / "s47.csv"
    path.write_text(TEXT + '0012347;North;5;6;a 5" pipe\n0012348;North;5;6;' + "long " * 50_000, encoding="utf-8")
    cells = read_delimited(path)
    assert cells[3, 4] == 'a 5" pipe'
    assert len(cells[4, 4]) == 250_000


def test_the_line_in_which_excel_names_the_separator_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "s47.csv"
    path.write_text("sep=;\n" + TEXT, encoding="utf-8")
    assert read_delimited(path)[0, 0] == "Ref"


def test_two_files_pasted_together_keep_each_its_letters(tmp_path: Path) -> None:
    path = tmp_path / "s47.csv"
    path.write_bytes(TEXT.encode() + "0012348;Zoë;7;n/a;“so”\r\n".encode("cp1252"))
    assert read_delimited(path)[[1, 3], 1].tolist() == ["Séan’s", "Zoë"]


@pytest.mark.parametrize(("content", "what"), [("<html><table>", "web page"), ("a;b\0\n", "not text")])
def test_what_is_no_table_of_text_is_called_what_it_is(content: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "s47.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ReturnsError, match=what):
        read_delimited(tmp_path / "s47.csv")


def test_letters_of_an_old_mac_make_no_other_name(tmp_path: Path) -> None:
    (tmp_path / "s47.csv").write_bytes(TEXT.encode("mac_roman"))
    with pytest.raises(ReturnsError, match="letters of the file cannot be told"):
        read_delimited(tmp_path / "s47.csv")

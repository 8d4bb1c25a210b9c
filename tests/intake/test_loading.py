"""The `load_*` doors: what they refuse, and what a folder read without its learnt columns gives."""

from datetime import datetime

import pandas as pd
import pytest

import ilacs_audit as ia
from ilacs_audit.domain.errors import AuditError, CatalogueError, ReturnsError, UsageError
from ilacs_audit.intake.loading import load_register

from .conftest import KEY

LOADERS = [name for name in ia.__all__ if name.startswith("load_")]
REGISTERS = [
    name for name in LOADERS if name.removeprefix("load_") in ("cases", "visits", "tracker", "training", "survey")
]
NO_DAYS = [
    "05/11/2024",
    "20241105",
    "2024-W45",
    "2024-11-31",
    "",
    5,
    datetime.fromisoformat("2024-11-05T10:00"),
    pd.NaT,
]
UNKNOWN = ["Case ref", "Is there a plan?", "Is it SMART?", "Who wrote it?"]


@pytest.fixture
def needs(standards):
    return {
        "load_returns": {"standards": standards, "key": KEY},
        "load_database": {"views": "views.yml"},
        "load_commentary": {"period": "2024-11", "about": "consent-2024-11"},
    }


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize("wrong", [None, 5, pd.DataFrame(), ["data"]], ids=["nothing", "number", "table", "list"])
def test_every_loader_refuses_what_is_no_path(name, wrong, needs):
    with pytest.raises(UsageError, match=f"{name} was given .*, where a file or folder is needed"):
        getattr(ia, name)(wrong, **needs.get(name, {}))


@pytest.mark.parametrize("name", [*REGISTERS, "load_commentary"])
def test_a_folder_that_is_not_there_is_no_empty_table(name, needs, tmp_path):
    with pytest.raises(UsageError, match=f"no folder 'evidense', so {name} has nothing to read"):
        getattr(ia, name)(tmp_path / "evidense", **needs.get(name, {}))


@pytest.mark.parametrize("day", NO_DAYS)
@pytest.mark.parametrize("name", [*REGISTERS, "load_annex_a"])
def test_no_register_guesses_the_day_it_speaks_for(name, day, tmp_path):
    with pytest.raises(UsageError, match=r"is not a day, so as_of cannot be read.*YYYY-MM-DD"):
        getattr(ia, name)(tmp_path, as_of=day)


def test_a_register_of_any_name_passes_the_same_door(tmp_path):
    with pytest.raises(UsageError, match="is not a day"):
        load_register("meetings", tmp_path, as_of="21.11.2024")


@pytest.mark.parametrize("period", ["Nov-2024", "2024-13", "2024-1", "11/2024", 202411])
def test_no_loader_guesses_a_month(period, standards, tmp_path):
    for load in (
        lambda: ia.load_commentary(tmp_path, period=period, about="consent-2024-11"),
        lambda: ia.load_returns(tmp_path, standards=standards, period=period),
    ):
        with pytest.raises(UsageError, match="is not a period"):
            load()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"standards": None}, "standards= was given nothing, where the standards are needed"),
        ({"standards": "data/standards"}, "standards= was given a text or a path"),
        ({"programme": "data/programme.yml"}, "programme= was given a text or a path, where the programme is needed"),
        ({"columns": "data/columns.yml"}, "columns= was given a text or a path.*columns=work.columns"),
        ({"exclusions": 5}, "exclusions= was given"),
        ({"key": 5}, "The key is neither a text nor bytes"),
    ],
)
def test_a_catalogue_in_the_wrong_place_is_refused(wrong, words, workbook, standards):
    path = workbook("plans.xlsx", [["Case ref", "PLA-1"], ["1", "met"]])
    with pytest.raises(AuditError, match=words):
        ia.load_returns(path, **({"standards": standards} | wrong))


def test_standards_and_programme_swapped_are_refused(workbook, standards, programme):
    path = workbook("plans.xlsx", [["Case ref", "PLA-1"], ["1", "met"]])
    with pytest.raises(UsageError, match="standards= was given the programme, where the standards are needed"):
        ia.load_returns(path, standards=programme, programme=standards)


def test_a_folder_most_of_whose_columns_are_unknown_is_refused_without_learnt_names(workbook, standards):
    path = workbook("plans.xlsx", [[*UNKNOWN, "PLA-1"], ["1", "yes", "no", "us", "met"]])
    with pytest.raises(ReturnsError, match=r"3 columns of the returns are not known.*columns=work\.columns"):
        ia.load_returns(path.parent, standards=standards, key=KEY)


def test_a_single_file_is_read_and_says_which_columns_were_not(workbook, standards):
    path = workbook("plans.xlsx", [[*UNKNOWN, "PLA-1"], ["1", "yes", "no", "us", "met"]])
    loaded = ia.load_returns(path, standards=standards, key=KEY)
    assert len(loaded.table) == 1
    assert loaded.problems["rule"].tolist().count("unknown-column") == 3


def test_what_the_workspace_around_it_has_learnt_is_used_without_asking(tmp_path, workbook, standards):
    path = workbook("plans.xlsx", [[*UNKNOWN, "PLA-1"], ["1", "met", "no", "us", "met"]])
    (tmp_path / "standards").mkdir()
    learnt = "standards:\n  PLA-2: [Is there a plan?]\nignore: [Is it SMART?, Who wrote it?]\n"
    (tmp_path / "columns.yml").write_text(learnt, encoding="utf-8")
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    moved = path.rename(evidence / path.name)
    for source in (evidence, moved):
        loaded = ia.load_returns(source, standards=standards, key=KEY)
        assert sorted(loaded.table["standard_id"]) == ["PLA-1", "PLA-2"]


def test_a_catalogue_file_that_is_a_folder_or_not_utf_8_is_told(tmp_path):
    with pytest.raises(CatalogueError, match="file is missing"):
        ia.load_programme(tmp_path)
    (tmp_path / "plan.yml").write_bytes(b"areas: [A1 \x81 help]")
    with pytest.raises(CatalogueError, match="not saved as UTF-8"):
        ia.load_plan(tmp_path / "plan.yml")

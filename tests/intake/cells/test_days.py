"""A date is the day that was meant, or it is said why not; a column is never turned round silently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.cells.days import SERIAL_ORIGIN, Within, day_in, read_day, read_days
from ilacs_audit.intake.cells.typed import read_column
from ilacs_audit.intake.loading import load_returns
from tests import build
from tests.intake.conftest import HEADER, KEY, audit, row

Make = Callable[..., Path]
NOVEMBER = (date(2024, 11, 1), date(2024, 11, 30))


@pytest.mark.parametrize(
    "written",
    [
        date(2024, 12, 3),
        datetime.combine(date(2024, 12, 3), time(9, 30)),
        "03/12/2024",
        "3/12/2024",
        "03.12.2024",
        "03/12/24",
        "2024-12-03",
        "3 December 2024",
        "3-Dec-24",
        45629,
        45629.0,
        "45629",
    ],
)
def test_every_strict_form_of_the_third_of_december_is_that_day(written: Any) -> None:
    assert read_day(written).day == date(2024, 12, 3)


@pytest.mark.parametrize("written", ["3rd Dec 24", "31/11/2024", "02/12", "12/25/2024", "soon", 7, 3.5, "29/02/2023"])
def test_a_date_that_needs_guessing_is_refused(written: Any) -> None:
    read = read_day(written)
    assert read.day is None
    assert read.reason


@given(st.dates(date(1960, 1, 1), date(2100, 1, 1)))
def test_no_form_of_a_date_ever_flips_it(day: date) -> None:
    forms = [
        f"{day:%d/%m/%Y}",
        day.isoformat(),
        (day - SERIAL_ORIGIN).days,
        f"{day:%d %B %Y}",
        datetime.combine(day, time()),
    ]
    assert {read_day(form).day for form in forms} == {day}


def test_the_serial_origin_is_excels() -> None:
    assert read_day(45614).day == date(2024, 11, 18) == SERIAL_ORIGIN + timedelta(days=45614)


def test_a_title_tells_its_one_date() -> None:
    assert day_in("Week commencing 2nd December 2024") == date(2024, 12, 2)
    assert day_in("Week commencing 03/12/2024") == date(2024, 12, 3)
    assert day_in("from 02/12/2024 to 06/12/2024") is None


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("18/11/2024 00:00:00", time()),
        ("18/11/2024 14:32", time(14, 32)),
        ("18/11/2024, 14.32", time(14, 32)),
        ("2024/11/18 2:32:10 pm GMT", time(14, 32, 10)),
        ("2024/11/18 2:32:10 p.m. GMT+1", time(14, 32, 10)),
        ("18 Nov 2024 10:00", time(10)),
        ("2024-11-18T14:32:10.123Z", time(14, 32, 10)),
        ("2024-11-18T14:32:10+01:00", time(14, 32, 10)),
        ("Monday, 18 November 2024", time()),
        ("Mon 18/11/2024", time()),
        ("18th November 2024", time()),
        ("November 18, 2024", time()),
        ("2024/11/18", time()),
        ("20241118", time()),
        (20241118, time()),
        ("45614.5", time(12)),
        (45614.5, time(12)),
        ("12:00 am", None),
    ],
)
def test_a_day_is_read_with_its_time(written: Any, clock: time | None) -> None:
    assert read_day(written)[::2] == (date(2024, 11, 18) if clock is not None else None, clock or time())


@pytest.mark.parametrize("written", ["2024-06-30T23:30:00Z", "2024-06-30 23:30:00+00:00", "30/06/2024 23:30 UTC"])
def test_a_time_of_greenwich_in_summer_is_an_hour_later_here(written: str) -> None:
    assert read_day(written)[::2] == (date(2024, 7, 1), time(0, 30))
    assert read_day(datetime(2024, 6, 30, 23, 30, tzinfo=UTC)).day == date(2024, 7, 1)


def test_there_is_no_such_time() -> None:
    assert read_day("18/11/2024 25:00").reason == "There is no such time."


def days(*cells: Any, within: Within = None, **more: Any) -> list[str]:
    return [
        str(read.day or (read.reason and "refused")) for read in read_days(cells, within=within, **more).read.values()
    ]


def case(*cells: Any, within: Within = None, **more: Any) -> str:
    return read_days(cells, within=within, **more).case


def test_a_column_in_which_one_can_only_be_month_first_is_month_first_and_that_is_said() -> None:
    column = ("11/18/2024", "11/04/2024", "", "11/11/2024")
    assert days(*column) == ["2024-11-18", "2024-11-04", "", "2024-11-11"]
    assert case(*column) == "date-order: month first"


def test_a_column_in_which_one_can_only_be_day_first_is_day_first() -> None:
    assert days("18/11/2024", "04/11/2024") == ["2024-11-18", "2024-11-04"]
    assert case("18/11/2024", "04/11/2024") == ""


def test_where_nothing_shows_the_order_the_day_is_first_and_that_is_said_but_where_the_audit_shows_it() -> None:
    assert (days("04/11/2024"), case("04/11/2024")) == (["2024-11-04"], "date-order")
    assert case("04/11/2024", within=NOVEMBER) == ""
    assert case("11/04/2024", within=NOVEMBER) == "date-order"
    assert case("11/11/2024", "2024-11-04", "4 November 2024") == ""


def test_in_a_column_of_both_orders_what_could_be_either_is_left_out() -> None:
    column = ("18/11/2024", "11/19/2024", "04/11/2024")
    assert days(*column) == ["2024-11-18", "2024-11-19", "refused"]
    assert days(*column, within=NOVEMBER)[2] == "2024-11-04"


def test_one_slip_turns_no_column_round() -> None:
    column = [f"{day}/11/2024" for day in range(13, 30)]
    assert days(*column, "11/18/2024", "04/11/2024")[-2:] == ["refused", "2024-11-04"]


def test_another_column_of_the_audit_may_show_the_order() -> None:
    assert days("11/04/2024", usual="month") == ["2024-11-04"]


def test_real_dates_that_a_spreadsheet_turned_round_are_refused() -> None:
    half = (date(2024, 4, 11), date(2024, 5, 11), "11/18/2024", "11/19/2024")
    assert days(*half) == ["refused", "refused", "2024-11-18", "2024-11-19"]
    mirrored = (date(2024, 11, 4), date(2024, 11, 5), "18/11/2024", "19/11/2024")
    assert days(*mirrored)[:2] == ["refused", "refused"]
    assert days(*mirrored, within=NOVEMBER)[:2] == ["2024-11-04", "2024-11-05"]
    assert days(*mirrored, date(2024, 11, 20))[:2] == ["2024-11-04", "2024-11-05"]


def test_a_workbook_that_counts_from_1904_means_another_day_by_the_same_number() -> None:
    assert days(44152, since_1904=True) == ["2024-11-18"]


orders = st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"])
dates = st.dates(date(2023, 1, 1), date(2025, 12, 31))
shapes = st.sampled_from(["{}", "{} 14:32", "{} 2:32 pm", "date", "serial", "iso"])


@given(orders, st.lists(st.tuples(dates, shapes), min_size=1, max_size=20))
def test_a_column_in_one_order_is_read_as_it_was_meant_or_told(order: str, column: list[tuple[date, str]]) -> None:
    def stored(day: date, shape: str) -> Any:
        kept = {"date": day, "serial": (day - SERIAL_ORIGIN).days, "iso": day.isoformat()}
        return kept.get(shape) or shape.format(day.strftime(order))

    cells = [stored(*each) for each in column]
    found = read_days(cells)
    read = [(found.read[cell], day) for cell, (day, _) in zip(cells, column, strict=True)]
    assert all(each.day or each.reason for each, _ in read)
    assert found.case == "date-order" or all(each.day in (None, day) for each, day in read)
    shown = any("{" in shape and day.day > 12 for day, shape in column)
    assert not shown or found.case != "date-order"


@given(st.lists(dates, min_size=1, max_size=20))
def test_what_excel_turned_round_is_never_read_as_another_day_without_a_word(column: list[date]) -> None:
    """An American file opened in Britain: what can be a British date becomes one, the rest stays text."""
    cells = [date(day.year, day.day, day.month) if day.day <= 12 else f"{day:%m/%d/%Y}" for day in column]
    found = read_days(cells)
    if sum(isinstance(cell, str) for cell in set(cells)):
        assert all(found.read[cell].day in (None, day) for cell, day in zip(cells, column, strict=True))


def test_a_column_of_moments_keeps_its_times() -> None:
    values, rules = read_column(pd.Series(["18/11/2024 2:30 pm", "", "19/11/2024"]), "moment")
    assert values.tolist()[::2] == [pd.Timestamp("2024-11-18 14:30"), pd.Timestamp("2024-11-19")]
    assert pd.isna(values[1])
    assert rules.isna().all()


def test_the_files_of_an_audit_show_one_order_and_are_told_once(
    workbook: Make, standards: Standards, tmp_path: Path
) -> None:
    (tmp_path / "returns").mkdir()
    workbook("returns/plans one.xlsx", [HEADER, row("0012345", day="11/18/2024"), row("0012346", day="11/04/2024")])
    workbook("returns/plans two.xlsx", [HEADER, row("0012347", day="11/05/2024")])
    both = build.programme(audit("plans-2024-11", "plans", returns=["plans one.xlsx", "plans two.xlsx"]))
    loaded = load_returns(tmp_path, standards=standards, programme=both, key=KEY)
    assert sorted(set(loaded.table["audited_on"].dt.strftime("%d/%m"))) == ["04/11", "05/11", "18/11"]
    told = loaded.problems[loaded.problems["rule"] == "date-order"]
    assert told[["severity", "file", "column"]].to_numpy().tolist() == [["warning", "plans one.xlsx", "Date audited"]]


def test_a_workbook_of_1904_is_read_on_the_days_it_shows(tmp_path: Path, standards: Standards) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for each in (HEADER, row("0012345", day=date(2024, 11, 6)), row("0012346", day=44152)):
        book.active.append(list(each))
    book.save(tmp_path / "plans.xlsx")
    loaded = load_returns(tmp_path / "plans.xlsx", standards=standards, key=KEY)
    assert sorted(set(loaded.table["audited_on"].dt.strftime("%Y-%m-%d"))) == ["2024-11-06", "2024-11-18"]

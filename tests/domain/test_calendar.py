from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.domain.calendar import Period, add_months, add_working_days, parse_day, working_days
from ilacs_audit.domain.errors import UsageError

CHRISTMAS_2019 = [date(2019, 12, 25), date(2019, 12, 26), date(2020, 1, 1)]
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize("text", ["2024", "2024-13", "2024-1", "24-11", "../2024-11", "2024-11-01", ""])
def test_what_is_not_a_month_is_refused_with_the_form_to_use(text):
    with pytest.raises(UsageError, match="YYYY-MM"):
        Period.parse(text)


@pytest.mark.parametrize("value", [None, 202411, 2024.11, date(2024, 11, 1), "Nov-2024", "2024-1١", "2024-11 "])
def test_a_month_in_any_other_form_is_refused(value):
    with pytest.raises(UsageError, match="is not a period"):
        Period.parse(value)


def test_a_period_is_read_as_it_is():
    assert Period.parse(Period(2024, 11)) == Period(2024, 11)


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_every_month_that_is_written_is_read_again(year, month):
    assert Period.parse(str(Period(year, month))) == Period(year, month)


@given(st.dates())
def test_a_day_is_read_from_a_date_a_timestamp_and_its_text(day):
    assert parse_day(day) == parse_day(day.isoformat()) == parse_day(datetime.fromisoformat(f"{day}T00:00")) == day


def test_a_timestamp_without_a_time_is_a_day():
    assert parse_day(pd.Timestamp("2024-11-21")) == date(2024, 11, 21)
    assert type(parse_day(pd.Timestamp("2024-11-21"))) is date


@given(st.text(alphabet="0123456789-/.W :T", max_size=12))
def test_a_text_is_the_day_it_spells_or_no_day(text):
    try:
        assert parse_day(text).isoformat() == text
    except UsageError as refused:
        assert "is not a day" in str(refused)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "05/11/2024",
            "20241105",
            "2024-W45",
            "2024-W45-2",
            "2024-11-31",
            "2024-11",
            "21 Nov 2024",
            "",
            None,
            20241105,
        ),
        *(
            datetime.fromisoformat("2024-11-05T10:00"),
            datetime(2024, 11, 5, tzinfo=UTC),
            pd.Timestamp("2024-11-05 10:00"),
            pd.NaT,
        ),
        *("2024-11-05T10:00:00", "2024-11-05 ", ["2024-11-05"]),
    ],
)
def test_what_is_no_day_is_refused_with_the_form_to_use(value):
    with pytest.raises(UsageError, match=r"is not a day, so today cannot be read.*YYYY-MM-DD"):
        parse_day(value, name="today")


def test_periods_step_back_over_a_year_end():
    assert str(Period.parse("2025-01").before(2)) == "2024-11"


def test_a_period_knows_its_last_day_in_a_leap_year():
    assert Period.parse("2024-02").last == date(2024, 2, 29)


def test_an_enquiry_that_starts_on_a_bank_holiday_counts_from_the_day_after():
    # The third assessment of the public Annex A sample starts on 26 December 2019; numpy counts 222.
    assert working_days(date(2019, 12, 26), date(2019, 12, 27), holidays=CHRISTMAS_2019) == 1


def test_the_start_day_never_counts_and_the_end_day_does():
    monday, friday = date(2024, 11, 18), date(2024, 11, 22)
    assert working_days(monday, friday, holidays=[]) == 4


def test_forty_five_working_days_from_13_december_2024_end_on_19_february_2025():
    closed = [date(2024, 12, 25), date(2024, 12, 26), date(2025, 1, 1)]
    assert add_working_days(date(2024, 12, 13), 45, holidays=closed) == date(2025, 2, 19)


@given(DAYS, st.integers(1, 60))
def test_adding_working_days_and_counting_them_agree(start, days):
    end = add_working_days(start, days, holidays=CHRISTMAS_2019)
    assert working_days(start, end, holidays=CHRISTMAS_2019) == days


@given(DAYS, st.integers(0, 36))
def test_adding_months_never_leaves_the_month_it_lands_in(start, months):
    landed = add_months(start, months)
    assert (landed.year * 12 + landed.month) - (start.year * 12 + start.month) == months
    assert landed.day <= start.day

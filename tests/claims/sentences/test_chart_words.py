import pytest

from ilacs_audit.claims.sentences.chart_words import chart_words
from ilacs_audit.stats.spc import choose_chart, p_chart_limits, run_chart


def test_a_short_series_says_what_its_bars_are():
    words = chart_words(choose_chart([20] * 5), None, [20] * 5)
    assert words == "5 rounds are too few to show a trend. Bars: the likely range."


def test_a_run_chart_gives_its_points_and_its_own_rules():
    # docs/methods.md 8.3: twelve points off the median allow a run of 7 and ask for 3 crossings.
    words = chart_words(choose_chart([12] * 12), run_chart([0.2, 0.8] * 6), [12] * 12)
    assert "median of 12 periods; 12 points count. Rules: a run longer than 7, or fewer than 3 crossings" in words


def test_a_run_chart_of_ties_says_that_too_few_points_count():
    words = chart_words(choose_chart([12] * 12), run_chart([0.8] * 10 + [0.9, 0.7]), [12] * 12)
    assert words.startswith("Run chart. Only 2 points lie off the median, too few for run rules.")


@pytest.mark.parametrize(("files", "warned"), [(30, True), (60, False)])
def test_limits_that_no_month_can_exceed_are_said_to_hide_improvement(files, warned):
    # docs/methods.md 8.1: at 85% the upper limit first falls below 100% at 52 files.
    met, read = [round(0.85 * files)] * 12, [files] * 12
    words = chart_words(choose_chart(read, proportion=0.85), p_chart_limits(met, read, clip=False), read)
    assert ("improvement can show only as a shift" in words) == warned
    assert "Rules: outside limits, shift 7, trend 7, 2 of 3 (not counting points outside limits)." in words

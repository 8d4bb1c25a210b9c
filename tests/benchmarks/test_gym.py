"""Readers of known reliability are found again, in a few runs of the benchmark."""

from benchmarks.gym import AC2, COMMAND, DESIGNS, METHODS, NAMES, drift_table, drifted, measured, table


def test_readers_of_known_reliability_are_found_inside_the_range():
    for found in measured(DESIGNS[1], runs=25):
        assert abs(found.error) < 0.06, found
        assert found.covered > 0.8, found


def test_extremes_of_prevalence_do_not_collapse_the_index():
    even, lopsided = ({each.name: each for each in measured(DESIGNS[at], runs=4)} for at in (1, 4))
    assert lopsided["reader_kappa"].truth < even["reader_kappa"].truth - 0.2
    assert lopsided[AC2].truth > even[AC2].truth


def test_drift_is_called_where_it_is_and_hardly_where_it_is_not():
    assert drifted(0.0, runs=20).further <= 0.2
    assert drifted(-0.35, runs=10).further > 0.6


def test_the_published_table_holds_a_row_for_every_figure_and_each_promise_was_kept():
    page = METHODS.read_text(encoding="utf-8")
    for design in DESIGNS:
        rows = [line for line in page.splitlines() if line.startswith(f"| {design.words} |")]
        assert len(rows) == len(NAMES)
        kept = [line for line in rows if line.endswith("| yes |")]
        assert len(kept) == len(rows) or design.anchors[0] == 0.9
    assert COMMAND in "\n".join(table([]))
    assert len(list(drift_table([]))) == 3

from fractions import Fraction

import pytest

from benchmarks.adversary import canaries, changes, editions, hidden, planted, printed, puzzle, ranges, rules, sensitive

NORTH, SOUTH, EAST = "North", "South", "East"


def line(measure, level, top, bottom, *, standard="S-1", audience="board", missing=""):
    """A line of a data file; `None` above is hidden."""
    shown = "suppressed" if top is None else "rounded" if audience == "public" else "shown"
    said = {"numerator": "c" if top is None else str(top), "denominator": "c" if top is None else str(bottom)}
    said |= {"status": shown, "audience": audience, "missing": missing, "verdict": ""}
    return printed.Line("page", "a", measure, standard, "all" if level == "all" else "team", level, "2025-03", said)


def number(what, level):
    return (what, "a", "2025-03", "S-1", "all" if level == "all" else "team", level)


def whole(met=9, base=17, na=3):
    return [line("compliance", "all", met, base), line("not_applicable", "all", na, base + na)]


def test_a_base_that_stands_beside_its_not_applicable_row_is_recovered():
    told = [*whole(na=6), line("compliance", NORTH, None, 0), line("not_applicable", NORTH, 4, 6)]
    assert hidden.attack([*told, line("compliance", SOUTH, None, 0)]).recovered[number("base", NORTH)] == 2


def test_a_team_that_is_hidden_alone_is_recovered_from_the_whole():
    told = [*whole(na=0), line("compliance", NORTH, 6, 10), line("compliance", SOUTH, None, 0)]
    found = hidden.attack(told).recovered
    assert (found[number("met", SOUTH)], found[number("unmet", SOUTH)]) == (3, 4)


def test_a_base_is_recovered_from_the_files_of_its_team_at_another_standard():
    other = [line("compliance", each, 5, 7, standard="S-2") for each in (NORTH, SOUTH)]
    other += [line("not_applicable", each, 1, 8, standard="S-2") for each in (NORTH, SOUTH)]
    other += [line("compliance", "all", 10, 14, standard="S-2"), line("not_applicable", "all", 2, 16, standard="S-2")]
    ours = [line("compliance", each, None, 0) for each in (NORTH, SOUTH)]
    ours += [line("not_applicable", NORTH, 5, 8), line("not_applicable", SOUTH, None, 0)]
    told = [*other, *ours, line("compliance", "all", 4, 6), line("not_applicable", "all", 10, 16)]
    found = hidden.attack(told).recovered
    assert (found[number("base", NORTH)], found[number("base", SOUTH)], found[number("na", SOUTH)]) == (3, 3, 5)


def test_nothing_is_claimed_of_two_hidden_teams_with_room_between_them():
    told = [*whole(), line("compliance", NORTH, 2, 4), line("not_applicable", NORTH, 1, 5)]
    for each in (SOUTH, EAST):
        told += [line("compliance", each, None, 0), line("not_applicable", each, None, 0)]
    found = hidden.attack(told)
    assert (found.recovered, found.narrowed) == ({}, {})
    assert found.bounds


def test_two_hidden_teams_that_share_one_failure_beside_a_team_that_is_shown_are_narrowed():
    told = [line("compliance", "all", 17, 21), line("compliance", NORTH, 2, 5)]
    told += [line("compliance", each, None, 0) for each in (SOUTH, EAST)]
    assert hidden.attack(told).narrowed[number("unmet", SOUTH)] == (0, 1)


def test_what_the_whole_says_of_every_team_is_not_counted_again():
    told = [line("compliance", "all", 16, 17), line("not_applicable", "all", 0, 17)]
    told += [line(measure, each, None, 0) for each in (NORTH, SOUTH) for measure in ("compliance", "not_applicable")]
    found = hidden.attack(told)
    assert (found.recovered, found.narrowed) == ({}, {})


@pytest.mark.parametrize(("met", "read", "exact"), [(5, 10, {6, 12}), (10, 20, set())])
def test_a_rounded_row_gives_its_counts_back_only_where_one_pair_is_left(met, read, exact):
    found = hidden.attack([line("compliance", "all", met, read, audience="public")]).given_back
    assert set(found.values()) == exact
    pairs = list(rules.readings(met, read, None, Fraction(3, 5), rules.CANNOT_TELL))
    assert (len(pairs) == 1) == bool(exact)


def test_one_late_file_is_worked_out_from_two_editions():
    before, after = whole(9, 17, 0), whole(9, 18, 0)
    states = [each._replace(audit=f"a#{state}") for state, told in ((1, before), (2, after)) for each in told]
    assert {key[0]: value for key, value in hidden.attack(states).late.items()} == {"late base": 1, "late unmet": 1}


def test_numbers_that_cannot_be_are_called_so():
    with pytest.raises(puzzle.ContradictionError):
        hidden.attack([line("compliance", "all", 9, 17), line("compliance", "all", 9, 18)])


def test_a_number_that_nothing_speaks_of_keeps_the_bounds_it_came_with():
    alone = puzzle.Puzzle()
    alone.between("alone", 0, 7)
    assert alone.solved(["alone"]) == {"alone": (0, 7)}


def test_a_canary_that_came_in_is_found_and_a_stranger_is_not():
    child = canaries.somebody(3)
    assert canaries.found([f"Thanks to {child}.", "Thanks to all."], frozenset({child})) == [True, False]


def test_no_two_canaries_share_a_name_and_no_harmless_text_holds_one():
    texts = [each.text for each in canaries.canaries()]
    assert len(texts) == len(set(texts)) >= 100
    names = [canaries.somebody(number) for number in range(len(canaries.DOORS) + len(canaries.NAMES) + 1)]
    assert len(names) == len(set(names))
    assert not [text for text in canaries.harmless() if any(name in text for name in names)]
    assert len(canaries.harmless()) == 200


def test_a_range_that_leaves_the_truth_out_and_a_verdict_against_it_are_seen():
    true = ranges.Planted(ranges.GRID[0], 0.7, 0.8, 15, 20, 0)
    row = ranges.Seen("board", "page", true, 0.75, 0.72, 0.9, "met")
    assert (row.misses, row.wrong, row.contradicts) == (True, True, True)
    fair = row._replace(lower=0.6, verdict="cannot tell")
    assert (fair.misses, fair.wrong, fair.contradicts) == (False, False, False)


def test_the_small_counts_of_a_masked_table_are_looked_for_where_they_are_shown():
    shown, there = sensitive.small_counts_shown("team", tables=1)
    assert 0 < shown <= there
    assert sensitive.small_counts_shown("ethnicity", tables=1)[0] == 0


def test_a_council_is_published_attacked_and_nothing_false_is_claimed_of_it(tmp_path):
    done = editions.rounds(1)[:1]
    place, evidence = planted.written(planted.council(done, seed=1, period=editions.PERIOD), tmp_path)
    ended = planted.publish(place, evidence, tmp_path / "outputs", editions.PERIOD, audiences=("board",))
    assert ended.code == 0, ended.said
    told = list(printed.lines(tmp_path / "outputs" / "board" / editions.PERIOD))
    found = editions.tallied(("board",), told, {each.id: each for each in done})
    assert found.hidden
    assert found.wrong == 0
    rows = {each.standard: each for each in printed.told(tmp_path / "outputs" / "board" / editions.PERIOD)}
    assert set(rows) == set(done[0].targets)
    assert changes.verdicts(tmp_path / "outputs" / "board" / editions.PERIOD) == ({}, [])


def test_the_front_page_is_read_in_the_words_that_it_writes():
    from ilacs_audit.claims.sentences.overview import changed
    from ilacs_audit.domain.measures import measures, rows

    def told(*words):
        made = measures(
            {"measure": "change", "standard_id": f"S-{at}", "verdict": word} for at, word in enumerate(words)
        )
        return changes.index_names_a_change(changed([*rows(made)]))

    assert told("better", "cannot tell")
    assert told("worse")
    assert changes.index_names_a_change("Of the changes that may be shown, two are better and on five we cannot tell.")
    assert told("better", "no worthwhile change", "worse")
    assert not told("cannot tell")
    assert not told("cannot tell", "cannot tell")
    assert not told("no worthwhile change", "cannot tell")

"""The count of what a reader has to read must see folds and tables, and tell a number that was lost."""

from benchmarks.words import lost, main, words_of

HEAD = "measure,numerator,denominator,population,lower,upper,method\n"
ROWS = HEAD + "compliance,40,57,110,0.545454,0.8,hypergeometric\nchange,31,57,,-0.28,0.36,newcombe\nset_aside,c,,,,,\n"


def page(folder, text, rows=ROWS):
    folder.mkdir(exist_ok=True)
    folder.joinpath("plans.csv").write_text(rows, encoding="utf-8")
    made = folder / "plans.html"
    made.write_text(f"<html><body>{text}</body></html>", encoding="utf-8")
    return made


def test_folds_count_apart_and_the_method_never():
    found = words_of("<p>One two.</p><details><summary>More</summary>Three four five.</details>")
    assert (found.closed, found.opened) == (3, 6)
    assert words_of("<p>One.</p><details><summary>Method</summary>Two.</details>").opened == 1


def test_what_is_shown_only_of_a_chosen_team_counts_as_folded():
    own = '<div class="ia-of-team">Two three.<table><td>a</td></table><details><summary>b</summary>c</details></div>'
    found = words_of(f"<p>One.</p>{own}")
    assert (found.closed, found.opened, found.in_tables, found.tables, found.folded_tables) == (1, 5, 0, 0, 1)


def test_pictures_options_and_alternative_text_are_no_prose():
    found = words_of('<svg aria-label="a b"><text>c</text></svg><select><option>d</option></select><p>e</p>')
    assert found.opened == 1


def test_tables_in_folds_are_told_apart():
    found = words_of("<table><td>a b</td></table><details><summary>c</summary><table><td>d</td></table></details>")
    assert (found.tables, found.folded_tables, found.in_tables, found.opened) == (1, 1, 2, 1)


def test_a_number_that_goes_is_told_and_one_inside_a_longer_number_is_no_such_number(tmp_path):
    before = page(tmp_path / "before", "40 of 57 files, 60 to 88, 40 of 57, −28 to +36")
    after = page(tmp_path / "after", "140 of 57 files, −28 to +360")
    assert lost(before, after) == ["40 of 57", "60 to 88", "−28 to +36"]
    assert lost(before, page(tmp_path / "after", "−28 to +36, 40 of 57 and 60 to 88 of 110")) == []


def test_a_number_that_never_stood_on_the_page_is_not_lost(tmp_path):
    assert lost(page(tmp_path / "before", "Nothing."), page(tmp_path / "after", "Nothing.")) == []


def test_the_range_of_an_earlier_round_is_owed_by_no_page_and_its_count_is(tmp_path):
    """A chart draws the earlier round of the one standard that matters most, and that may be another one."""
    head = HEAD.replace("measure,", "measure,period,")
    earlier, latest = "2024-10,40,57,110,0.545454,0.8", "2024-11,41,57,110,0.6,0.9"
    rows = f"{head}compliance,{earlier},hypergeometric\ncompliance,{latest},hypergeometric\n"
    before = page(tmp_path / "before", "40 of 57, 60 to 88, 41 of 57, 66 to 99", rows)
    assert lost(before, page(tmp_path / "after", "Nothing.", rows)) == ["40 of 57", "41 of 57", "66 to 99"]


def test_the_command_ends_with_one_where_a_number_is_gone(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("benchmarks.words.sheets", lambda pages: None)
    page(tmp_path / "before", "40 of 57")
    page(tmp_path / "after", "40 of 58")
    assert main([str(tmp_path / "before"), str(tmp_path / "after")]) == 1
    assert "plans.html: 40 of 57" in capsys.readouterr().out
    assert main([str(tmp_path / "before"), str(tmp_path / "before")]) == 0
    assert main([]) == 2

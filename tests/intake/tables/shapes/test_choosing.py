"""Clean rows come back as the same answers in whichever layout they were sent, or as a refusal; never as others."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ilacs_audit as ia
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.returns.reading import identifiers
from ilacs_audit.intake.tables.columns import read_columns
from tests import build
from tests.intake.conftest import KEY, audit

TEXTS = ("Plan up to date", "Actions SMART", "Voice of the child")
STANDARDS = build.standards(
    build.theme("plans", [build.standard(f"PLA-{n}", text, "met") for n, text in enumerate(TEXTS, 1)])
)
PROGRAMME = build.programme(audit("plans-2024-11", "plans", intended=3))
TEAMS = read_columns({"teams": {"Children in Care": []}}, file="columns.yml")
WORDS = ("Met", "Partly met", "Not met", "Not applicable")


def transposed(rows, order, titled):
    """The standards down the side, a column for each child."""
    top = [["Plans audit, November 2024"], []] if titled else []
    return [*top, ["Standard", *rows], *([TEXTS[n], *(answers[n] for answers in rows.values())] for n in order)]


def under_one_another(rows, order, titled):
    """Two tables, the second with its standards in another order."""
    half = len(rows) // 2 or 1
    first, second = list(rows.items())[:half], list(rows.items())[half:]
    tables = [["Case ID", *TEXTS], *([ref, *answers] for ref, answers in first), []]
    if second:
        tables += [["Case ID", *(TEXTS[n] for n in order)]]
        tables += [[ref, *(answers[n] for n in order)] for ref, answers in second]
    return [*([["Plans audit, November 2024"], []] if titled else []), *tables]


def in_three_parts(rows, order, titled):
    """Three tables, the last with the header of the first: a row has the order of the header above it."""
    given = list(rows.items())
    parts = [given[0::3], given[1::3], given[2::3]]
    lines = [["Plans audit, November 2024"], []] if titled else []
    for part, places in zip(parts, (range(3), order, range(3)), strict=True):
        lines += [["Case ID", *(TEXTS[n] for n in places)], *([ref, *(said[n] for n in places)] for ref, said in part)]
    return lines


def beside_one_another(rows, order, titled):
    """Two tables side by side with a blank column between."""
    half = (len(rows) + 1) // 2
    left, right = list(rows.items())[:half], list(rows.items())[half:]
    head = ["Case ID", *TEXTS, None, "Case ID", *(TEXTS[n] for n in order)]
    body = []
    for place, (ref, answers) in enumerate(left):
        other = right[place] if place < len(right) else None
        beside = [other[0], *(other[1][n] for n in order)] if other else []
        body.append([ref, *answers, None, *beside])
    return [*([["Plans audit, November 2024"], []] if titled else []), head, *body]


LAYOUTS = (transposed, under_one_another, in_three_parts, beside_one_another)


def read(sheets):
    """What the tool makes of a workbook with these sheets: how often each answer, and whether it was refused."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "returns").mkdir()
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, lines in sheets.items():
            sheet = book.create_sheet(name)
            for line in lines:
                sheet.append(line)
        book.save(Path(folder) / "returns" / "plans.xlsx")
        found = ia.load_returns(folder, standards=STANDARDS, programme=PROGRAMME, columns=TEAMS, key=KEY)
    told = found.table
    counts = Counter(zip(told["standard_id"], told["answer"], strict=True))
    refused = (found.problems["severity"] == "error").any()
    return counts, told["child_ref"].nunique(), bool(refused), found


def truth(rows):
    return Counter((f"PLA-{n + 1}", answers[n].lower()) for answers in rows.values() for n in range(3))


children = st.dictionaries(
    st.integers(1_000_000, 9_999_999).map(str), st.tuples(*[st.sampled_from(WORDS)] * 3), min_size=2, max_size=9
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=[each.__name__ for each in LAYOUTS])
@settings(max_examples=25, deadline=None)
@given(rows=children, order=st.permutations(range(3)), titled=st.booleans())
def test_clean_rows_come_back_as_the_same_answers_or_as_a_refusal(layout, rows, order, titled):
    counts, files, refused, _ = read({"Return": layout(rows, order, titled)})
    assert refused or (counts, files) == (truth(rows), len(rows))


ROWS = {
    "3716506": ("Met", "Not met", "Met"),
    "8951270": ("Partly met", "Met", "Not applicable"),
    "2265414": ("Not met", "Not met", "Met"),
}


@pytest.mark.parametrize("layout", LAYOUTS, ids=[each.__name__ for each in LAYOUTS])
def test_each_layout_is_read_and_not_merely_refused(layout):
    counts, files, refused, _ = read({"Return": layout(ROWS, (2, 0, 1), True)})
    assert not refused
    assert (counts, files) == (truth(ROWS), 3)


def test_a_sheet_a_child_is_read_with_the_reference_in_the_block_above():
    sheets = {
        f"Audit {n}": [
            ["Case ID", ref],
            ["Auditor", "Bea Birch"],
            [],
            ["Standard", "Answer"],
            *zip(TEXTS, answers, strict=True),
        ]
        for n, (ref, answers) in enumerate(ROWS.items(), 1)
    }
    counts, files, refused, _ = read(sheets)
    assert not refused
    assert (counts, files) == (truth(ROWS), 3)


def test_names_over_the_columns_are_children_and_are_never_told():
    named = dict(zip(("Ava Moss", "Ben Lakey", "Cara Dunn"), ROWS.values(), strict=True))
    counts, files, _, found = read({"Return": transposed(named, (0, 1, 2), False)})
    assert (counts, files) == (truth(ROWS), 3)
    told = found.problems.drop(columns="value").to_csv() + found.table.to_csv()
    assert not any(name in told for name in ("Moss", "Lakey", "Dunn"))


def test_a_column_for_each_team_is_no_column_for_each_child():
    teams = dict(zip(("Willow", "Oak", "Beech"), ROWS.values(), strict=True))
    with pytest.raises(ReturnsError) as refusal:
        read({"Return": transposed(teams, (0, 1, 2), False)})
    assert not any(team in str(refusal.value) for team in teams)


def test_a_return_with_a_header_and_no_rows_is_called_empty():
    with pytest.raises(ReturnsError, match="The return is empty"):
        read({"Return": [["Plans audit"], [], ["Case ID", *TEXTS]]})


def test_ids_of_standards_below_a_label_for_the_child_are_nobody_and_a_refused_sheet_hides_nobody(tmp_path):
    form = [["Case ID", "3716506"], ["PLA-1", "Met"], ["PLA-2", "Not met"], ["PLA-3", "Met"]]
    both = [["Case ID", *TEXTS], ["8951270", *ROWS["3716506"]], [], *zip(TEXTS, ROWS["8951270"], strict=True)]
    (tmp_path / "returns").mkdir()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in {"A form": form, "Both ways": both}.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(tmp_path / "returns" / "plans.xlsx")
    found = identifiers(tmp_path, columns=TEAMS, standards=STANDARDS)
    assert {"3716506", "8951270"} <= found
    assert not any(text.startswith("PLA-") for text in found)


def test_a_fault_in_one_of_two_tables_side_by_side_is_told_with_the_table_it_is_in():
    rows = {**ROWS, "4312019": ("Perhaps", "Met", "Met")}
    _, _, _, found = read({"Return": beside_one_another(rows, (0, 1, 2), False)})
    (told,) = found.problems.loc[found.problems["rule"] == "unknown-answer", "column"]
    assert told == "Plan up to date, table from column F"


def test_a_table_below_another_heads_its_columns_itself_and_a_header_again_hides_nobody():
    head = ["Case ID", "Social worker", "Team", *TEXTS]
    other = ["Case ID", "Team", "Social worker", *TEXTS]
    said = ("Met", "Met", "Met")
    lines = [head, ["3716506", "Ann Ayers", "High Street", *said], [], other]
    lines += [["8951270", "Court Road", "Bea Birch", *said], [], head, ["2265414", "Cy Cole", "Castle Hill", *said]]
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)
        (Path(folder) / "returns").mkdir()
        book.save(Path(folder) / "returns" / "plans.xlsx")
        found = identifiers(folder, columns=TEAMS, standards=STANDARDS)
    assert {"Ann Ayers", "Bea Birch", "Cy Cole"} <= found
    assert found.isdisjoint({"High Street", "Court Road", "Castle Hill"})


def test_a_question_that_one_of_two_tables_leaves_out_is_told():
    first = [["Case ID", *TEXTS], ["0012345", "Met", "Met", "Not met"], ["0012346", "Met", "Met", "Met"], []]
    *_, loaded = read({"Audit": [*first, ["Case ID", *TEXTS[:2]], ["0012347", "Met", "Not met"]]})
    told = loaded.problems[loaded.problems["rule"] == "missing-column"]
    assert told[["row", "column"]].to_numpy().tolist() == [[5, "PLA-3"]]


def test_a_column_of_totals_beside_the_children_is_left_out_and_told():
    lines = transposed(ROWS, (0, 1, 2), False)
    counts, files, refused, found = read({"Return": [[*lines[0], "Total"], *([*line, 2] for line in lines[1:])]})
    assert (counts, files, refused) == (truth(ROWS), 3, False)
    assert found.problems["rule"].tolist() == ["left-out"]


def test_an_example_beside_a_return_is_no_return_but_alone_it_is():
    example = [["Case ID", *TEXTS], ["1234567", "Met", "Met", "Met"], [], ["Case ID", *TEXTS[::-1]]]
    example.append(["1234568", "Met", "Met", "Met"])
    given = [["Case ID", *TEXTS], *([ref, *answers] for ref, answers in ROWS.items())]
    counts, files, _, found = read({"Example": example, "Return": given})
    assert (counts, files) == (truth(ROWS), 3)
    assert found.problems["rule"].tolist() == ["left-out"]
    assert read({"Example": example})[1] == 2


def test_a_pivot_table_below_a_return_is_no_return_and_is_told_once():
    given = [["Case ID", "Team", *TEXTS], *([ref, "Children in Care", *answers] for ref, answers in ROWS.items())]
    pivot = [
        ["Count of Case ID", "Column Labels"],
        ["Row Labels", "Plan up to date", "Met", "Not met", "Grand Total"],
        ["Children in Care", 8, 5, 3, 8],
        ["Duty", 4, 2, 2, 4],
        ["(blank)"],
        ["Grand Total", 12, 7, 5, 12],
    ]
    counts, files, refused, found = read({"Return": [*given, [], *pivot]})
    assert (counts, files, refused) == (truth(ROWS), 3, False)
    assert found.problems["rule"].tolist() == ["left-out"]


def test_a_summary_below_a_return_costs_itself_and_not_the_return():
    given = [["Case ID", *TEXTS], *([ref, *answers] for ref, answers in ROWS.items())]
    summary = [["Team", *TEXTS], ["Duty", "Met", "Met", "Not met"], ["Assessment", "66%", "50%", "50%"]]
    counts, files, _, found = read({"Return": [*given, [], *summary]})
    assert (counts, files) == (truth(ROWS), 3)
    assert found.problems[["severity", "rule", "row"]].to_numpy().tolist() == [["error", "missing-reference", 6]]
    with pytest.raises(ReturnsError, match="holds the child's reference"):
        read({"Return": given, "Other": summary})

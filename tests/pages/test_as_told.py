"""A screening that is told late does not stand in the next month's page of a board, and the page says so."""

import pytest

from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.run.batch import run
from tests.pages.reading import page
from tests.pages.test_registers import lines

LISTED = [f"00001{n:02},{'high' if n < 8 else 'medium'},criminal,2025-01-10,keep" for n in range(20)]
LATE = "0000120,high,sexual,2025-01-11,keep"
HIGH = "High risk, as told on 31 January 2025"


@pytest.fixture(scope="module")
def published(tmp_path_factory, root):
    folder, outputs = tmp_path_factory.mktemp("told") / "evidence", tmp_path_factory.mktemp("published")
    (folder / "registers").mkdir(parents=True)
    (folder / "authority.yml").write_text("name: Told\n", encoding="utf-8")

    def of(month, told, **options):
        text = "\n".join(["child_ref,risk,theme,screened_on,recommendation", *told]) + "\n"
        (folder / "registers" / "screening.csv").write_text(text, encoding="utf-8")
        work = load_workspace(root, evidence=folder)
        about = {"only": ("vulnerability",), "audiences": ("board",), **options}
        return run(month, workspace=work, outputs=outputs, **about)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ILACS_AUDIT_KEY", "a key of the tests")
        of("2025-01", LISTED)
        ended = [of("2025-02", [*LISTED, LATE]), of("2025-02", [*LISTED, LATE])]
    return outputs, ended


def test_the_board_has_the_page_with_the_count_of_the_month_before_and_its_day(published):
    outputs, (first, _) = published
    board = page(outputs / "board" / "2025-02" / "vulnerability.html")
    assert not first.failed
    assert lines(board)[HIGH] == [(8, 20)]
    assert "21" not in board.main.text
    assert "because the difference since would be of too few to show" in board.main.text
    assert any("vulnerability: left as told on 31 January 2025" in each for each in first.to_do)


def test_what_was_told_before_is_an_input_that_stays_the_same(published):
    outputs, (_, again) = published
    assert {each.status for each in again.entries} == {"kept"}
    assert sorted(each.name for each in Outputs(outputs).told.iterdir()) == [
        "board-2025-02.json",
        "last-board-2025-02.json",
    ]

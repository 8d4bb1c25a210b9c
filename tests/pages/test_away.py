"""A council that keeps lists of privately fostered and of missing children gets their pages, with the faults in."""

import pytest

from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.run.batch import run
from tests.pages.reading import page
from tests.pages.test_registers import lines

FOSTERED = [
    *(f"00001{n:02},North,Wanda Workerson,2024-09-02,2024-11-04,yes," for n in range(12)),
    "0000120,North,Wanda Workerson,2024-09-02,,,",  # eighty days, and nobody came
    "0000121,North,Wanda Workerson,2024-09-02,2024-10-09,no,",  # a day late
    "0000122,North,Wanda Workerson,2023-08-05,2024-09-02,no,",  # in the second year: twelve weeks
]
MISSING = [
    *(f"00002{n:02},North,2024-10-01,2024-10-02,yes,{'yes' if n < 7 else 'no'}" for n in range(11)),
    *(f"00003{n:02},North,2024-11-01,2024-11-03,no," for n in range(6)),  # nobody offered an interview
    "0000400,North,2024-11-19,,,",
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("away") / "evidence"
    (folder / "registers").mkdir(parents=True)
    (folder / "authority.yml").write_text("name: Away\n", encoding="utf-8")
    columns = {
        "private_fostering": "child_ref,team,worker_ref,notified_on,visited_on,spoken_alone,ended_on",
        "missing": "child_ref,team,began_on,ended_on,interview_offered,interview_accepted",
    }
    for name, told in (("private_fostering", FOSTERED), ("missing", MISSING)):
        text = "\n".join([columns[name], *told]) + "\n"
        (folder / "registers" / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ILACS_AUDIT_KEY", "a key of the tests")
        outputs = tmp_path_factory.mktemp("published")
        work = load_workspace(root, evidence=folder)
        only = ("private_fostering", "missing")
        run("2024-11", workspace=work, outputs=outputs, as_of="2024-11-21", only=only, audiences=("internal", "board"))
    return {
        (audience, name): page(outputs / audience / "2024-11" / f"{name}.html")
        for audience in ("internal", "board")
        for name in ("private-fostering", "missing")
    }


@pytest.mark.parametrize("audience", ["internal", "board"])
def test_a_privately_fostered_child_whom_nobody_visited_is_found(pages, audience):
    shown, text = lines(pages[audience, "private-fostering"]), pages[audience, "private-fostering"].main.text
    assert shown["Visited in time"] == [(13, 15)]
    assert shown["Spoken to alone"] == [(12, 14)]
    assert shown["Visited at all"] == [(14, 15)]
    assert "13 of 15 children privately fostered were last visited within 42 days, 84 days after the first year" in text
    assert "SI 2005/1533, regulation 8" in text
    assert "Workerson" not in pages[audience, "private-fostering"].path.read_text(encoding="utf-8")


@pytest.mark.parametrize("audience", ["internal", "board"])
def test_children_who_came_back_and_were_offered_no_interview_are_found(pages, audience):
    shown, text = lines(pages[audience, "missing"]), pages[audience, "missing"].main.text
    assert shown["Offered a return interview"] == [(11, 17)]
    assert shown["Took it up"] == [(7, 11)]
    assert shown["Still missing"] == [(1, 18)]
    assert "How soon it was held no share no data supplied" in text

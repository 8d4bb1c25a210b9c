"""The owner's walk: the fourteen steps of whoever owns the scheduled run, on a council of eight services.

docs/runbook.md has the steps in a table. What another test holds is not held again here; its name stands in the table.
"""

import json
import re
import zipfile
from datetime import date

import pytest
import yaml

from ilacs_audit.domain.errors import StaleInputError
from ilacs_audit.publishing.owner.schedule import recipe
from ilacs_audit.publishing.run.rebuild import rebuild
from ilacs_audit.publishing.run.retention import purge
from tests.publishing import council
from tests.publishing.council import OUTSIDE, PAGE, TITLES

EDITIONS = ("board", *(f"service:{name}" for name in TITLES))
FOSTERING, KINSHIP = "service:fostering", "service:kinship"
WORD = "RI+"


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """What each command of the walk left behind, by its step."""
    place = council.make(tmp_path_factory.mktemp("a council") / "work", grades={44: WORD})
    (place / "reports.yml").write_text("thematic:\n  each: {theme: all}\n", encoding="utf-8")
    seen = {"place": place, 4: _seen(place, council.publish(place, unattended=True))}
    columns = place / "data" / "columns.yml"
    columns.write_text(yaml.safe_dump({"answers": {"requires improvement": [WORD]}}), encoding="utf-8")
    seen[5] = _seen(place, council.publish(place, FOSTERING))

    authority = place / "data" / "evidence" / "authority.yml"
    authority.write_text(authority.read_text(encoding="utf-8") + f"  kinship: [{OUTSIDE}]\n", encoding="utf-8")
    seen[11] = _seen(place, council.publish(place))
    with pytest.raises(StaleInputError) as told:
        council.publish(place, unattended=True)
    seen[2] = str(told.value)
    return seen


def _seen(place, ended):
    status = place / "outputs" / "private" / "status"
    note = status / "what-to-do.txt"
    return {
        "entries": {each.audience: each.status for each in ended.entries if each.report == PAGE},
        "told": json.loads((status / "status.json").read_text(encoding="utf-8")),
        "page": (status / "status.html").read_text(encoding="utf-8"),
        "note": note.read_text(encoding="utf-8") if note.is_file() else "",
        "files": {name: council.bytes_of(place, name) for name in EDITIONS},
    }


def test_1_one_command_line_starts_the_editions_of_all_services(tmp_path):
    line = recipe("cron", program="ilacs-audit", workspace=tmp_path, source={}, audiences=("board", "service"))
    assert "run last-month --unattended --audience board --audience service" in line


def test_2_a_second_run_on_the_same_inputs_stops_with_a_sentence(walked):
    assert walked[2].startswith("Nothing has changed since November 2024 was last published, so nothing was run.")


def test_3_eight_services_and_the_board_are_one_run_and_one_of_them_fails_alone(walked):
    assert walked[4]["entries"] == {name: "failed" if name == FOSTERING else "made" for name in EDITIONS}


def test_4_the_status_page_says_which_failed_and_names_column_value_row_file_and_what_to_do(walked):
    assert "8 of 9 editions whole" in walked[4]["page"]
    for told in (walked[4]["page"].replace("&#39;", "'"), walked[4]["note"]):
        assert (
            "Fostering failed, and no other service: column 'Overall grade' has the new value 'RI+' in row 44 of "
            "visits 2024-11.csv (visits-2024-11). What to do: add it to the scale" in told
        )
    readers = b"".join(content for files in walked[4]["files"].values() for content in files.values())
    assert b"RI+" not in readers and b"Traceback" not in readers and b"ReturnsError" not in readers
    assert "RI+" not in (walked["place"] / "outputs" / "private" / "log" / "2024-11.log").read_text(encoding="utf-8")


def test_5_the_value_is_given_a_meaning_and_that_service_alone_is_run(walked):
    assert walked[5]["entries"] == {FOSTERING: "made"}
    others = [name for name in EDITIONS if name != FOSTERING]
    assert [walked[5]["files"][name] == walked[4]["files"][name] for name in others] == [True] * 8
    assert f"{PAGE}.html" in walked[5]["files"][FOSTERING]
    assert "1 of 1 edition whole" in walked[5]["page"]


def test_7_the_disclosure_log_counts_what_is_hidden_and_what_could_be_worked_out(walked):
    said = r"[\d,]+ figures hidden, [\d,]+ of them beside a small one\. Figures that could be worked out from another"
    assert re.search(said + r" edition or an earlier one: 0 of those shown\.", walked[4]["page"].replace("\n", " "))


def test_8_every_file_is_small_and_fetches_nothing(walked):
    for name, files in walked[5]["files"].items():
        assert max(map(len, files.values())) < 3_000_000
        pages = b"".join(content for file, content in files.items() if file.endswith(".html"))
        assert not re.search(rb"""(src|href)=["'](https?:)?//""", pages), name


def test_9_an_edition_opens_from_a_zip_and_from_a_path_with_spaces(walked, tmp_path):
    archive, folder = tmp_path / "edition.zip", tmp_path / "Quality & audit papers" / "Fostering"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in council.shared(walked["place"], FOSTERING).iterdir():
            packed.write(path, path.name)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    links = {
        link
        for page in folder.glob("*.html")
        for link in re.findall(r'href="([^"#]+)"', page.read_text(encoding="utf-8"))
        if not link.startswith("data:")
    }
    assert {f"{PAGE}.html", "index.html"} <= links
    assert [link for link in links if not (folder / link).is_file()] == []


def test_10_a_services_edition_is_made_again_byte_for_byte(walked):
    made = rebuild(council.NOW, outputs=walked["place"] / "outputs", audience_id=FOSTERING)
    assert (made.different, made.remarks) == ((), ())
    assert {f"{PAGE}.html", "index.html"} <= set(made.identical)


def test_11_one_line_makes_a_service_and_the_next_run_has_it(walked):
    """No notebook is touched; nobody else's page is made again."""
    kinship = council.bytes_of(walked["place"], KINSHIP)
    assert b"Service edition: Kinship" in kinship[f"{PAGE}.html"]
    assert walked[11]["entries"] == {**dict.fromkeys(EDITIONS[1:], "kept"), KINSHIP: "made"}
    assert "In no service" in walked[5]["note"] and "In no service" not in walked[11]["note"]


def test_14_what_is_past_is_archived_listed_and_let_go_for_services_too(walked, tmp_path):
    place = council.copied(walked["place"], tmp_path / "year end")
    outputs = place / "outputs"
    told = json.loads((council.shared(place, FOSTERING) / "run.json").read_text(encoding="utf-8"))
    assert {"inputs", "versions", "pages"} <= told.keys()
    gone = purge(outputs, before=date(2024, 12, 1), remove=True)
    assert outputs / "private" / "service" / "fostering" / council.NOW in gone
    assert council.bytes_of(place, FOSTERING) == council.bytes_of(walked["place"], FOSTERING)
    with pytest.raises(StaleInputError, match="purged"):
        rebuild(council.NOW, outputs=outputs, audience_id=FOSTERING)

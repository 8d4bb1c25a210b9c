"""Which pages a service has, and what of them is hidden beside the board's, follows from the data of the month."""

import json
from types import SimpleNamespace

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.disclosure.ledger.ledger import Ledger
from ilacs_audit.display.fragments import records
from ilacs_audit.domain.audiences import audience
from ilacs_audit.domain.measures import measures, rows
from ilacs_audit.publishing.run.services import withhold
from tests.publishing import council

FRONT, OTHER = "service:front-door", "service:assessment"


def test_a_service_that_would_tell_a_tiny_team_outside_has_no_page_and_its_index_says_why(tmp_path):
    """The board's 29 files less 14 and 12 of two services are the three of a team that is in neither."""
    files, services = {"Front door": 12, "Assessment": 14, council.OUTSIDE: 3}, ("front-door", "assessment")
    told = {name: [council.TITLES[name]] for name in services} | {"court": ["Court"]}
    place = council.make(tmp_path / "work", files, told)
    (place / "reports.yml").write_text("thematic:\n  each: {theme: all}\n", encoding="utf-8")
    ended = council.publish(place)
    assert (ended.failed, ended.pending) == ((), ())
    assert f"{council.PAGE}.html" in council.bytes_of(place, OTHER)
    page = council.bytes_of(place, OTHER)[f"{council.PAGE}.html"]
    assert b"drawn by chance" in page and b"not drawn by chance" not in page
    left = council.bytes_of(place, FRONT)
    assert f"{council.PAGE}.html" not in left
    assert b"Beside the figures of the board they would tell few children" in left["index.html"]
    assert b"It read no file of this service" in council.bytes_of(place, "service:court")["index.html"]
    assert [each for each in ended.to_do if "nothing is held of a team 'Court'" in each]

    again = council.publish(place)
    assert (again.outcomes, again.published) == ((), False)
    shown = json.loads((place / "outputs" / "private" / "ledger.json").read_text(encoding="utf-8"))
    assert {each["audience"] for each in shown} == {"board", OTHER}


def test_a_page_that_shows_no_count_of_a_standard_is_no_page_of_a_service(tmp_path):
    """Four of eight files to which the standard applied are too few to show, and nothing else is told of it."""
    edition = SimpleNamespace(outputs=tmp_path, audience=audience(OTHER), period="2024-11")
    report = SimpleNamespace(id=council.PAGE, parameters={"audit": "visits-2024-11"})
    told = []
    for read in (4, 40):
        shown = {"measure": "compliance", "theme": "visits", "standard_id": "v1", "numerator": 2, "denominator": read}
        page = release(measures([{**shown, "group": "all", "level": "all", "period": "2024-11"}]), audience=OTHER)
        outcome = SimpleNamespace(job_id=council.PAGE, status="ok", result={"released": [*records(rows(page))]})
        told.append(withhold([(edition, [outcome], [report])], ledger=Ledger(), rounds={}, teams={}))
    assert told == [[set()], None]
    (noted,) = (tmp_path / "private" / "told").glob("*.json")
    assert json.loads(noted.read_text(encoding="utf-8")) == {"silent": [council.PAGE]}

"""The public edition holds no count of one to five, no remainder of one to five, and nothing but multiples of five."""

import itertools
import re

from ilacs_audit.disclosure import rules
from tests.northmere.truth.people import CASE_TEAMS
from tests.pages.reading import counts_of, told

SMALL = range(1, 6)
KEY = ("measure", "theme", "standard_id", "group", "level", "period")
OF_THINGS = ("comparable",)
OF_THE_PROGRAMME = "programme"  # its page counts audits, places and standards, and nobody
OF_COURSES = ("reach", "sessions", "booked")
_BOOKED = re.compile(r"\d{1,2} [A-Z][a-z]+ 20\d\d \d+ [a-z]+")  # a size that is planned counts nobody
_RANGE = re.compile(
    r"comparable \S+ \w+ \d{4} \d+ of \d+|"
    r"\d+ (?:to|and) \d+ of (?:the )?\d+|(?:at most|at least) \d+ of the \d+|\d+ or more of the \d+|"
    r"\d+ of \d+ (?:standards|audits?)\b"
)


def shown(records):
    return [each for each in records if each["status"] not in ("suppressed", "secondary")]


def key(record):
    """What a number is about; attendances of two courses differ by their note alone."""
    return (*(record.get(name, "") for name in KEY), record.get("note", "") if record["measure"] in OF_COURSES else "")


def test_no_released_number_stands_for_one_to_five_people(released):
    """Each number shown to the public is held against the same number as the service itself sees it."""
    compared = 0
    for report, records in released["public"].items():
        if report == OF_THE_PROGRAMME:
            continue
        truth = {key(each): each for each in released["internal"][report]}
        for each in shown(records):
            if each["measure"] in OF_THINGS or key(each) not in truth or "numerator" not in truth[key(each)]:
                continue
            exact = truth[key(each)]
            k, n = exact["numerator"], exact.get("denominator")
            counts = [k] if n is None else [k, n, n - k]
            assert not [count for count in counts if count in SMALL], (report, key(each))
            compared += 1
    print(f"{compared} public numbers held against the exact ones")
    assert compared > 300


def test_every_released_count_is_a_multiple_of_five(released):
    for report, records in released["public"].items():
        for each in shown(records) if report != OF_THE_PROGRAMME else ():
            ends = each["measure"] == "critical_failure"  # the least and the most that two rounded counts leave
            counts = [each.get(name, 0) for name in ("denominator", "population", *(["numerator"] * (not ends)))]
            assert each["measure"] in OF_THINGS or not any(count % 5 for count in counts), (report, key(each))
            assert each["measure"] not in OF_THINGS or each["denominator"] < 20, (report, key(each))


def test_every_count_on_a_public_page_is_a_multiple_of_five(editions):
    tried = 0
    for page in editions["public"]:
        if page.path.stem == OF_THE_PROGRAMME:
            continue
        for text in told(page):
            for k, n in counts_of(_RANGE.sub(" ", text)):
                assert (k % 5, n % 5) == (0, 0), (page.name, k, n)
                tried += 1
            for range_of in re.findall(r"(?:to|and) \d+ of (?:the )?(\d+)", text):
                assert int(range_of) % 5 == 0, (page.name, range_of)
        for cell in page.root.all("td", "dd", "text"):
            for number in re.findall(r"^(\d+)(?: people| drawn)?$|from (\d+) in scope|by (\d+) auditors", cell.text):
                assert int("".join(number)) % 5 == 0, (page.name, cell.text)
                tried += 1
            for files in re.findall(r"(\d+) files?\b", _BOOKED.sub(" ", cell.text)):
                assert int(files) % 5 == 0, (page.name, cell.text)
    print(f"{tried} counts on {len(editions['public'])} public pages")
    assert tried > 300


def test_the_public_page_on_the_programme_counts_nobody(released, editions):
    records = released["public"][OF_THE_PROGRAMME]
    assert {each["measure"] for each in records} <= {*rules.OF_THINGS, "rows_read"}
    assert not {each["group"] for each in records} & {"team", "practice area x team"}
    (page,) = (each for each in editions["public"] if each.path.stem == OF_THE_PROGRAMME)
    assert not [team for team in CASE_TEAMS if team in page.main.text]
    assert "auditor" not in page.main.text


def test_a_drawing_on_a_public_page_is_drawn_from_the_rounded_number(editions):
    """The place of a mark gives its share back (E9), so it has to be the share that is printed."""
    drawn = 0
    for page in editions["public"]:
        for svg in page.root.classed("ia-mark"):
            if not re.match(r"\d+% (?:of files|met it)", svg.attrs["aria-label"]):
                continue
            row = next(each for each in svg.ancestors if each.name == "tr")
            k, n = counts_of(row.text)[0]
            at = next(each.attrs["x"] for each in svg.all("svg")[1:])
            assert abs(float(at.rstrip("%")) - 100 * k / n) < 0.01, (page.name, row.text)
            drawn += 1
    print(f"{drawn} marks")
    assert drawn > 20


def test_what_a_stricter_edition_shows_a_more_open_one_shows_too(released):
    order = ("internal", "board", "public")
    for open_one, strict in itertools.pairwise(order):
        for report, records in released[strict].items():
            hidden = {key(each) for each in released[open_one][report] if each not in shown([each])}
            assert not hidden & {key(each) for each in shown(records)}, (strict, report)


def test_no_breakdown_of_the_public_edition_gives_a_hidden_count_back(released):
    """Whatever is hidden among the levels of a standard is never alone beside a known total."""
    tried = 0
    for report, records in released["public"].items():
        families = {}
        for each in records:
            if each["group"] == "team" and each["measure"] == "compliance" and each.get("level") != "not shown":
                families.setdefault((each["standard_id"], each["period"]), []).append(each)
        for family, levels in families.items():
            hidden = len(levels) - len(shown(levels))
            assert hidden != 1 or len(levels) == 1, (report, family)
            tried += 1
    print(f"{tried} breakdowns")
    assert tried > 20


def test_nothing_is_asked_of_officers_about_a_failure_that_is_hidden(published):
    """The request itself would tell that there was one."""
    told = {
        audience: (published / audience / "2024-11/thematic-strategy-meetings.html") for audience in ("board", "public")
    }
    asks = {
        audience: "Have each request in which nobody asked" in page.read_text("utf-8")
        for audience, page in told.items()
    }
    assert asks == {"board": True, "public": False}

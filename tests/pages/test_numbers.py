"""One number, one value: the table, the sentence, the table to copy and the data file agree, on every page."""

import csv
import io
import re
from collections import Counter

import pytest

from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.edition.figures_csv import measures_csv
from tests.pages.reading import beyond, counts_of, told

OTHER_WORDINGS = re.compile(
    r"\b(inconclusive|uncertain|unclear whether|can't tell|cannot say|unable to (?:say|tell)|insufficient evidence"
    r"|not statistically significant|no significant)\b",
    re.IGNORECASE,
)
RISEN = re.compile(r"(?<!requires )(?<!good or )\b(improv\w*|better)\b", re.IGNORECASE)
CONSENT, PLANS = "dip-sample-consent-2024-11", "thematic-plans"

NOW = "2024-11"


def report_of(page):
    return page.path.stem


def audit_pages(pages):
    """The pages about one audit; a re-audit's page compares two and has a table of changes instead."""
    return [each for each in pages if not each.path.stem.startswith("reaudit-")]


UNITS = {"Files", "Workers", "Requests", "Enquiries", "Referrals"}


def main_table(page):
    """The table of standards: code -> (title, files, verdict)."""
    for table in page.root.all("table"):
        if any("ia-of-team" in (each.attrs.get("class") or "") for each in table.ancestors):
            continue  # what a reader sees who chose one team
        heads = [_column(each.text) for each in table.all("thead")[0].all("th")]
        if UNITS & {*heads} and "Verdict" in heads and heads[0] == "Standard":
            return dict(_line(row) for row in table.all("tbody")[0].all("tr"))
    return {}


def _column(heading):
    """The name of a column without what all its cells share: "Files, 7 missing", "Likely range of 96 children"."""
    return re.split(r", | of ", heading)[0]


def _line(row):
    cells = {_column(cell.attrs["data-l"]): cell.text for cell in row.all("td")}
    code = row.classed("ia-code")[0].text
    title = row.all("th")[0].text.removeprefix(code).strip().removesuffix("critical").strip()
    (unit,) = UNITS & {*cells}
    return code, (title, cells[unit], cells["Verdict"])


def whole_service(records):
    """standard -> (k, n) of the page's own round; None where hidden."""
    whole = [each for each in records if each["measure"] == "compliance" and each["group"] == "all"]
    found = [each for each in whole if each["period"] == NOW]
    return {each["standard_id"]: pair(each) for each in found}


def pair(record):
    hidden = record["status"] in ("suppressed", "secondary")
    return None if hidden else (record["numerator"], record["denominator"])


def sentences(page):
    """The sentences of the whole service in the data file beside a page: standard -> what is said of its files."""
    with page.path.with_suffix(".csv").open(encoding="utf-8") as file:
        lines = [each for each in csv.DictReader(file) if each["measure"] == "compliance" and each["group"] == "all"]
    return {each["standard_id"]: each["sentence"] for each in lines if each["period"] == NOW}


def copied(page):
    """The compliance counts of the table to copy: standard -> count as printed."""
    table = page.root.classed("ia-provenance")[0].all("table")[0]
    found = [[cell.text for cell in row.all("th", "td")] for row in table.all("tbody")[0].all("tr")]
    return {
        cells[0].split()[1]: cells[3]
        for cells in found
        if cells[0].startswith("compliance ") and cells[1] == "whole service"
    }


def test_table_sentence_copy_and_data_file_have_the_same_counts(reports, released):
    compared = hidden = said = 0
    for page in audit_pages(reports):
        truth = whole_service(released[page.audience][report_of(page)])
        shown, copy, spoken = main_table(page), copied(page), sentences(page)
        assert set(shown) == set(truth) == set(copy), page.name
        for code, (title, files, _) in shown.items():
            where = (page.name, code)
            if truth[code] is None:
                assert (files, copy[code]) == ("[c]", "[c]"), where
                assert not counts_of(spoken[code]) and "hidden" in spoken[code], where
                hidden += 1
                continue
            assert counts_of(files)[0] == truth[code], where
            assert counts_of(copy[code]) == [truth[code]], where
            assert spoken[code].startswith(f"{title.rstrip('.')} ({code}): "), where
            found = counts_of(spoken[code])[:1]
            assert set(found) <= {truth[code]}, (where, found)
            said += len(found)
            compared += 1
    print(f"{compared} counts in table, copy and data, {said} of their sentences; {hidden} hidden everywhere")
    assert compared > 200
    assert said > 200


def test_the_data_file_says_what_the_page_says(reports, released, published):
    rows = 0
    for page in audit_pages(reports):
        records = released[page.audience][report_of(page)]
        files = [
            measures_csv(records),
            *(each.read_bytes() for each in page.path.parent.glob(f"{page.path.stem}*.csv")),
        ]
        for content in files:
            table = list(csv.DictReader(io.StringIO(content.decode())))
            for line in table:
                if line["measure"] == "compliance" and line["group"] == "all" and line["period"] == NOW:
                    files_shown = main_table(page)[line["standard_id"]][1]
                    told = "[c]" if line["numerator"] == "c" else f"{line['numerator']} of {line['denominator']}"
                    assert files_shown.startswith(told), (page.name, line["standard_id"])
                    rows += 1
            assert "secondary" not in {line["status"] for line in table}, page.name
    print(f"{rows} rows of data files")
    assert rows > 250


def test_a_hidden_number_is_explained_where_it_stands_and_only_there(every_page):
    tables = 0
    for page in every_page:
        for table in page.root.all("table"):
            uses = any("[c]" in cell.text for cell in table.all("td"))
            above = table.before if table.before is not None else table.parent.before
            explained = above is not None and "[c] = confidential" in above.text
            assert uses == explained, (page.name, table.all("caption")[0].text)
            tables += uses
        for part in page.root.all("section"):
            spoken = [part.text, *(each.attrs.get("aria-label", "") for each in part.walk())]
            if any("[c]" in each for each in spoken):
                assert "[c] = confidential" in part.text, (page.name, part.text[:60])
        strip = page.root.classed("ia-facts")
        if strip and "[c]" in strip[0].text:
            assert "[c] = confidential" in page.main.text.split(strip[0].text)[1][:200], page.name
    print(f"{tables} tables with [c], each with its meaning above it")
    assert tables > 10


def test_what_cannot_be_told_is_said_in_one_wording(every_page, root):
    ours = written_by_people(root)
    for page in every_page:
        for text in told(page):
            assert not OTHER_WORDINGS.search(without(text, ours)), (page.name, OTHER_WORDINGS.search(text))
    assert any("Cannot tell" in page.main.text for page in every_page)


def test_better_is_printed_only_where_a_change_is_better(reports, released, root):
    ours = written_by_people(root)
    risen = 0
    for page in reports:
        records = released[page.audience][report_of(page)]
        better = bool(risen_themes(released[page.audience]) & {each.get("theme") for each in records})
        asked_or_defined = {page.root.classed("ia-provenance")[0].text, page.root.all("h1")[0].text}
        claimed = [found for text in told(page) for found in RISEN.findall(without(text, ours | asked_or_defined))]
        assert better or not claimed, (page.name, claimed)
        risen += better
    print(f"{risen} of {len(reports)} pages may say better")
    assert 0 < risen < len(reports)


def risen_themes(edition):
    """The themes of which a page of the edition shows a change that is better, or a status that rests on one."""
    every = [each for records in edition.values() for each in records if each["measure"] in ("change", "impact")]
    return {each.get("theme") for each in every if each.get("verdict") in ("better", "I4", "I5")}


def written_by_people(root):
    """The words of the catalogue and of commentators: theirs, and checked where they come in."""
    work = load_workspace(root)
    texts = [each for standard in work.standards for each in (standard.text, standard.plain or "")]
    texts += [each.title for audit in work.programme for each in (audit, *audit.interventions)]
    texts += [theme.question for theme in work.standards.themes] + [theme.title for theme in work.standards.themes]
    said = (work.evidence / "commentary" / "2024-11.yml").read_text(encoding="utf-8")
    return {
        " ".join(each.split()).rstrip(".") for each in [*texts, *said.replace("words: >-", "").split("\n\n")] if each
    } | {"offers no better choice than"}


def without(text, parts):
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, " ")
    return text


def reach(page):
    """What was done -> the cells of its line."""
    for table in page.root.all("table"):
        heads = [each.text for each in table.all("thead")[0].all("th")]
        if heads[0] == "What was done":
            return {
                row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in table.all("tbody")[0].all("tr")
            }
    return {}


@pytest.fixture(params=("internal", "board"))
def pages_of(request, editions):
    return {report_of(page): page for page in editions[request.param]}


def came_by_team(page):
    """What was done and for which team -> how many came, from the fold under it."""
    for table in page.root.all("table"):
        if table.all("caption")[0].text == "People reached, by team.":
            lines = [[cell.text for cell in row.all("th", "td")] for row in table.all("tbody")[0].all("tr")]
            return {(done, team): int(came) for team, done, came in lines}
    return {}


def test_five_workshops_reached_twenty_five_people_in_three_teams(pages_of):
    assert reach(pages_of[CONSENT])["Five consent workshops"] == ["5", "25", "0"]
    by_service = Counter()
    for (done, team), number in came_by_team(pages_of[CONSENT]).items():
        by_service[re.sub(r" \d$", "", team)] += number if done == "Five consent workshops" else 0
    assert +by_service == {"Front Door Early Help": 6, "Front Door Safeguarding": 8, "Duty & Assessment": 11}


def test_fourteen_people_had_one_to_one_support(pages_of):
    assert reach(pages_of[CONSENT])["One-to-one sessions on consent"][1] == "14"


def test_assessment_training_reached_110_people_before_the_round(pages_of):
    assert reach(pages_of["thematic-assessments"])["Assessment training"][1] == "110"


def test_of_133_at_plans_training_111_came_before_the_round_and_22_while_its_files_were_read_with_34_booked(pages_of):
    sessions, people, booked = reach(pages_of[PLANS])["Plans and planning training"]
    assert (sessions, people, booked) == (
        "5 before this round, 1 during it",
        "111 before this round, 22 during it",
        "34",
    )


@pytest.mark.parametrize(
    ("report", "code", "count"),
    [
        ("thematic-strategy-meetings", "STR-1", (23, 24)),
        (CONSENT, "CON-1", (12, 17)),
        (PLANS, "PLN-1", (40, 57)),
    ],
)
def test_the_figures_of_the_board_report_come_from_the_data(pages_of, report, code, count):
    assert counts_of(main_table(pages_of[report])[code][1])[0] == count


def test_the_round_before_stands_beside_the_round_now(pages_of):
    page = pages_of[CONSENT]
    changes = next(
        table for table in page.root.all("table") if "Read in September 2024" in [each.text for each in table.all("th")]
    )
    row = next(row for row in changes.all("tr") if row.classed("ia-code") and row.classed("ia-code")[0].text == "CON-1")
    cells = {cell.attrs["data-l"]: cell.text for cell in row.all("td")}
    assert counts_of(cells["Read in September 2024"]) == [(9, 20)]
    assert counts_of(cells["Read in November 2024"]) == [(12, 17)]


def test_the_front_page_says_of_each_area_what_its_page_says(editions):
    compared = 0
    for pages in editions.values():
        by_name = {page.path.name: page for page in pages}
        index = by_name.pop("index.html")
        for row in index.root.classed("ia-areas")[0].all("tbody")[0].all("tr"):
            area = row.all("th")[0]
            own = by_name[area.all("a")[0].attrs["href"]]
            standards = main_table(own)
            cells = next(each for each in row.all("span") if each.attrs.get("role") == "img")
            assert len(cells.all("use")) == len(standards), (index.name, own.path.name)
            said = dict(reversed(each.split(" ", 1)) for each in cells.attrs["aria-label"].split(": ")[1].split(", "))
            short = sum(verdict.startswith("Not met") for _, _, verdict in standards.values())
            assert int(said.get("not met", 0)) == short, (index.name, own.path.name)
            if counts := area.all("span")[0].all("b"):
                assert counts[0].text in {files.split(" (")[0] for _, files, _ in standards.values()} or any(
                    counts_of(counts[0].text)[0] in counts_of(files) for _, files, _ in standards.values()
                ), (index.name, own.path.name)
                compared += 1
        falls_short = any(
            "Not met" in verdict for page in by_name.values() for _, _, verdict in main_table(page).values()
        )
        assert index.root.all("h1")[0].text.endswith("Not yet.") == falls_short
    assert compared > 20


def test_every_page_is_linked_from_the_front_page_and_links_the_others_of_its_area(editions):
    for pages in editions.values():
        by_name = {page.path.name: page for page in pages}
        index = by_name.pop("index.html")
        contents = index.root.classed("ia-pages")[0]
        parts = contents.all("div")
        areas = [[a.attrs["href"] for a in part.all("a") if a.attrs["href"] in by_name] for part in parts]
        apart = [part.all("dt")[0].text == "Other registers" for part in parts]  # which share no area
        readers = {
            name
            for area, part in zip(areas, parts, strict=True)
            for name in area
            if part.all("dt")[0].text == "Who read the files"
        }  # which a page of any area may link
        assert sorted(each for area in areas for each in area) == sorted(by_name)
        for area, alone in zip(areas, apart, strict=True):
            for name in area:
                near = [a.attrs["href"] for nav in by_name[name].root.classed("ia-near") for a in nav.all("a")]
                near = [each for each in near if each not in readers or name in readers]
                assert sorted([*near, name]) == ([name] if alone else sorted(area))


def test_no_page_asks_for_more_files_than_its_list_holds(reports, root):
    sizes = {each.id: each.population_size for each in load_workspace(root).programme}
    assert [told for each in reports for told in beyond(each.path.with_suffix(".csv"), sizes)] == []
    for each in reports:
        asked = re.findall(r"needs (?:[\d,]+ to )?([\d,]+) in each round", each.root.text)
        least = min((size for name, size in sizes.items() if size and name in each.path.stem), default=None)
        assert all(least is None or int(most.replace(",", "")) <= least for most in asked), each.path

"""Every page of every edition is a whole, plain, self-contained document that anyone can walk through."""

import itertools
import re
from collections import Counter

MOST_BYTES = 400_000
POLICY = ("default-src 'none'", "base-uri 'none'", "form-action 'none'")


def faults(pages, find):
    """(page, fault) for everything that `find` gives for a page; the count tried is printed."""
    found = [(page.name, fault) for page in pages for fault in find(page)]
    print(f"{find.__name__.replace('_', ' ')}: {len(pages)} pages, {len(found)} faults")
    return found


def test_tags_match_and_the_document_says_what_it_is(every_page):
    def frame(page):
        html = page.root.all("html")
        yield from page.faults
        if page.doctype.lower() != "doctype html":
            yield "no doctype"
        if [each.attrs.get("lang") for each in html] != ["en-GB"]:
            yield "language"
        if not any(each.attrs.get("charset") == "utf-8" for each in page.root.all("meta")):
            yield "no charset"

    assert faults(every_page, frame) == []


def test_there_is_one_main_heading_and_no_level_is_skipped(every_page):
    def headings(page):
        levels = [int(each.name[1]) for each in page.root.all("h1", "h2", "h3", "h4", "h5", "h6")]
        if levels[:1] != [1] or levels.count(1) != 1:
            yield f"headings {levels}"
        yield from (f"h{one} then h{two}" for one, two in itertools.pairwise(levels) if two > one + 1)
        yield from ("empty heading" for each in page.root.all("h1", "h2", "h3") if not each.text)
        if len(page.root.all("main")) != 1:
            yield "main"

    assert faults(every_page, headings) == []


def test_ids_are_unique_and_lead_somewhere(every_page):
    def ids(page):
        given = [each.attrs["id"] for each in page.root.walk() if "id" in each.attrs]
        yield from (name for name, count in Counter(given).items() if count > 1)
        wanted = [each.attrs["href"][1:] for each in page.root.all("a") if each.attrs.get("href", "").startswith("#")]
        yield from (name for name in wanted if name not in given)

    assert faults(every_page, ids) == []


def test_the_title_names_the_report_and_the_period(reports, editions):
    titles = {page.name: page.root.all("title")[0].text for pages in editions.values() for page in pages}
    assert [each for each in titles.items() if "November 2024" not in each[1] or "Northmere" not in each[1]] == []


def test_no_two_pages_of_an_edition_have_the_same_title(editions):
    for pages in editions.values():
        titles = [page.root.all("title")[0].text for page in pages]
        assert [each for each in titles if titles.count(each) > 1] == []


def test_nothing_runs_and_nothing_is_fetched(every_page):
    def references(page):
        yield from (each.name for each in page.root.all("script", "link", "iframe", "object", "embed", "form", "base"))
        for each in page.root.walk():
            yield from (name for name in each.attrs if name.startswith("on"))
            for name in ("href", "src", "srcset", "xlink:href", "action", "data", "poster"):
                if name in each.attrs and not allowed(page, each.attrs[name]):
                    yield f"{each.name} {name}={each.attrs[name][:60]}"
        yield from re.findall(r"@import|url\(\s*['\"]?(?!data:)[^)]*", page.source)
        yield from re.findall(r"(?:https?:)?//[\w.-]+\.\w+", page.source.replace("http://www.w3.org/", ""))

    def allowed(page, target):
        file, _, place = target.partition("#")
        if target.startswith(("#", "data:image/")) or not place:
            return target.startswith(("#", "data:image/")) or (page.path.parent / file).is_file()
        there = page.path.parent / file
        return there.is_file() and f'id="{place}"' in there.read_text(encoding="utf-8")

    assert faults(every_page, references) == []


def test_every_link_leads_to_a_page_of_the_same_edition(every_page):
    def links(page):
        for each in page.root.all("a"):
            target = each.attrs["href"].partition("#")[0]
            if target and not (
                re.fullmatch(r"[\w.-]+\.(html|csv|json|xlsx)", target) and (page.path.parent / target).is_file()
            ):
                yield target
            if not each.text or each.text.lower() in ("here", "click here", "link", "more"):
                yield f"link text {each.text!r}"

    assert faults(every_page, links) == []


def test_every_page_carries_its_own_strict_policy(every_page):
    def policy(page):
        metas = [each for each in page.root.all("meta") if each.attrs.get("http-equiv") == "Content-Security-Policy"]
        if len(metas) != 1:
            yield "no policy"
        said = metas[0].attrs["content"]
        yield from (part for part in POLICY if part not in said)
        if "script-src" in said or "unsafe-eval" in said or "connect-src" in said:
            yield said

    assert faults(every_page, policy) == []


def test_every_table_has_a_caption_and_headers_that_say_something(every_page):
    def tables(page):
        for table in page.root.all("table"):
            if [bool(each.text) for each in table.all("caption")] != [True]:
                yield "caption"
            for head in table.all("th"):
                if head.attrs.get("scope") not in ("row", "col"):
                    yield "scope"
                if not head.text:
                    yield f"empty header in {table.all('caption')[0].text}"
            wide = {len([cell for cell in row.all("td", "th")]) for row in table.all("tr")}
            if len(wide) != 1:
                yield f"rows of {sorted(wide)} cells"
            for cell in table.all("td"):
                if not cell.text and not cell.all("svg"):
                    yield f"empty cell in {table.all('caption')[0].text}"

    print(f"{sum(len(page.root.all('table')) for page in every_page)} tables")
    assert faults(every_page, tables) == []


def test_every_drawing_is_told_in_words_that_state_a_finding(every_page):
    def drawings(page):
        for svg in page.root.all("svg"):
            hidden = "true" in (
                svg.attrs.get("aria-hidden"),
                *(each.attrs.get("aria-hidden") for each in svg.ancestors),
            )
            inside = any(each.name == "svg" for each in svg.ancestors)
            if svg.attrs.get("role") == "img":
                said = svg.attrs.get("aria-label", "").strip()
                if not re.search(r"\d|\[c\]|none|no ", said) or not re.search(r"[.\]]$|\b20\d\d$", said):
                    yield f"alt {said!r}"
            elif not hidden and not inside:
                yield "a drawing that is neither told nor set aside"
        yield from ("an image without words" for each in page.root.all("img") if not each.attrs.get("alt"))

    print(f"{sum(len([s for s in page.root.all('svg') if s.attrs.get('role')]) for page in every_page)} drawings told")
    assert faults(every_page, drawings) == []


def test_every_figure_has_its_numbers_in_a_table_beside_it(every_page):
    def figures(page):
        for figure in page.root.all("figure"):
            section = next(each for each in figure.ancestors if each.name == "section")
            if not section.all("table") or not (figure.all("figcaption") or section.all("h2")):
                yield "figure"

    assert faults(every_page, figures) == []


def test_a_marking_stands_on_what_is_not_for_publication_and_nowhere_else(every_page):
    def marking(page):
        if ("OFFICIAL-SENSITIVE" in page.source) != (page.audience != "public"):
            yield page.audience

    assert faults(every_page, marking) == []


def test_pages_stay_light(every_page):
    def weight(page):
        size = page.path.stat().st_size
        yield from [size] if size > MOST_BYTES else []

    print(f"heaviest: {max(page.path.stat().st_size for page in every_page)} bytes")
    assert faults(every_page, weight) == []


def test_no_page_names_a_machine_a_folder_or_a_user(every_page):
    def machine(page):
        yield from re.findall(
            r"/(?:home|root|tmp|work|Users|var)/[\w./-]*|[A-Z]:\\\\\w+|\.ipynb|\.parquet|(?<!\bfigures)\.xlsx",
            page.source,
        )

    assert faults(every_page, machine) == []

"""No small count comes out when every measure of an audit is put together."""

import csv
import random
from typing import NamedTuple

import pytest

from ilacs_audit.disclosure.release import release
from ilacs_audit.domain.audiences import audience
from ilacs_audit.domain.measures import measures, rows
from tests.disclosure.joint import OF, PARTS, Outsider


class Figure(NamedTuple):
    """One line of a data file."""

    measure: str
    standard_id: str
    level: str
    numerator: int | None
    denominator: int | None


def records(counts, *, group):
    """Compliance and not applicable of each standard, for each level and the whole."""
    standards = sorted({standard for standard, _, _ in counts})
    levels = sorted({level for _, level, _ in counts})
    for standard in standards:
        for level in ("all", *levels):
            chosen = levels if level == "all" else [level]
            met, not_met, away = (sum(counts[standard, each, part] for each in chosen) for part in PARTS)
            about = {"standard_id": standard, "period": "2024-11", "group": "all" if level == "all" else group}
            place = {**about, "theme": "plans", "level": level}
            if met + not_met:
                share = {"numerator": met, "denominator": met + not_met, "value": met / (met + not_met)}
                yield {"measure": "compliance", **place, **share}
            yield {"measure": "not_applicable", **place, "numerator": away, "denominator": met + not_met + away}


def made_up(rng, *, levels, standards):
    """Files by level, each with met, not met or not applicable under each standard; few are not applicable."""
    counts = {}
    for level in levels:
        files = rng.choice((rng.randint(3, 12), rng.randint(12, 40)))
        for standard in standards:
            away = rng.choice((0, 0, rng.randint(1, 3), rng.randint(1, files)))
            met = rng.randint(0, files - away)
            counts |= {
                (standard, level, part): n for part, n in zip(PARTS, (met, files - away - met, away), strict=True)
            }
    return counts


def attacked(counts, *, group, about):
    """Every small count of a level that the audience may not see, with the bounds of the outsider."""
    released = release(measures(records(counts, group=group)), audience=about.id)
    outsider = Outsider(list(rows(released)), about)
    hidden = {(row.standard_id, row.level) for row in rows(released) if row.hidden}
    for (standard, level, part), count in counts.items():
        if 0 < count < about.smallest_count and (standard, level) in hidden:
            low, high = outsider.bounds(standard, level, part)
            assert low <= count <= high
            yield count, low, high


def test_a_count_of_not_applicable_is_not_what_one_standard_leaves_of_another():
    """20 files under the first standard, 18 of them under the second: the 2 were not applicable."""
    counts = {("S1", level, part): n for level in "AB" for part, n in zip(PARTS, (10, 10, 0), strict=True)}
    counts |= {("S2", "A", part): n for part, n in zip(PARTS, (10, 8, 2), strict=True)}
    counts |= {("S2", "B", part): n for part, n in zip(PARTS, (10, 10, 0), strict=True)}
    about = audience("board")
    found = list(attacked(counts, group="ethnicity", about=about))
    assert found == [(2, low, high) for _, low, high in found]
    assert all(low < high for _, low, high in found)


@pytest.mark.parametrize(("name", "group"), [("board", "ethnicity"), ("public", "team")])
def test_no_small_count_is_recovered_from_all_measures_together(name, group):
    rng, about = random.Random(20241121), audience(name)
    found = []
    for _ in range(40):
        counts = made_up(rng, levels=("A", "B", "C"), standards=("S1", "S2"))
        found += attacked(counts, group=group, about=about)
    recovered = [each for each in found if each[1] == each[2]]
    print(f"{name}: {len(found)} small counts of 40 audits attacked with all measures, {len(recovered)} recovered")
    assert len(found) > 40
    assert recovered == []


def test_no_small_count_of_the_published_public_edition_is_recovered(published):
    """The public pages attacked with everything on them; the internal edition knows the truth."""
    about, found = audience("public"), []
    for page in sorted((published / "public" / "2024-11").glob("*.csv")):
        shown, truth = figures(page), exact(figures(published / "internal" / "2024-11" / page.name))
        outsider = Outsider(shown, about)
        hidden = {(row.measure, row.standard_id, row.level) for row in shown if row.numerator is None}
        for (measure, standard, level, part), count in truth.items():
            if 0 < count < about.smallest_count and (measure, standard, level) in hidden:
                low, high = outsider.bounds(standard, level, part)
                assert low <= count <= high
                found.append((page.name, standard, level, low, high))
    recovered = [each for each in found if each[3] == each[4]]
    print(f"public edition: {len(found)} small counts attacked with all measures, {len(recovered)} recovered")
    assert len(found) > 300
    assert recovered == []


def figures(path):
    """The counts of November in a page's data file."""
    with path.open(encoding="utf-8", newline="") as file:
        told = [each for each in csv.DictReader(file) if each["period"] == "2024-11" and each["measure"] in OF]
    words = [[each[name] for name in ("measure", "standard_id", "level")] for each in told]
    counts = [[number(each[name]) for name in ("numerator", "denominator")] for each in told]
    return [Figure(*said, *count) for said, count in zip(words, counts, strict=True)]


def number(cell):
    return None if cell in ("", "c") else int(float(cell))


def exact(rows_):
    """The counts of each part, where they are shown."""
    shown = [row for row in rows_ if row.numerator is not None]
    counts = {(row.measure, row.standard_id, row.level, OF[row.measure][0]): row.numerator for row in shown}
    shares = [row for row in shown if row.measure == "compliance"]
    return counts | {
        (row.measure, row.standard_id, row.level, "not met"): row.denominator - row.numerator for row in shares
    }

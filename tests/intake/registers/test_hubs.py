"""Children are found in the hubs' register by name and birth date, and what nobody can tell stays open."""

from __future__ import annotations

import pandas as pd
import pytest

from ilacs_audit.analysis.registers.hubs import hub_attendance
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.measures import rows
from ilacs_audit.intake.loading import load_attendance
from ilacs_audit.intake.registers import hubs, reading
from ilacs_audit.intake.registers.hubs import Review, linked
from ilacs_audit.intake.registers.identifiers import register_identifiers, registered
from tests.intake.registers.planted_hubs import planted

KEY = b"a secret"
# Whom the two systems have in common, so that names and days are as rare by chance as they are in a council.
GIVEN = ("Amara", "Bilal", "Carys", "Dmitri", "Efua", "Farida")
FAMILY = ("Abbott", "Barlow", "Critchley", "Dunkerley", "Entwistle", "Fairhurst", "Gerrard", "Holt")
NAMES = [f"{given} {family}" for given in GIVEN for family in FAMILY]
USUAL = [(name, f"{2020 + n % 4}-{1 + n % 12:02d}-{1 + n % 28:02d}") for n, name in enumerate(NAMES)]


def day(told):
    return pd.to_datetime(told) if told else pd.NaT


def link(children, records, *, said=None, usual=True):
    """How each child is matched and whether it came, and the pairs to ask about; beside 48 of whom all is known."""
    ours = [(f"C{n}", name, day(born), "CP", 2) for n, (name, born) in enumerate(children)]
    ours += [(f"U{n}", name, day(born), "CIN", 2) for n, (name, born) in enumerate(USUAL)] if usual else []
    theirs = [(name, day(born), came) for name, born, came in records]
    theirs += [(name, day(born), "no") for name, born in USUAL] if usual else []
    review = Review(said or {}, {}, [])
    frame = pd.DataFrame(ours, columns=["child_ref", "name", "born", "cohort", "age"]).astype({"age": "Int64"})
    other = pd.DataFrame(theirs, columns=["name", "born", "attended"])
    table = linked(
        frame.astype({"born": "datetime64[ns]"}), other.astype({"born": "datetime64[ns]"}), key=KEY, review=review
    )
    found = {row.child_ref: (row.matched, row.attended) for row in table.itertuples() if row.cohort == "CP"}
    return (
        [found[f"C{n}"] for n in range(len(children))],
        list(review.pairs.values()),
        int((table["child_ref"] == "").sum()),
    )


AVA = ("Ava Moss", "2021-03-14")


SPELLINGS = {
    ("Ava Moss", "2021-03-14"): (("MOSS, Ava", "2021-03-14"), ("yes", "yes")),
    ("Áine O'Shea", "2021-01-02"): (("AINE OSHEA", "2021-01-02"), ("yes", "yes")),
    ("Cerys Pugh", "2022-02-20"): (("Ceryss Pugh", "2022-02-20"), ("likely", "yes")),
    ("Nadia Rimmer", "2023-05-21"): (("Rimmer Nadia", "2023-05-21"), ("likely", "yes")),
    ("Jude Tickle", "2020-06-22"): (("Jude Tickle", "2020-06-23"), ("likely", "yes")),
    ("Kofi Sephton", "2021-07-04"): (("Kofi Sephton", "2021-04-07"), ("likely", "yes")),
    ("Łucja Nowak", "2022-08-25"): (("Lucja Nowak", ""), ("no", "")),
    ("Maya Prescott", "2023-09-26"): (("Maya Whittle", "2023-09-26"), ("no", "")),  # a mother's name, or another child
    ("Bella Unsworth", "2020-10-27"): (("Una Unsworth", "2020-10-27"), ("no", "")),  # a twin, or what she is called
    ("Iris Kaur", "2021-11-28"): (("Theo Yates", "2022-01-30"), ("none", "no")),
}


def test_a_child_is_found_however_its_record_is_written():
    found, _, _ = link([*SPELLINGS], [(*told, "yes") for told, _ in SPELLINGS.values()])
    assert dict(zip(SPELLINGS, found, strict=True)) == {child: how for child, (_, how) in SPELLINGS.items()}


def test_twins_are_two_children_and_the_record_of_one_is_not_the_others():
    twins = [AVA, ("Bella Moss", AVA[1])]
    assert link(twins, [(*AVA, "yes")])[0] == [("yes", "yes"), ("none", "no")]
    found, asked, _ = link(twins, [("Avva Moss", AVA[1], "yes")])
    assert found == [("no", ""), ("no", "")]  # Ava's record by its letters, and nothing else says so
    assert len(asked) == 2


def test_two_children_of_one_name_and_day_leave_it_open_whose_the_record_is():
    assert link([AVA, AVA], [(*AVA, "yes")])[0] == [("no", "")] * 2


def test_a_child_written_down_twice_by_the_hubs_came_if_either_record_says_so():
    assert link([AVA], [(*AVA, "no"), (*AVA, "yes")])[0] == [("yes", "yes")]
    assert link([AVA], [(*AVA, "no"), ("Ava Mosss", AVA[1], "yes")])[0] == [("yes", "")]  # perhaps hers


def test_attendance_that_is_not_known_is_not_known_of_the_child():
    assert link([AVA], [(*AVA, "")])[0] == link([AVA], [(*AVA, "unknown")])[0] == [("yes", "")]


def test_a_record_that_names_nobody_may_be_anybodys():
    assert link([AVA], [("", "", "yes"), ("Ava", "", "yes"), ("", "", "no")]) == ([("none", "no")], [], 2)
    assert link([("", "")], [("Iris Kaur", "2022-07-01", "yes")])[0] == [("no", "")]


@pytest.mark.parametrize(("said", "found"), [("yes", ("reviewed", "yes")), ("no", ("none", "no")), ("", ("no", ""))])
def test_what_a_person_says_of_a_pair_changes_the_link(said, found):
    other = ("Bella Moss", AVA[1], "yes")
    _, [pair], _ = link([AVA], [other])
    again, asked, _ = link([AVA], [other], said={pair.id: said})
    assert again == [found]
    assert asked == [pair]  # and it stays on the sheet, with its answer
    assert link([AVA], [("Bella Mosse", *other[1:])], said={pair.id: said})[0] == [("no", "")]  # said of another record


def test_a_person_may_deny_what_is_likely():
    _, [pair], _ = link([AVA], [("Avva Moss", AVA[1], "yes")])
    assert link([AVA], [("Avva Moss", AVA[1], "yes")], said={pair.id: "no"})[0] == [("none", "no")]


def test_nobody_is_asked_of_a_pair_that_could_move_no_count():
    assert link([AVA], [("Bella Moss", AVA[1], "no"), (*AVA, "yes")])[1] == []


def test_a_pair_is_blind():
    ours, theirs = [(f"{name}z", born) for name, born in USUAL], [(name, born, "yes") for name, born in USUAL]
    pairs = [
        each for each in link(ours, theirs, usual=False)[1] if each.one[0].rstrip("z") == each.other[0].rstrip("z")
    ]
    assert len(pairs) == 48
    first = [pair.one[0].endswith("z") for pair in pairs]
    assert 12 < sum(first) < 36  # which register stands first tells nothing
    assert {len(pair) for pair in pairs} == {3}  # an id and two records, and no probability
    ids = [pair.id for pair in sorted(pairs)]
    assert ids != [pair.id for pair in sorted(pairs, key=lambda each: each.one)]


@pytest.mark.parametrize(
    ("children", "records"),
    [([], []), ([], [(*AVA, "yes")]), ([AVA], []), ([AVA], [(*AVA, "yes")]), ([("", "")], [("", "", "")])],
)
def test_registers_of_one_row_or_none_are_no_crash(children, records):
    found, _, _ = link(children, records, usual=False)
    assert len(found) == len(children)


def test_without_the_extra_only_the_same_name_and_day_count_and_the_rest_is_untried(monkeypatch):
    monkeypatch.setattr(hubs, "can_weigh", lambda: False)
    found, asked, spare = link([AVA, ("Bella Moss", AVA[1])], [(*AVA, "yes"), ("Bela Moss", AVA[1], "yes")])
    assert (found, asked, spare) == ([("yes", "yes"), ("untried", "no")], [], 1)


@pytest.mark.parametrize("shape", [{}, {"days": False}, {"size": 40, "others": 60}, {"wrong": 0.0}])
def test_the_truth_lies_within_the_ends(shape):
    for seed in (11,):
        made = planted(seed, **shape)
        table = linked(made.children, made.records, key=KEY, review=Review({}, {}, []))
        for row in rows(hub_attendance(table)):
            if row.measure == "hub_came" and row.level in made.truth:
                came, of = made.truth[row.level]
                assert row.denominator == of
                assert row.numerator <= came <= round(row.upper * of), (seed, row.level)


def test_the_same_registers_give_the_same_table_in_whatever_order_they_come():
    made = planted(5, size=60, others=90)
    turned = made.records.iloc[::-1].reset_index(drop=True)
    first, again, other = (
        linked(made.children, each, key=KEY, review=Review({}, {}, [])) for each in (made.records, made.records, turned)
    )
    pd.testing.assert_frame_equal(first, again)
    pd.testing.assert_frame_equal(first, other)


CHILDREN = "Person ID,Surname,Forename,DOB,Cohort,Age,Address\n0000101,Moss,Ava,14/03/2021,CP,3,1 Lane\n"
RECORDS = (
    "Child's name,Date of birth,Attended in last 6 months,Hub\nMOSS Ava,2021-03-14,no,Willow\nAva Moss,14/03/2021,Y,X\n"
)


def write(folder, **files):
    (folder / "registers").mkdir(parents=True)
    (folder / "authority.yml").write_text("name: Northmere\nexample: true\n", encoding="utf-8")
    for name, text in files.items():
        (folder / "registers" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_two_registers_become_one_without_a_name_or_a_day(tmp_path):
    loaded = load_attendance(write(tmp_path, hub_children=CHILDREN, hub_records=RECORDS))
    assert loaded.table.columns.tolist() == ["child_ref", "cohort", "age", "attended", "matched"]
    [row] = loaded.table.to_dict("records")
    assert (row["cohort"], row["age"], row["attended"], row["matched"]) == ("CP", 3, "yes", "yes")
    told = loaded.table.to_csv() + loaded.problems.to_csv()
    assert not any(each in told.casefold() for each in ("ava", "moss", "2021", "0000101", "lane"))
    assert loaded.problems.empty


def test_everybody_in_them_is_looked_for_in_finished_pages(tmp_path):
    folder = write(tmp_path, hub_children=CHILDREN, hub_records=RECORDS + "Iris Kaur,,yes,X\n")
    assert {"0000101", "Ava Moss", "Iris Kaur"} <= register_identifiers(folder)
    assert {"ava moss", "iris kaur"} <= registered(folder, key=KEY).names


def test_one_register_without_the_other_or_without_names_is_refused(tmp_path):
    with pytest.raises(ReturnsError, match="hub_children and hub_records one is missing"):
        load_attendance(write(tmp_path / "a", hub_children=CHILDREN))
    bare = RECORDS.replace("Child's name", "Row")
    with pytest.raises(ReturnsError, match="cannot do without: name"):
        load_attendance(write(tmp_path / "b", hub_children=CHILDREN, hub_records=bare))


def test_hubs_that_never_say_who_attended_are_refused(tmp_path):
    silent = RECORDS.replace(",no,", ",,").replace(",Y,", ",,")
    with pytest.raises(ReturnsError, match=r"tells nothing that can be read.*attended"):
        load_attendance(write(tmp_path, hub_children=CHILDREN, hub_records=silent))


def test_without_the_extra_the_owner_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(hubs, "can_weigh", lambda: False)
    loaded = load_attendance(write(tmp_path, hub_children=CHILDREN, hub_records=RECORDS.replace("Ava", "Eva")))
    assert set(loaded.problems["rule"]) == {"linked-exactly"}
    (told,) = reading.told_of_columns(loaded.problems)
    assert "1 of 1 children could not be matched" in told
    assert "pip install 'ilacs_audit[link]'" in told

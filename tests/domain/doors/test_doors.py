"""The doors of the public functions: what each refuses, in which words, and that none lets a developer's error out."""

import inspect
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilacs_audit as ia
from ilacs_audit.domain.catalogue.limits import Limits
from ilacs_audit.domain.columns import ANSWER_COLUMNS, PROBLEM_COLUMNS, SIDE_TABLES
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.errors import AuditError, CatalogueError, ReturnsError, UsageError
from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.programme import read_programme
from ilacs_audit.domain.standards import Standards, read_theme
from ilacs_audit.intake.problems import Loaded
from tests import shelf

PLAIN = {"version": 1, "target": 0.9, "kind": "compliance", "records": "done", "areas": ["A2"]}
SOURCE = {"applies_to": "every file", "source": {"text": "local", "kind": "local"}}
ASKED = [
    PLAIN | SOURCE | {"id": name, "text": name, "plain": f"Question {name}", "scale": "yes_no"}
    for name in ("CON-1", "CON-2", "CON-3")
]
ENTRY = {"theme": "consent", "title": "Consent", "question": "?", "edition": 1, "areas": ["A2"], "standards": ASKED}
STANDARDS = Standards((read_theme(ENTRY, file="consent.yml"),))
ROUND = {"title": "Consent", "theme": "consent", "kind": "dip_sample", "selection": "random", "intended": 6}
PROGRAMME = read_programme(
    [
        ROUND | {"id": "consent-2024-09", "period": "2024-09", "on": date(2024, 9, 18), "edition": 1},
        ROUND
        | {"id": "consent-2024-11", "period": "2024-11", "on": date(2024, 11, 18), "edition": 1}
        | {"baseline": "consent-2024-09"},
    ],
    file="programme.yml",
)
AUDIT = PROGRAMME["consent-2024-11"]
CATALOGUE = {"standards": STANDARDS, "programme": PROGRAMME}


def answers(audit="consent-2024-11", answer="yes", role="auditor", **more):
    rows = [
        dict.fromkeys(ANSWER_COLUMNS, "")
        | {"audit_id": audit, "period": audit[-7:], "child_ref": f"C-{child}", "team": "North", "role": role}
        | {"standard_id": standard, "standard_version": 1, "answer": answer, "rater_ref": "P-1"}
        for child in range(6)
        for standard in ("CON-1", "CON-2")
    ]
    return pd.DataFrame(rows).assign(audited_on=pd.Timestamp("2024-11-18"), **more)


def register():
    row = {"event_id": "E", "course": "buddy", "team": "North", "person_ref": "P", "booked": "yes", "attended": "yes"}
    return pd.DataFrame([row]).assign(on=pd.Timestamp("2024-10-01"))


def side(name, *columns):
    """A register of one row, its days at the tenth of November."""
    columns = columns or SIDE_TABLES[name]
    days = {each: pd.Timestamp("2024-11-10") for each in columns if each.endswith(("_on", "_at"))}
    return pd.DataFrame([dict.fromkeys(columns, "1")]).assign(**days)


NOW, BEFORE = answers(), answers("consent-2024-09", "no")
FOUND, EARLIER = (ia.verdict(ia.compliance(each, **CATALOGUE)) for each in (NOW, BEFORE))
CHANGES = ia.reaudit_impact(BEFORE, NOW, **CATALOGUE)
PROBLEMS = pd.DataFrame(columns=[*PROBLEM_COLUMNS])
MONTHS = ia.release(ia.compliance_over_time(pd.concat([BEFORE, NOW], ignore_index=True)), audience="board")
CASES = NOW.drop_duplicates("child_ref").assign(worker_ref="P-9", born="2010-01-02")
GRADINGS = pd.DataFrame(
    [
        {
            "council": "Our council",
            "ours": True,
            "pack": "P1",
            "number": 1,
            "vignette": f"v-{item}",
            "question": f"{item}a",
        }
        | {
            "item": f"v-{item} 1",
            "theme": "consent",
            "standard_id": "CON-1",
            "asked": "Was it asked?",
            "reader": reader,
        }
        | {"grade": "met", "anchor": "met", "why": "It says so."}
        for item in range(8)
        for reader in ("A10", "B11")
    ]
)
GOOD = {
    "returns": NOW,
    "answers": NOW,
    "before": BEFORE,
    "after": NOW,
    "among": NOW,
    "problems": PROBLEMS,
    "training": register(),
    "cases": CASES,
    "gradings": GRADINGS,
    "auditors": pd.DataFrame({"auditor": ["P-1"], "team": ["South"], "capacity": [20]}),
    **{name: side(name) for name in ("tracker", "visits", "closures", "escalations")},
    "limits": Limits(),
    "holidays": (),
    "released": ia.release(FOUND, audience="board"),
    "found": FOUND,
    "changes": CHANGES,
    "lasting": CHANGES,
    "trust": ia.trust_facts(NOW, PROBLEMS, programme=PROGRAMME, audits=["consent-2024-11"]),
    "measures": FOUND,
    "frames": FOUND,
    "findings": FOUND,
    "work": shelf.opened(shelf.Shelf()),
    "frame": FOUND,
    "table": FOUND,
    "what": FOUND,
    "evidence": FOUND,
    "left": CASES,
    "right": CASES,
    **CATALOGUE,
    "audit": AUDIT,
    "audits": ["consent-2024-11"],
    "as_of": "2024-11-21",
    "audience": "board",
    "standard": "CON-1",
    "standard_id": "CON-1",
    "size": 2,
    "seed": 1,
    "caption": "Caption",
    "method": ["Drawn at random."],
    "words": "The managers will meet in May.",
    "text": "The managers will meet in May.",
    "question": "Is it better?",
    "on": ["child_ref", "born"],
}
OTHERWISE = {
    "change": {"before": EARLIER, "after": FOUND},
    "expected_false_flags": {"before": EARLIER, "after": FOUND},
    "dip_sample_estimate": {"audit": "consent-2024-11"},
    "pseudonymise": {"table": CASES, "columns": {"child_ref": "child"}, "key": "a secret of the tests"},
    "visit_timeliness": {"cases": side("cases", "child_ref", "plan_type", "opened_on", "closed_on")},
    "meeting_timeliness": {"table": side("meetings")},
    "assessment_timeliness": {"table": side("assessments", "started_on", "authorised_on")},
    "conference_timeliness": {"table": side("conferences", "strategy_on", "conference_on")},
    "triangulate": {"counts": FOUND},
    "before_after_plot": {"audits": [AUDIT]},
    "spc_chart": {"audits": [AUDIT], "released": MONTHS},
}
NOT_A_TABLE = {"change": {"returns"}}
MAY_BE_ABSENT = {
    ("expected_false_flags", "changes"),
    ("impact", "lasting"),
    ("reaudit_impact", "among"),
    ("trust_facts", "before"),
    ("visit_timeliness", "cases"),
    ("triangulate", "counts"),
    *((name, "problems") for name in ("compliance", "dip_sample_estimate", "grade_distribution", "reaudit_impact")),
    *((name, "problems") for name in ("corrected_headline", "form_doctor", "missing_return_bounds", "triangulate")),
}


def tables_of(name):
    """The parameters of a public function that are tables."""
    parameters = inspect.signature(getattr(ia, name)).parameters.values()
    return [each.name for each in parameters if "DataFrame" in str(each.annotation)]


def functions():
    return [name for name in ia.__all__ if inspect.isfunction(getattr(ia, name))]


TAKES_A_TABLE = [name for name in functions() if tables_of(name)]
EVERY_TABLE = [(name, table) for name in TAKES_A_TABLE for table in tables_of(name)]


def call(name, tmp_path, **wrong):
    """Call a public function with what it needs, one thing of it wrong."""
    given = GOOD | {"path": tmp_path / "out.csv"} | OTHERWISE.get(name, {}) | wrong
    function, placed, named = getattr(ia, name), [], {}
    for each in inspect.signature(function).parameters.values():
        if each.name in given and each.name not in NOT_A_TABLE.get(name, ()):
            if each.kind is each.KEYWORD_ONLY:
                named[each.name] = given[each.name]
            else:
                placed.append(given[each.name])
    return function(*placed, **named)


@pytest.mark.parametrize("name", TAKES_A_TABLE)
def test_every_public_function_takes_the_table_it_is_meant_for(name, tmp_path):
    call(name, tmp_path)


@pytest.mark.parametrize(("name", "table"), EVERY_TABLE)
@pytest.mark.parametrize(
    "wrong",
    [Loaded(NOW, PROBLEMS), "data/example", Path("data/example"), [NOW], PROGRAMME, 3, None, pd.DataFrame()],
    ids=["loaded", "text", "path", "list", "programme", "number", "nothing", "no columns"],
)
def test_every_public_function_refuses_what_is_no_table_and_says_what_to_do(name, table, wrong, tmp_path):
    if (wrong is None and (name, table) in MAY_BE_ABSENT) or (name == "select" and isinstance(wrong, pd.DataFrame)):
        return
    with pytest.raises(AuditError) as refused:
        call(name, tmp_path, **{table: wrong})
    assert refused.value.fix
    assert str(refused.value).count("\n") == 0


@pytest.mark.parametrize(("name", "table"), EVERY_TABLE)
def test_a_table_of_the_other_kind_is_refused(name, table, tmp_path):
    right = (GOOD | OTHERWISE.get(name, {}))[table]
    other = FOUND if "child_ref" in right else NOW
    if name == "select":
        return
    with pytest.raises(AuditError) as refused:
        call(name, tmp_path, **{table: other})
    assert refused.value.fix


@pytest.mark.parametrize(("name", "table"), EVERY_TABLE)
def test_a_table_without_one_of_its_columns_is_read_or_refused(name, table, tmp_path):
    whole = (GOOD | OTHERWISE.get(name, {}))[table]
    for column in whole.columns:
        try:
            call(name, tmp_path, **{table: whole.drop(columns=column)})
        except AuditError as refused:
            assert refused.fix


def test_a_loaded_table_is_told_how_to_be_a_table():
    with pytest.raises(UsageError, match=r"a table with its problems, where answers are needed.*write \.table after"):
        ia.compliance(Loaded(NOW, PROBLEMS))
    with pytest.raises(UsageError, match=r"where problems are needed.*write \.problems after"):
        ia.trust_facts(NOW, Loaded(NOW, PROBLEMS), programme=PROGRAMME, audits=[])


SENTENCES = [
    ("compliance", {"returns": answers(answer="YES")}, "words that their scale does not know, such as 'YES'"),
    ("compliance", {"returns": answers(answer=True)}, "such as 'True'.*write good.* or yes"),
    ("compliance", {"returns": answers(answer=1)}, "such as '1'.*12 rows"),
    ("compliance", {"returns": answers(answer="1")}, "such as '1'.*write yes, partly or no"),
    ("compliance", {"returns": answers(answer=None)}, "words that their scale does not know"),
    ("compliance", {"returns": answers(role="Auditor")}, "roles are not those of a return.*12 rows.*auditor, moder"),
    (
        "compliance",
        {"role": "Moderator"},
        "'Moderator' is not a role whose answers are counted.*Did you mean 'moderator'",
    ),
    ("compliance", {"by": "teem"}, "no column 'teem'.*Did you mean 'team'"),
    ("compliance", {"standards": PROGRAMME}, "standards= was given the programme, where the standards are needed"),
    ("compliance", {"programme": STANDARDS}, "programme= was given the standards, where the programme is needed"),
    ("compliance", {"standards": "data/standards"}, "standards= was given a text or a path.*load_standards"),
    ("measures_table", {"standards": PROGRAMME}, "standards= was given the programme"),
    ("heat_map", {"standards": "data/standards"}, "standards= was given a text or a path"),
    ("compare_groups", {"standard": "CON1"}, "no standard 'CON1'.*Did you mean 'CON-1'"),
    ("compare_groups", {"standard": "CON9", "standards": None}, "no standard 'CON9'.*Did you mean 'CON-2' or 'CON-1'"),
    ("before_after_plot", {"standard_id": "CON1"}, "no standard 'CON1'.*Did you mean 'CON-1'"),
    ("spc_chart", {"standard_id": "CON1"}, "no standard 'CON1'"),
    ("funnel_plot", {"standard_id": "CON1"}, "no standard 'CON1'"),
    ("dip_sample_estimate", {"audit": "consent-2024-1"}, "no audit 'consent-2024-1'.*Did you mean 'consent-2024-11'"),
    ("trust_facts", {"audits": ["consent-2024-12"]}, "no audit 'consent-2024-12'.*Did you mean"),
    ("training_reach", {"audits": None}, "audits= was given nothing, where ids of audits are needed"),
    ("training_reach", {"training": register().assign(on="01/10/2024")}, "'on'.*do not all hold days"),
    ("impact", {"audit": "consent-2024-11"}, "audit= was given a text or a path.*work.programme"),
    ("method_notes", {"audit": None}, "audit= was given nothing, where the protocol of an audit is needed"),
    ("timeline", {"audits": ["consent-2024-11"]}, "audits= was given a text.*protocol"),
    ("timeline", {"audits": AUDIT}, "a list of protocols is needed"),
    ("release", {"audience": "boards"}, "'boards' is not an audience.*Did you mean 'board'.*internal, board, public"),
    ("release", {"audience": "Board"}, "'Board' is not an audience.*Did you mean 'board'"),
    ("release", {"ledger": "ledger.json"}, "ledger= was given a text or a path"),
    ("change", {"worthwhile": 10}, "worthwhile= was given '10', which is not a share.*0.9 for 90%"),
    ("draw_sample", {"size": "30"}, "size= was given '30', which is not a whole number"),
    ("draw_sample", {"strata": "teem"}, "no column 'teem'.*'team'"),
    ("pseudonymise", {"columns": {"child": "child"}}, "no column 'child'.*'child_ref'"),
    ("pseudonymise", {"columns": {"child_ref": "kid"}}, "'kid' has no pseudonyms.*child, person, request"),
    ("link_records", {"on": "child_ref"}, "linked by two columns"),
    ("save_measures", {"path": None}, "save_measures was given nothing"),
]


@pytest.mark.parametrize(("name", "wrong", "words"), SENTENCES)
def test_a_door_refuses_in_one_sentence_that_says_what_to_do(name, wrong, words, tmp_path):
    with pytest.raises(AuditError, match=words) as refused:
        call(name, tmp_path, **wrong)
    assert refused.value.fix
    assert len(refused.value.what) <= 110


PLAIN_SENTENCES = [
    (lambda: PROGRAMME["consent-2024-1"], "no audit 'consent-2024-1'.*Did you mean 'consent-2024-11'"),
    (lambda: PROGRAMME[None], "no audit 'None'"),
    (lambda: STANDARDS["CON1"], "no standard 'CON1'.*Did you mean 'CON-1'"),
    (lambda: STANDARDS.theme("consents"), "no theme 'consents'.*Did you mean 'consent'"),
    (lambda: ia.select(FOUND, levels="all"), "no column 'levels'.*Did you mean 'level'"),
    (lambda: ia.power_card("20"), "files= was given '20', which is not a whole number"),
    (lambda: ia.power_card(20, target="80"), "target= was given .80.*, which is not a share"),
    (lambda: ia.power_card(20, target="90%"), "target= was given '90%', which is not a share"),
    (lambda: ia.power_card(before=60, after=80), "before= was given '60', which is not a share"),
    (lambda: ia.scan("a page", "Anna"), "not said whom to look for"),
    (lambda: ia.run("Nov-2024", workspace=None, outputs="x"), "'Nov-2024' is not a period"),
    (lambda: ia.run("2024-11", workspace=".", outputs="x"), "workspace= was given a text or a path"),
    (lambda: ia.run("2024-11", workspace=None, outputs="x", as_of="05/11/2024"), "'05/11/2024' is not a day"),
    (lambda: ia.impact_status("x", as_of="2024-11-21"), "evidence= was given a text or a path"),
]


@pytest.mark.parametrize(("door", "words"), PLAIN_SENTENCES)
def test_a_name_a_number_or_a_month_that_cannot_be_read_is_refused(door, words):
    with pytest.raises(AuditError, match=words) as refused:
        door()
    assert refused.value.fix


@pytest.mark.parametrize("day", ["05/11/2024", "20241105", "2024-W45", "2024-11-31", "", None, 20241105])
@pytest.mark.parametrize("name", ["impact", "training_reach"])
def test_a_report_never_guesses_the_day_it_speaks_for(name, day, tmp_path):
    with pytest.raises(UsageError, match=r"is not a day, so as_of cannot be read.*YYYY-MM-DD"):
        call(name, tmp_path, as_of=day)


@given(st.text(min_size=1, max_size=60))
def test_a_strange_word_is_refused_and_quoted_only_where_it_cannot_be_a_name(word):
    if word in doors.WORDS:
        return
    with pytest.raises(ReturnsError) as refused:
        ia.compliance(answers(answer=word))
    said = str(refused.value)
    assert (
        f"'{word}'" not in said or word.casefold() in doors.WORDS or not any(c.isalpha() for c in word) or len(word) < 6
    )


@pytest.mark.parametrize("name", ["Anna Jones", "anna", "Yesmina", "x" * 31])
def test_what_may_be_a_persons_name_is_not_repeated(name):
    for table in (answers(answer=name), answers(role=name)):
        with pytest.raises(ReturnsError) as refused:
            ia.compliance(table)
        assert name not in str(refused.value)


def test_at_most_three_strange_words_are_shown():
    words = ["YES", "NO", "Y", "N", "True", "0"]
    with pytest.raises(ReturnsError) as refused:
        ia.compliance(answers().assign(answer=words * 2))
    assert refused.value.what.count("'") == 6


def test_marks_out_of_ten_pass_where_the_standard_is_asked_that_way():
    asked = Standards((read_theme(ENTRY | {"standards": [{**each, "scale": "scaling"} for each in ASKED]}, file="c"),))
    found = ia.compliance(answers(answer="8"), standards=asked)
    assert ia.select(found, measure="compliance")["numerator"].tolist() == [6, 6]


def test_an_audit_without_answers_still_gives_no_rows():
    assert ia.compliance(NOW[:0], **CATALOGUE).empty
    assert ia.dip_sample_estimate(NOW, audit=None, **CATALOGUE).empty


def test_one_audit_may_be_named_without_a_list():
    one, listed = (ia.trust_facts(NOW, PROBLEMS, programme=PROGRAMME, audits=each) for each in (AUDIT.id, [AUDIT.id]))
    pd.testing.assert_frame_equal(one, listed)


def test_a_funnel_of_no_groups_is_no_funnel():
    assert ia.funnel_plot(ia.release(measures([]), audience="board")).html == ""


def test_a_door_gives_back_the_table_it_was_given():
    assert doors.answers(NOW, **CATALOGUE) is NOW
    assert doors.findings(FOUND) is FOUND


def test_a_name_like_no_other_is_given_no_neighbour():
    with pytest.raises(CatalogueError) as refused:
        PROGRAMME["zebra"]
    assert "Did you mean" not in str(refused.value)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"audit": "consent-2024-1"}, "no audit 'consent-2024-1'.*Did you mean.*consent-2024-11"),
        ({"as_of": "05/11/2024"}, "05/11/2024"),
        ({"as_of": "2024-11-31"}, "2024-11-31"),
        ({"period": "Nov-2024"}, "Nov-2024"),
        ({"audience": "boards"}, "'boards'.*Did you mean.*board"),
        ({"workspace": "nowhere"}, "nowhere"),
    ],
)
@pytest.mark.parametrize("door", ["open_audit", "open_evidence"])
def test_evidence_is_opened_for_a_day_a_month_and_a_reader_that_are_known(root, door, wrong, words):
    right = {"audit": "consent-2024-11", "period": "2024-11", "as_of": "2024-11-21", "audience": "board"}
    asked = {**right, "workspace": root, **wrong}
    if door == "open_evidence" and asked.pop("audit") != right["audit"]:
        return
    with pytest.raises(AuditError, match=words):
        getattr(ia, door)(asked.pop("audit"), **asked) if "audit" in asked else getattr(ia, door)(**asked)


WORK = shelf.opened(shelf.Shelf())
PAGE = ia.page(WORK, ia.verdict(ia.compliance(WORK)))
OF_AN_AUDIT = [
    *("compliance", "dip_sample_estimate", "reaudit_impact", "trust_facts", "training_reach", "grade_distribution"),
    *("moderation_flow", "compliance_over_time", "compare_groups", "impact", "thematic", "dip_sample", "reaudit"),
]
OF_A_PAGE = [
    *(
        "opening",
        "closing",
        "title",
        "headline",
        "trust_box",
        "decisions",
        "filters",
        "commentary",
        "provenance",
    ),
    *("measures_table", "comparison_table", "heat_map", "funnel_plot", "before_after_plot", "spc_chart", "grade_bar"),
    *("reach_table", "impact_table", "flow_plot", "timeline", "evidence_table"),
]


@pytest.mark.parametrize("name", OF_AN_AUDIT)
def test_a_page_where_an_audit_is_meant_is_refused(name):
    with pytest.raises(UsageError, match=r"a page, where an opened audit is needed.*ia\.open_audit"):
        getattr(ia, name)(PAGE)


@pytest.mark.parametrize("name", OF_A_PAGE)
def test_an_audit_where_a_page_is_meant_is_refused(name):
    with pytest.raises(UsageError, match=r"an opened audit, where a page is needed.*ia\.page"):
        getattr(ia, name)(WORK)


@pytest.mark.parametrize("name", ["thematic", "opening", "closing"])
@pytest.mark.parametrize("wrong", [None, "consent-2024-11", 3])
def test_what_is_none_of_the_three_words_is_refused(name, wrong):
    with pytest.raises(UsageError, match="is needed"):
        getattr(ia, name)(wrong)


@pytest.mark.parametrize("audit", [None, "", ["consent-2024-11"], 3])
def test_an_audit_is_opened_by_its_id(root, audit):
    with pytest.raises(UsageError, match="audit= was given"):
        ia.open_audit(audit, as_of="2024-11-21", audience="board", workspace=root)


def test_findings_of_another_audit_do_not_stand_on_a_page():
    read = shelf.answers(shelf.NOW, *shelf.files(8, 2)), shelf.answers(shelf.BEFORE, *shelf.files(5, 5))
    work = shelf.opened(shelf.Shelf(*read))
    found = ia.verdict(ia.compliance(work))
    with pytest.raises(UsageError, match="about boats cannot stand on a page about consent-2024-11"):
        ia.page(work, found.assign(theme="boats"))
    trust = ia.trust_facts(work)
    with pytest.raises(UsageError, match="about boats-2024 cannot stand"):
        ia.page(work, trust.assign(level="boats-2024"))
    assert len(ia.page(work, found, trust, ia.verdict(ia.compliance(work.earlier))).released) > len(found)


@pytest.mark.parametrize("asked", [None, 3, FOUND])
def test_what_a_board_is_asked_is_said_in_sentences(asked):
    with pytest.raises(UsageError, match="where sentences are needed"):
        ia.decisions(asked)


@pytest.mark.parametrize("question", [None, 1.5, FOUND])
def test_a_page_has_a_question_in_words(question):
    with pytest.raises(UsageError, match="A page needs a question"):
        ia.title(question)


def test_a_standard_that_is_not_on_the_page_has_a_table_without_rows():
    assert "Question CON-3" not in ia.evidence_table(ia.page(WORK).of(standard_id="CON-1"), caption="None").html
    assert ia.problems_table(PROBLEMS).kind

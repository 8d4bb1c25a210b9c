"""What people write in the catalogue: slips are told with their place and what to write; what is certain is read."""

from datetime import date
from itertools import pairwise

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.intake.catalogue import load_authority, load_bank_holidays, load_standards
from ilacs_audit.intake.commentary import load_commentary
from ilacs_audit.intake.returns.exclusions import load_exclusions
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.intake.yaml_files import read_yaml

FILES = {
    "data/standards/consent.yml": """theme: consent
title: Consent
edition: 2
areas: [A2]
standards:
  - id: CON-1
    version: 2
    text: Consent is evidenced.
    scale: yes_no
    target: 0.9
    critical: false
    kind: quality
    source: {kind: local, text: Ours}
    comparable_with: {1: partly}
  - id: CON-2
    text: The family was told.
""",
    "data/programme.yml": """audits:
  - id: consent-2024-09
    theme: consent
    period: 2024-09
  - id: consent-2024-11
    theme: consent
    period: 2024-11
    kind: dip_sample
    on: 2024-11-18
    population: {list: contacts, size: 84}
    selection: random
    intended: 20
    returns: ["Consent*.xlsx"]
    areas: [A2.1]
    baseline: consent-2024-09
    interventions:
      - {id: workshop, title: Workshop, on: 2024-10-02, kind: training, standards: [CON-1]}
    chosen_because_worst: false
    moderation: {selection: random, share: 0.2}
    next: {on: 2025-01-20, size: 45}
""",
    "data/plan.yml": """areas:
  - id: A2
    title: Risk
    needs: The response to risk.
    items:
      - {id: A2.1, title: Workshop, activity: complete, impact_on: 2024-11-18}
""",
    "data/columns.yml": """fields:
  child_ref:
    - Referral for child
standards:
  CON-1:
    - Is there consent?
answers:
  yes: [aye]
teams:
  Duty: [Duty 1]
ignore:
  - Form no.
""",
}
EVIDENCE = {
    "authority.yml": "name: Northmere\nexample: true\n",
    "exclusions.yml": """- file: 2024-11/Consent.xlsx
  row: 19
  reason: Read by its own worker.
  by: QA lead
""",
    "commentary/2024-11.yml": """consent-2024-11:
  words: Consent is better.
  by: QA lead
  decisions:
    - Book the re-audit.
""",
}
STANDARDS, PROGRAMME, PLAN, COLUMNS = FILES
COMMENTARY = "commentary/2024-11.yml"


def strata(selection, *counts):
    """The lines of a draw by two groups of the list."""
    groups = zip("AB", counts[::2], counts[1::2], strict=True)
    lines = [f"      - {{name: {name}, size: {size}, drawn: {drawn}}}\n" for name, size, drawn in groups]
    first = "" if selection == "random" else f"selection: {selection}\n    "
    return f"{first}intended: 20\n    strata:\n{''.join(lines)}".rstrip()


# File, what is there, what a person writes in its place, the names on the way to it, and a part of the sentence.
SLIPS = [
    (
        PROGRAMME,
        "intended: 20",
        "intended: twelve",
        "audit consent-2024-11, intended",
        "'twelve' is not a whole number",
    ),
    (PROGRAMME, "intended: 20", "intended: 20.5", "intended", "'20.5' is not a whole number"),
    (PROGRAMME, "intended: 20", "intended: -3", "intended", "'-3' is not a whole number"),
    (PROGRAMME, "intended: 20", "intended: [20]", "intended", "This is not text"),
    (PROGRAMME, "intended: 20", "intendde: 20", "intendde", "Did you mean 'intended'?"),
    (PROGRAMME, "selection: random", "selection: handy", "selection", "Use one of: random, stratified"),
    (PROGRAMME, "selection: random", "selection: randon", "selection", "Did you mean 'random'?"),
    (PROGRAMME, "kind: dip_sample", "kind: dip", "kind", "'dip' is not a word for this"),
    (PROGRAMME, "kind: dip_sample", "kind: dip_sample\n    kind: thematic", None, "'kind' is written twice"),
    (PROGRAMME, "{selection: random, share: 0.2}", "true", "moderation", "Write it as {selection: …, share: …}"),
    (PROGRAMME, "share: 0.2", "share: 20", "moderation, share", "'20' is not a share"),
    (PROGRAMME, "share: 0.2", "share: 0%", "moderation, share", "'0%' is not a share"),
    (PROGRAMME, "intended: 20", "intended: 0", "intended", "Count from 1"),
    (PROGRAMME, "intended: 20", "intended: 85", "intended", "85 cannot be drawn from a list of 84"),
    (PROGRAMME, "size: 84", "size: 0", "population, size", "Count from 1"),
    (PROGRAMME, "size: 45", "size: 0", "next, size", "Count from 1"),
    (PROGRAMME, "intended: 20", "edition: 0", "edition", "Count from 1"),
    (PROGRAMME, "areas: [A2.1]", "raters: [auditer]", "raters", "Did you mean 'auditor'?"),
    (PROGRAMME, "areas: [A2.1]", "raters: [auditor, cat]", "raters", "Use one or more of: auditor, moderator"),
    (PROGRAMME, "areas: [A2.1]", "raters: []", "raters", "Use one or more of: auditor, moderator"),
    (STANDARDS, "scale: yes_no", "meets: []", "CON-1, meets", "No answer would meet the standard"),
    (STANDARDS, "scale: yes_no", 'meets: ""', "CON-1, meets", "No answer would meet the standard"),
    (STANDARDS, FILES[STANDARDS][FILES[STANDARDS].index("standards:") :], "standards: []", "standards", "asks nothing"),
    (STANDARDS, "version: 2", "version: 0", "standard CON-1, version", "Count from 1"),
    (STANDARDS, "edition: 2", "edition: 0", "edition", "Count from 1"),
    (STANDARDS, "edition: 2", "stale_after: 0", "stale_after", "Count from 1"),
    (STANDARDS, "{1: partly}", "{0: partly}", "comparable_with, 0", "Count from 1"),
    (COLUMNS, "yes: [aye]", "perhaps: [aye]", "answers, perhaps", "Unknown answer: perhaps"),
    (COLUMNS, "yes: [aye]", "Yes: [aye]", "answers, Yes", "Did you mean 'yes'?"),
    (COLUMNS, "ignore:", "forms:\n  consent: {answers: {perhaps: [x]}}\nignore:", "answers, perhaps", "Unknown answer"),
    (PROGRAMME, "size: 84", "size: eighty", "population, size", "'eighty' is not a whole number"),
    (PROGRAMME, "size: 84", "count: 84", "population, count", "Use one of: list, when, size"),
    (PROGRAMME, "{list: contacts, size: 84}", "[84]", "population", "A list stands where keys and values are wanted"),
    (PROGRAMME, "on: 2024-11-18", "on: 18/11/2024", "on", "'18/11/2024' is not a date"),
    (PROGRAMME, "on: 2024-11-18", "on: 2024-11-31", "on", "'2024-11-31' is not a date"),
    (
        PROGRAMME,
        "on: 2024-11-18",
        "on: 2024-11-18\n    until: 2024-11-01",
        "audit",
        "ends on 2024-11-01, before it starts",
    ),
    (PROGRAMME, "period: 2024-11", "period: Nov 2024", "period", "Write the month as YYYY-MM"),
    (PROGRAMME, "period: 2024-11", "period:", "audit consent-2024-11", "Missing: period"),
    (PROGRAMME, "id: consent-2024-11", "id: consent/2024", "id", "'consent/2024' is not an id"),
    (PROGRAMME, "id: consent-2024-11", "id: consent-2024-09", "audit consent-2024-09", "Used twice: consent-2024-09"),
    (PROGRAMME, "areas: [A2.1]", "areas: [A2.7]", "audit consent-2024-11, areas 1", "Unknown plan area: A2.7"),
    (PROGRAMME, "standards: [CON-1]", "standards: [CON-9]", "intervention workshop, standards 1", "standard: CON-9"),
    (PROGRAMME, "baseline: consent-2024-09", "baseline: plans-2024", "baseline", "There is no audit 'plans-2024'"),
    (PROGRAMME, "chosen_because_worst: false", "chosen_because_worst: perhaps", "chosen", "neither yes nor no"),
    (PROGRAMME, '["Consent*.xlsx"]', "Consent.xlsx, Other.xlsx", "returns", "is one entry or several"),
    (PROGRAMME, '["Consent*.xlsx"]', "[*Consent.xlsx]", None, "Put what starts with * or & in quotes"),
    (PROGRAMME, '["Consent*.xlsx"]', '["Consent*.xlsx"', None, "The file is not YAML"),
    (PROGRAMME, "    selection: random\n", "\tselection: random\n", None, "A tab stands here"),
    (PROGRAMME, "    intended: 20", "   intended: 20", None, "The file is not YAML"),
    (STANDARDS, "version: 2", "version: one", "standard CON-1, version", "'one' is not a whole number"),
    (STANDARDS, "scale: yes_no", "scale: yes_no\n    meets: 1", "standard CON-1", "'1' is not an answer of the scale"),
    (STANDARDS, "scale: yes_no", "meets: [yes, partly, no]", "CON-1, meets", "Every answer of the scale would meet"),
    (PROGRAMME, "areas: [A2.1]", "agencies:\n      Police: yes", "agencies", "where a list is wanted"),
    (STANDARDS, "scale: yes_no", "scale: stars", "scale", "Use one of: met, yes_no"),
    (STANDARDS, "target: 0.9", "target: 90", "target", "Write 90%, or 0.9"),
    (STANDARDS, "target: 0.9", "target: 110%", "target", "Write 90%, or 0.9"),
    (STANDARDS, "critical: false", "critical: maybe", "critical", "Write true or false"),
    (STANDARDS, "kind: quality", "kind: qualty", "kind", "Did you mean 'quality'?"),
    (STANDARDS, "text: Consent is evidenced.", "text: Consent: is it there?", None, "as it holds a colon"),
    (STANDARDS, "text: Consent is evidenced.", "text: [Consent]", "text", "This is not text"),
    (STANDARDS, "text: Consent is evidenced.", 'text: "Consent', None, "Close the quotation mark"),
    (STANDARDS, "text: Consent is evidenced.", "text: @home", None, "Put the text in quotes"),
    (STANDARDS, "text: Consent is evidenced.", "text: !done", None, "Put the text in quotes"),
    (STANDARDS, "text: The family was told.", "text:", "standard CON-2", "Missing: text"),
    (STANDARDS, "id: CON-2", "id: CON-1", "standard CON-1", "Used twice: CON-1"),
    (STANDARDS, "{1: partly}", "{1: mostly}", "comparable_with, 1", "Use one of: yes, partly, no"),
    (STANDARDS, "{1: partly}", "{one: partly}", "comparable_with, one", "'one' is not a whole number"),
    (STANDARDS, "{1: partly}", "partly", "comparable_with", "'partly' stands where keys and values are wanted"),
    (STANDARDS, "edition: 2", "editon: 2", "editon", "Did you mean 'edition'?"),
    (PLAN, "activity: complete", "activity: done", "area A2, A2.1, activity", "'done' is not a word for this"),
    (PLAN, "impact_on: 2024-11-18", "impact_on: spring", "impact_on", "'spring' is not a date"),
    (PLAN, ", impact_on: 2024-11-18", "", "area A2, A2.1", "nothing says when its impact can be measured"),
    (PLAN, "needs: The response to risk.", "needs:", "area A2, needs", "Missing: needs"),
    (COLUMNS, "child_ref", "child_reff", "fields, child_reff", "Did you mean 'child_ref'"),
    (COLUMNS, "CON-1", "CON-7", "standards, CON-7", "Unknown standard: CON-7"),
    (COLUMNS, "answers", "anwsers", "anwsers", "Did you mean 'answers'?"),
    (COLUMNS, "ignore:", "forms:\n  consent: {standards: {CON-8: []}}\nignore:", "consent, standards, CON-8", "CON-8"),
    (COLUMNS, "ignore:", "forms:\n  consent: {standard: {}}\nignore:", "forms, consent, standard", "'standards'"),
    (COLUMNS, "ignore:", "forms:\n  consnet: {ignore: [x]}\nignore:", "forms, consnet", "'consent'"),
    (COLUMNS, "fields:\n  child_ref:\n    - Referral for child", "fields: child_ref", "fields", "keys and values are"),
    (COLUMNS, "- Is there consent?", "- [Is there consent?]", "standards, CON-1", "This is not text"),
    (COLUMNS, "  Duty: [Duty 1]", "  Duty: [Duty 1]\n  Duty: [Duty 2]", None, "'Duty' is written twice"),
]


# The same for what contradicts another line, or leaves nothing; the line that has to give way is the one of the key.
CONTRADICTIONS = [
    (PROGRAMME, "kind: dip_sample", "kind: census", "selection", "Write selection: census, or another kind"),
    (PROGRAMME, "intended: 20", strata("random", 60, 15, 24, 5), "strata", "the draw was not by them"),
    (
        PROGRAMME,
        "selection: random\n    intended: 20",
        strata("stratified", 60, 15, 34, 5),
        "strata",
        "hold 94, and the",
    ),
    (
        PROGRAMME,
        "selection: random\n    intended: 20",
        strata("stratified", 60, 15, 24, 6),
        "intended",
        "21 drawn, and 20",
    ),
    (
        PROGRAMME,
        "selection: random\n    intended: 20",
        strata("stratified", 80, 15, 4, 5),
        "strata",
        "5 were drawn of 4",
    ),
    (PROGRAMME, FILES[PROGRAMME], "", None, "audits: []"),
    (PLAN, FILES[PLAN], "", None, "areas: []"),
    (PLAN, FILES[PLAN], "# To be written.", None, "The file is empty"),
]


def put(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def changed(files, name, old, new):
    assert old in files[name], (name, old)
    return {**files, name: files[name].replace(old, new, 1)}


def line_of(files, name, old, new):
    """The line on which the change stands, or the last of its lines."""
    before = files[name].index(old)
    return files[name][:before].count("\n") + new.rstrip("\n").count("\n") + 1


def checked(folder):
    work = load_workspace(folder)
    work.check()
    return work


def test_the_catalogue_without_slips_is_read(tmp_path):
    work = checked(put(tmp_path, FILES))
    assert work.programme["consent-2024-11"].population_size == 84


@pytest.mark.parametrize(("name", "old", "new", "key", "sentence"), SLIPS)
def test_a_slip_is_told_with_its_file_its_line_its_key_and_what_to_write(tmp_path, name, old, new, key, sentence):
    put(tmp_path, changed(FILES, name, old, new))
    with pytest.raises(CatalogueError) as refusal:
        checked(tmp_path)
    told = str(refusal.value)
    assert refusal.value.exit_code == 12
    assert sentence in told and "What to do: " in told
    assert name.rpartition("/")[2] in told and (key or "") in told
    line = line_of(FILES, name, old, new)
    assert any(f" {each}" in told for each in (f"line {line}", f"line {line - 1}", f"lines {line - 1} and {line}"))


@pytest.mark.parametrize(("name", "old", "new", "key", "sentence"), CONTRADICTIONS)
def test_what_contradicts_another_line_is_told_with_its_own(tmp_path, name, old, new, key, sentence):
    files = changed(FILES, name, old, new)
    with pytest.raises(CatalogueError) as refusal:
        checked(put(tmp_path, files))
    told = str(refusal.value)
    assert refusal.value.exit_code == 12 and sentence in told and "What to do: " in told
    numbered = [number for number, line in enumerate(files[name].splitlines(), start=1) if key and f"{key}:" in line]
    assert not numbered or any(f"{name.rpartition('/')[2]}, line {number}" in told for number in numbered)


def test_there_are_slips_of_every_kind():
    assert len(SLIPS) >= 40


# File, what is there, what a person writes in its place, and what is read without a question.
CERTAIN = [
    (PROGRAMME, "intended: 20", "intended:", lambda work: audit(work).intended is None),
    (PROGRAMME, "intended: 20", 'intended: "20"', lambda work: audit(work).intended == 20),
    (PROGRAMME, "{list: contacts, size: 84}", "1,084", lambda work: audit(work).population_size == 1084),
    (PROGRAMME, "{list: contacts, size: 84}", "", lambda work: audit(work).population_size is None),
    (PROGRAMME, "on: 2024-11-18", '"on": "2024-11-18"', lambda work: audit(work).on == date(2024, 11, 18)),
    (PROGRAMME, "selection: random", "selection: Random", lambda work: audit(work).by_chance),
    (PROGRAMME, "kind: dip_sample", "kind: Dip sample", lambda work: audit(work).kind == "dip_sample"),
    (PROGRAMME, "worst: false", 'worst: "no"', lambda work: audit(work).chosen_because_worst is False),
    (PROGRAMME, "worst: false", "worst: Yes", lambda work: audit(work).chosen_because_worst is True),
    (PROGRAMME, '["Consent*.xlsx"]', '"B5 *"', lambda work: audit(work).returns == ("B5 *",)),
    (PROGRAMME, '["Consent*.xlsx"]', "[“Consent*.xlsx”]", lambda work: audit(work).returns == ("Consent*.xlsx",)),
    (PROGRAMME, "    selection: random", "\u00a0\u00a0  selection: random", lambda work: audit(work).by_chance),
    (PROGRAMME, "[A2.1]", "A2.1, A2", lambda work: audit(work).areas == ("A2.1", "A2")),
    (PROGRAMME, "    interventions:\n", "    agencies:\n    interventions:\n", lambda work: audit(work).agencies == ()),
    (PROGRAMME, "id: workshop", "id: 0012345", lambda work: audit(work).interventions[0].id == "0012345"),
    (PROGRAMME, "title: Workshop", "title: 12:30", lambda work: audit(work).interventions[0].title == "12:30"),
    (STANDARDS, "critical: false", 'critical: "no"', lambda work: not work.standards["CON-1"].critical),
    (STANDARDS, "{kind: local, text: Ours}", "Ours", lambda work: work.standards["CON-1"].source.text == "Ours"),
    (STANDARDS, "target: 0.9", "target: 60%", lambda work: work.standards["CON-1"].target == "0.6"),
    (STANDARDS, "target: 0.9", "target: 87.5 %", lambda work: work.standards["CON-1"].target == "0.875"),
    (STANDARDS, "target: 0.9", 'target: "100%"', lambda work: work.standards["CON-1"].target == "1"),
    (STANDARDS, "target: 0.9", "target: .90", lambda work: work.standards["CON-1"].target == ".90"),
    (STANDARDS, "scale: yes_no", "meets: [yes, partly]", lambda work: work.standards["CON-1"].meets("partly")),
    (STANDARDS, "scale: yes_no", "scale: Yes/no", lambda work: work.standards["CON-1"].scale.id == "yes_no"),
    (STANDARDS, "scale: yes_no", "meets: Yes", lambda work: not work.standards["CON-1"].meets("partly")),
    (STANDARDS, "version: 2", "version: 2.0", lambda work: work.standards["CON-1"].version == 2),
    (STANDARDS, "scale: yes_no", "meets: yes", lambda work: work.standards["CON-1"].meets("yes")),
    (STANDARDS, "{1: partly}", "{1: yes}", lambda work: work.standards["CON-1"].comparable(1) == "yes"),
    (STANDARDS, "{1: partly}", "{1: No}", lambda work: work.standards["CON-1"].comparable(1) == "no"),
    (STANDARDS, "text: Consent is evidenced.", "text: No", lambda work: work.standards["CON-1"].text == "No"),
    (
        STANDARDS,
        "text: Consent is evidenced.",
        "text: 2024-11-18",
        lambda work: work.standards["CON-1"].text[:4] == "2024",
    ),
    (PLAN, "activity: complete", "activity: ''", lambda work: work.plan["A2"].items[0].activity == ""),
    (COLUMNS, "  CON-1:\n    - Is there", "  CON-1: Is there", lambda work: learnt(work) == ("Is there consent?",)),
    (COLUMNS, "- Is there consent?", "- Seen: alone", lambda work: learnt(work) == ("Seen: alone",)),
    (COLUMNS, "- Is there consent?", "- Yes", lambda work: learnt(work) == ("Yes",)),
    (COLUMNS, "yes: [aye]", "yes: aye\n  no: [n, 00]", lambda work: work.columns.answers["no"] == ("n", "00")),
    (COLUMNS, FILES[COLUMNS], "fields:\nstandards:\nignore:\n", lambda work: not work.columns.learnt),
    (COLUMNS, FILES[COLUMNS], "", lambda work: not work.columns.learnt),
]


def audit(work):
    return work.programme["consent-2024-11"]


def learnt(work):
    return work.columns.standards["CON-1"]


@pytest.mark.parametrize(("name", "old", "new", "holds"), CERTAIN)
def test_what_is_certain_is_read(tmp_path, name, old, new, holds):
    assert holds(checked(put(tmp_path, changed(FILES, name, old, new))))


def test_a_section_without_entries_is_empty(tmp_path):
    put(tmp_path, {PROGRAMME: "audits:\n", PLAN: "areas:\n"})
    work = load_workspace(tmp_path)
    assert (work.programme.audits, work.plan.areas) == ((), ())


def test_every_fault_of_every_file_is_told_at_once(tmp_path):
    files = changed(FILES, PROGRAMME, "intended: 20", "intended: twelve")
    files = changed(files, PROGRAMME, "selection: random\n", "selection: handy\n")
    files = changed(changed(files, STANDARDS, "version: 2", "version: one"), PLAN, "title: Risk", "titel: Risk")
    with pytest.raises(CatalogueError, match="There are 5 faults to put right") as refusal:
        checked(put(tmp_path, files))
    told = str(refusal.value)
    assert all(each in told for each in ("'twelve'", "'handy'", "'one'", "Unknown: titel", "Missing: title"))


PLANS = "theme: plans\nstandards:\n  - {id: PLN-1, text: The plan is up to date.}\n"


@pytest.mark.parametrize("form", ["plans", "plans-2024-11"])
def test_a_standard_in_the_form_of_another_theme_is_told_with_both(tmp_path, form):
    audits = FILES[PROGRAMME] + "  - {id: plans-2024-11, theme: plans, period: 2024-11}\n"
    learnt = f"forms:\n  {form}:\n    standards: {{PLN-1: [Up to date?], CON-1: [Consent?]}}\n"
    put(tmp_path, {**FILES, "data/standards/plans.yml": PLANS, PROGRAMME: audits, COLUMNS: learnt})
    told = rf"CON-1 is of the theme consent, and the form of plans\. Where: columns.yml, line 3, forms, {form}"
    with pytest.raises(CatalogueError, match=told) as refusal:
        checked(tmp_path)
    assert "PLN-1" not in str(refusal.value)


def test_a_theme_that_nobody_wrote_is_told_with_the_near_one(tmp_path):
    files = {name: text.replace("    baseline: consent-2024-09\n", "") for name, text in FILES.items()}
    put(tmp_path, changed(files, PROGRAMME, "theme: consent", "theme: consnet"))
    with pytest.raises(
        CatalogueError, match=r"Unknown theme: consnet.*line 3, audit consent-2024-09, theme.*'consent'"
    ):
        checked(tmp_path)


@pytest.mark.parametrize("charset", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_file_is_read_however_notepad_saved_it(tmp_path, charset, ends):
    put(tmp_path, FILES)
    text = FILES[COLUMNS].replace("Duty 1", "Children’s team – “Duty”").replace("\n", ends)
    (tmp_path / COLUMNS).write_bytes(text.encode(charset))
    assert checked(tmp_path).columns.teams == {"Duty": ("Children’s team – “Duty”",)}


@pytest.mark.parametrize(
    "content", ["teams: {Zürich‰: []}".encode("mac-roman"), b"a: \x81\x8d", b"\xff\xfea", b"a\0b: c"]
)
def test_letters_that_nobody_can_tell_are_refused(tmp_path, content):
    (tmp_path / "columns.yml").write_bytes(content)
    with pytest.raises(CatalogueError, match="Save it again as UTF-8"):
        read_yaml(tmp_path / "columns.yml")


def test_words_of_a_person_stay_words(tmp_path):
    text = changed(
        EVIDENCE, COMMENTARY, "- Book the re-audit.", "- Agree the following: book it\n    - No\n    - 2024-11-18"
    )
    put(tmp_path, text)
    found = load_commentary(tmp_path, period="2024-11", about="consent-2024-11")
    assert [each.what for each in found.decisions] == ["Agree the following: book it", "No", "2024-11-18"]
    assert {(each.owner, each.by) for each in found.decisions} == {("", None)}


def test_slips_in_the_evidence_folder_are_told(tmp_path):
    for name, old, new, match in [
        ("authority.yml", "example: true", "example: perhaps", r"authority\.yml, line 2, example"),
        ("authority.yml", "name:", "nmae:", r"line 1, nmae.*'name'"),
        ("exclusions.yml", "row: 19", "row: last", r"exclusions\.yml, line 2, entry 1, row"),
        ("exclusions.yml", "  row: 19\n", "", r"line 1, entry 1.*Give file and row, or audit and child"),
        ("exclusions.yml", "- file", "file", "not YAML|not a list"),
        (COMMENTARY, "by: QA lead", "form: QA lead", r"2024-11\.yml, line 3, consent-2024-11, form"),
        (COMMENTARY, "decisions:", "decision:", "'decisions'"),
    ]:
        put(tmp_path, changed(EVIDENCE, name, old, new))
        with pytest.raises(CatalogueError, match=match):
            load_authority(tmp_path)
            load_exclusions(tmp_path / "exclusions.yml")
            load_commentary(tmp_path, period="2024-11", about="consent-2024-11")
        put(tmp_path, EVIDENCE)


def test_a_child_taken_out_keeps_the_noughts_of_its_reference(tmp_path):
    put(tmp_path, {"exclusions.yml": "- {audit: a, child: 0012345, reason: Moved, by: QA lead}\n"})
    assert load_exclusions(tmp_path / "exclusions.yml")[0].child == "0012345"


@pytest.mark.parametrize(
    "text", ["date\n2024-12-25\n", "\ufeffDate;\r\n25/12/2024;\r\n;\r\n", "date,title\n2024-12-25,x\n,\n"]
)
def test_holidays_are_read_as_excel_saves_them(tmp_path, text):
    (tmp_path / "holidays.csv").write_text(text, encoding="utf-8", newline="")
    assert load_bank_holidays(tmp_path / "holidays.csv") == (date(2024, 12, 25),)


WORDS = [
    "",
    " ",
    "no",
    "on:",
    "- ",
    "[",
    "}",
    "*",
    "&a",
    "!",
    "%",
    "@",
    "'",
    '"',
    "\t",
    "\n",
    ": ",
    "#",
    "0012345",
    "é",
    "~",
    "<<: ",
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([*FILES]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(WORDS)), min_size=1, max_size=4),
)
def test_a_mangled_catalogue_is_read_or_refused_and_never_breaks(tmp_path, name, slips):
    text = FILES[name]
    for where, length, word in slips:
        start = int(where * len(text))
        text = text[:start] + word + text[start + length :]
    put(tmp_path, {**FILES, name: text})
    try:
        checked(tmp_path)
    except CatalogueError as refusal:
        assert "Where: " in str(refusal)


LINE = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\x85\u2028\u2029\ufeff"),
    min_size=1,
    max_size=30,
)
ENTRY = st.fixed_dictionaries(
    {"id": st.from_regex(r"[A-Z]{3}-[0-9]{1,2}", fullmatch=True), "text": LINE.filter(str.strip)},
    optional={"version": st.integers(1, 9), "target": st.sampled_from([0.9, "0.55", 1]), "critical": st.booleans()},
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ENTRY, min_size=1, max_size=4, unique_by=lambda each: each["id"]))
def test_what_is_read_is_what_was_written(tmp_path, entries):
    text = yaml.safe_dump({"theme": "consent", "standards": entries}, allow_unicode=True)
    (tmp_path / "consent.yml").write_text(text, encoding="utf-8")
    read = load_standards(tmp_path).theme("consent").standards
    assert [(each.id, each.text) for each in read] == [(each["id"], each["text"]) for each in entries]
    assert [each.version for each in read] == [each.get("version", 1) for each in entries]
    assert [each.target for each in read] == [str(each["target"]) if "target" in each else None for each in entries]
    assert [each.critical for each in read] == [each.get("critical", False) for each in entries]


def test_a_catalogue_file_never_makes_an_object(tmp_path):
    path = tmp_path / "plan.yml"
    path.write_text("!!python/object/apply:os.system ['echo run']", encoding="utf-8")
    with pytest.raises(CatalogueError, match="not YAML"):
        read_yaml(path)


def test_a_file_that_repeats_itself_without_end_is_refused(tmp_path):
    path = tmp_path / "plan.yml"
    rounds = "".join(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefgh"))
    path.write_text(f"a: &a [x]\n{rounds}", encoding="utf-8")
    with pytest.raises(CatalogueError, match="repeats itself by an asterisk"):
        read_yaml(path)


def test_a_part_that_is_written_once_and_used_twice_is_read_where_it_stands(tmp_path):
    path = tmp_path / "plan.yml"
    path.write_text("a: &a {source: Ours}\nb: *a\n", encoding="utf-8")
    assert read_yaml(path) == {"a": {"source": "Ours"}, "b": {"source": "Ours"}}


def test_a_missing_file_and_an_empty_folder_say_what_to_do(tmp_path):
    with pytest.raises(CatalogueError, match="Put it back"):
        load_authority(tmp_path)
    with pytest.raises(CatalogueError, match="ilacs-audit new WORKBOOK"):
        load_standards(tmp_path)


@pytest.mark.parametrize("name", ["consent.yml.txt", "consent.yaml", "plans.YML"])
def test_a_theme_under_a_name_that_nobody_reads_is_refused(tmp_path, name):
    put(tmp_path, {**FILES, f"data/standards/{name}": FILES[STANDARDS]})
    with pytest.raises(CatalogueError, match=name):
        load_standards(tmp_path / "data/standards")


def test_a_person_says_which_breakdowns_are_ordinary_and_never_that_ethnicity_is_one(tmp_path):
    said = tmp_path / "authority.yml"
    said.write_text("name: Northmere\nordinary_breakdowns: [Placement type, Age band]\n", encoding="utf-8")
    assert load_authority(tmp_path).ordinary_breakdowns == ("Placement type", "Age band")
    said.write_text("name: Northmere\nordinary_breakdowns: [Ethnic origin]\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"(?s)Ethnic origin.*always sensitive.*Take it out"):
        load_authority(tmp_path)

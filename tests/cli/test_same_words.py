"""`check` and the page judge the same commentary by the same rows, for every kind of page."""

import json

import pandas as pd
import pytest

from ilacs_audit.claims.prose import keep
from ilacs_audit.cli.commentary import refused_commentary
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.workspace import load_workspace

AUDIT = "consent-2024-11"
WORDS = f"{AUDIT}:\n  words: Eleven of thirty answered.\n  decisions:\n    - Book the re-audit with 45 files.\n"
KINDS = {"dip_sample": AUDIT, "reaudit": AUDIT, "thematic": "plans-2024-11"}
EDITIONS = [("reaudit", "internal"), ("reaudit", "public")]
LAST_DAY = "2024-11-30"


@pytest.fixture
def judged(monkeypatch):
    """Whatever is handed to the reader of prose: the words, and the rows that they are judged by."""
    seen = []
    read = keep.lint_prose

    def noted(text, evidence):
        seen.append((text, evidence.table))
        return read(text, evidence)

    monkeypatch.setattr(keep, "lint_prose", noted)
    return seen


def published(workspace, name, audit, audience="board"):
    """Run the cells of a notebook here, where the reader of prose is listened to."""
    cells = json.loads((workspace / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    asked = {"audit": audit, "workspace": str(workspace), "as_of": LAST_DAY, "audience": audience}
    names = {}
    exec(code[0], names)
    exec("\n".join(code[1:]), {**names, **asked})


def same(one, other):
    return len(one) == len(other) and all(
        words == others and table.equals(rows) for (words, table), (others, rows) in zip(one, other, strict=True)
    )


@pytest.mark.parametrize(("name", "edition"), [*((name, "board") for name in KINDS), *EDITIONS])
def test_words_are_judged_by_the_rows_of_the_page_they_stand_on(small, judged, name, edition):
    audit = KINDS[name]
    (small / "reports.yml").write_text(_only(name), encoding="utf-8")
    commentary = small / "data" / "example" / "commentary" / "2024-11.yml"
    commentary.write_text(WORDS.replace(AUDIT, audit), encoding="utf-8")
    work = load_workspace(small)
    loaded = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)

    assert refused_commentary(work, loaded, audiences=[edition]) == []
    checked = sorted(judged, key=lambda each: each[0])
    judged.clear()
    published(small, name, audit, edition)
    shown = sorted(judged, key=lambda each: each[0])

    assert [words for words, _ in checked] == ["Book the re-audit with 45 files.", "Eleven of thirty answered."]
    assert len(checked[0][1]) > 20
    assert same(checked, shown)


def test_each_page_of_an_audit_judges_what_was_written_of_it(small, judged):
    commentary = small / "data" / "example" / "commentary" / "2024-11.yml"
    commentary.write_text(WORDS, encoding="utf-8")
    work = load_workspace(small)
    loaded = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)
    assert refused_commentary(work, loaded, audiences=["board"]) == []
    assert len(judged) == 4
    assert all({"compliance", "change", "impact"} <= set(table["measure"]) for _, table in judged)


def _only(name):
    each = {"thematic": "{theme: all}", "dip_sample": "{audit: dip_sample}", "reaudit": "{audit: re_audit}"}[name]
    return f"{name}:\n  each: {each}\n"


def test_the_comparison_of_rows_can_fail():
    rows = pd.DataFrame({"measure": ["compliance"], "value": [0.5]})
    assert same([("a", rows)], [("a", rows.copy())])
    assert not same([("a", rows)], [("a", rows.assign(value=0.6))])


def test_every_edition_has_rows_of_its_own(small, judged):
    (small / "reports.yml").write_text(_only("reaudit"), encoding="utf-8")
    (small / "data" / "example" / "commentary" / "2024-11.yml").write_text(WORDS, encoding="utf-8")
    work = load_workspace(small)
    loaded = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)
    assert refused_commentary(work, loaded, audiences=["internal", "board", "public"]) == []
    shown = [set(table["audience"]) for words, table in judged if words.startswith("Eleven")]
    assert shown == [{"internal"}, {"board"}, {"public"}]

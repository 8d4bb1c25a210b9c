"""A sentence that claims too much keeps its report from being published, and the others stand."""

import json

import pytest

CLAIM = "Practice has improved across all teams."
CELL = "written=words.paragraphs"
LICENSED = "written=licensed(words.paragraphs, {table}, standards=work.standards, about=audit)"


@pytest.fixture
def claiming(small):
    """A workspace whose lead wrote the sentence, and whose notebook asks for a licence."""
    path = small / "data" / "example" / "commentary" / "2024-11.yml"
    path.write_text(f"consent-2024-11:\n  words: {CLAIM}\n", encoding="utf-8")
    notebook = small / "notebooks" / "dip_sample.ipynb"
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        text = "".join(cell["source"])
        if CELL in text:
            text = "from ilacs_audit.claims.prose.keep import licensed\n" + text.replace(
                CELL, LICENSED.format(table="released")
            )
        cell["source"] = text
    notebook.write_text(json.dumps(content), encoding="utf-8")
    return small


def test_the_report_is_not_published_and_the_message_says_what_would_pass(claiming, say):
    asked = ("--only", "dip_sample", "--as-of", "2024-11-21", "--jobs", 1, "--workspace", claiming)
    said = say("run", "2024-11", *asked)
    assert said.code in (1, 17)
    assert "Not made: dip-sample-consent-2024-11." in said.err
    assert f"“{CLAIM}” cannot be published: 'improved' (W1)" in said.err
    assert "such as:" in said.err
    shared = claiming / "outputs" / "board" / "2024-11"
    assert not (shared / "dip-sample-consent-2024-11.html").exists()
    assert (shared / "dip-sample-daat-2024-11.html").exists() or (shared / "index.html").exists()
    assert not [page.name for page in shared.glob("*.html") if CLAIM in page.read_text(encoding="utf-8")]

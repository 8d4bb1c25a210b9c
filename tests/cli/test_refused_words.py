"""A sentence that claims too much keeps its report from being published, and the others stand."""

import pytest

CLAIM = "Practice has improved across all teams."


@pytest.fixture
def claiming(small):
    """A workspace whose lead wrote the sentence."""
    path = small / "data" / "example" / "commentary" / "2024-11.yml"
    path.write_text(f"consent-2024-11:\n  words: {CLAIM}\n", encoding="utf-8")
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

"""What a page says of itself is nobody's name, so that the search of finished pages raises no false alarm."""

from ilacs_audit.intake.returns.loose_names import names_in
from ilacs_audit.intake.workspace import load_workspace


def test_no_sentence_of_a_page_could_be_taken_for_somebody_named_in_a_note(every_page, root):
    """A false alarm stops a whole run, so the rule that finds names in notes must find none in our words."""
    words = load_workspace(root).catalogue_words
    nodes = [node for page in every_page for node in page.root.walk() if node.name != "style"]
    texts = [text for node in nodes for text in node.children if isinstance(text, str)]
    print(f"{len(texts)} pieces of text on {len(every_page)} pages")
    assert sorted({name for text in texts for name in names_in(text, words=words)}) == []
    assert len(texts) > 10_000

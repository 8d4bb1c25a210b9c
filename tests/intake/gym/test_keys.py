"""A key is sealed: what was changed in it is refused, and the code that auditors see tells of no anchor."""

import json
from dataclasses import replace

import pytest

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.intake.gym.keys import item_print, key_of, read_key
from tests.graders import SMALL, pack, vignette


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "gym-pack-1-key.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_a_key_is_read_as_the_pack_it_was_made_of(written):
    assert read_key(written(key_of(pack()))) == pack()


def test_a_changed_anchor_breaks_the_seal(written):
    changed = json.loads(json.dumps(key_of(pack())).replace('"not met"', '"met"'))
    with pytest.raises(CatalogueError, match="has been changed since it was made"):
        read_key(written(changed))


def test_the_code_is_of_what_auditors_read_and_not_of_the_anchors():
    other = [vignette("one", "not met", "met"), *SMALL[1:]]
    assert pack(other).code == pack().code
    assert pack(other).seal != pack().seal
    assert pack([replace(SMALL[0], text="Another text."), *SMALL[1:]]).code != pack().code


@pytest.mark.parametrize("content", ["", "no key", "[]", '{"number": 1}'])
def test_what_is_no_key_is_refused_in_words(written, content):
    with pytest.raises(CatalogueError):
        read_key(written(content))


def test_a_sealed_pack_about_somebody_is_refused(written):
    about = pack([vignette("one", "met", text="The boy told Kim of it.")])
    with pytest.raises(
        CatalogueError, match=r"could be a name, initials or a place \(extract one\), so the pack is not read"
    ):
        read_key(written(key_of(about)))


def test_a_question_is_known_by_its_words_and_not_by_its_place():
    first, again = pack().vignettes[0], pack([*SMALL[1:], SMALL[0]], number=2).vignettes[-1]
    assert item_print(first, first.asked[0]) == item_print(again, again.asked[0])
    assert item_print(first, first.asked[0]) != item_print(first, first.asked[1])

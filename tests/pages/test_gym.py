"""The page of the gym is held against the keys and the workbooks, and is a page like every other."""

import pytest

from tests.graders import played
from tests.pages import test_structure as structure
from tests.pages.reading import page
from tests.pages.stranger import gym

RULES = (
    *(structure.test_tags_match_and_the_document_says_what_it_is, structure.test_nothing_runs_and_nothing_is_fetched),
    *(
        structure.test_there_is_one_main_heading_and_no_level_is_skipped,
        structure.test_ids_are_unique_and_lead_somewhere,
    ),
    structure.test_every_page_carries_its_own_strict_policy,
    structure.test_every_table_has_a_caption_and_headers_that_say_something,
    structure.test_pages_stay_light,
    structure.test_no_page_names_a_machine_a_folder_or_a_user,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory, root):
    path, given = played(tmp_path_factory.mktemp("gym"), root)
    return page(path), gym.known(path.parent, given)


@pytest.mark.parametrize("rule", RULES)
def test_the_page_of_the_gym_keeps_the_rules_of_every_page(made, rule):
    rule([made[0]])


def test_every_count_of_the_gym_is_what_readers_wrote(made):
    shown, known = made
    told = gym.counts(shown)
    untrue = [(name, pair) for name, pair in told if pair not in known.get(name, set())]
    print(f"{len(told)} counts on the page of the gym, {len(untrue)} untrue")
    assert len(told) > 130
    assert untrue == []


def test_a_count_that_nobody_gave_would_be_seen(made):
    """One more of each count in the row of a reader is no count of theirs, nearly always."""
    shown, known = made
    planted = [(name, (pair[0] + 1, *pair[1:])) for name, pair in gym.counts(shown) if name.startswith("K")]
    caught = [pair not in known[name] for name, pair in planted]
    assert sum(caught) > 0.8 * len(caught) > 20

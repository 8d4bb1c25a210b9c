"""The same inputs give the same bytes: on either engine, in another folder, and beside other reports."""

from datetime import date

import pytest

from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.run.batch import run

ONLY = (
    "dip-sample-consent-2024-11",
    "reaudit-consent-2024-11",
    "thematic-consent",
    "consent",
)  # each links others
LINKED = (*ONLY, "moderation")


@pytest.fixture(scope="module")
def alone(root, tmp_path_factory):
    """The pages of consent of the board's edition, made beside no other, each in a kernel of its own."""
    outputs = tmp_path_factory.mktemp("kernel")
    ended = run(
        "2024-11",
        workspace=load_workspace(root),
        outputs=outputs,
        as_of=date(2024, 11, 21),
        audiences=("board",),
        only=LINKED,
        engine="kernel",
    )
    assert [each.problem for each in ended.failed] == []
    return outputs


def files(outputs):
    folder = outputs / "board" / "2024-11"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_page_made_alone_in_a_kernel_has_the_bytes_of_the_one_made_with_all_others_in_a_fork(alone, published):
    one, whole = files(alone), files(published)
    made = [f"{name}.{kind}" for name in ONLY for kind in ("html", "csv")]
    print(f"{len(made)} files, {sum(len(one[name]) for name in made)} bytes")
    assert [name for name in made if one[name] != whole[name]] == []


def test_the_private_notebooks_are_the_same_too(alone, published):
    for name in ONLY:
        one, other = (place / "private" / "board" / "2024-11" / f"{name}.ipynb" for place in (alone, published))
        texts = [path.read_text(encoding="utf-8").replace(str(path.parents[3]), "") for path in (one, other)]
        assert texts[0] == texts[1]
        assert one.stat().st_mode & 0o077 == other.stat().st_mode & 0o077 == 0

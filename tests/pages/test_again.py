"""The same inputs give the same bytes: on either engine, in another folder, and beside other reports."""

from datetime import date

import pytest

from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.run.batch import run

ONLY = ("dip-sample-consent-2024-11", "reaudit-consent-2024-11", "thematic-consent")  # each links the others


@pytest.fixture(scope="module")
def twice(root, tmp_path_factory):
    """The pages of consent of the board's edition, made by either engine."""
    made = {}
    for engine in ("fork", "kernel"):
        outputs = tmp_path_factory.mktemp(engine)
        ended = run(
            "2024-11",
            workspace=load_workspace(root),
            outputs=outputs,
            as_of=date(2024, 11, 21),
            audiences=("board",),
            only=ONLY,
            engine=engine,
        )
        assert [each.problem for each in ended.failed] == []
        made[engine] = outputs
    return made


def files(outputs):
    folder = outputs / "board" / "2024-11"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_either_engine_makes_the_same_bytes(twice):
    fork, kernel = files(twice["fork"]), files(twice["kernel"])
    print(f"{len(fork)} files, {sum(map(len, fork.values()))} bytes")
    assert {f"{name}.html" for name in ONLY} <= set(fork)
    assert [name for name in fork | kernel if fork.get(name) != kernel.get(name)] == []


def test_a_page_made_alone_is_the_page_made_with_all_others(twice, published):
    whole = files(published)
    alone = files(twice["fork"])
    assert [name for name in ONLY if alone[f"{name}.html"] != whole[f"{name}.html"]] == []


def test_the_private_notebooks_are_the_same_too(twice):
    for name in ONLY:
        one, other = (twice[engine] / "private" / "board" / "2024-11" / f"{name}.ipynb" for engine in twice)
        texts = [path.read_text(encoding="utf-8").replace(str(path.parents[3]), "") for path in (one, other)]
        assert texts[0] == texts[1]
        assert one.stat().st_mode & 0o077 == 0

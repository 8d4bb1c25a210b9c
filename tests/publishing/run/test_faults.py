"""Whatever befalls a whole run: readers keep the old pages or get the new, and the next run heals."""

import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from ilacs_audit.disk import writing
from ilacs_audit.domain.errors import AuditError, LockedError, StaleInputError
from ilacs_audit.publishing.edition import edition, staging
from ilacs_audit.publishing.run import make
from tests.publishing import tiny

ROUNDS = int(os.environ.get("ILACS_FAULT_ROUNDS", "5"))
PROGRAM = """
import sys
from pathlib import Path
from ilacs_audit.domain.errors import AuditError
from tests.publishing import tiny
try:
    ended = tiny.publish(Path(sys.argv[1]), Path(sys.argv[2]), force=True)
except AuditError as problem:
    sys.exit(problem.exit_code)
sys.exit(bool(ended.failed))
"""
# One process that has imported everything, and is asked for run after run: each in a process of its own.
NURSERY = """
import os, sys
from pathlib import Path
import ilacs_audit.publishing.run.batch
from tests.publishing import tiny
for _ in sys.stdin:
    child = os.fork()
    if not child:
        try:
            os._exit(bool(tiny.publish(Path(sys.argv[1]), Path(sys.argv[2]), force=True).failed))
        finally:
            os._exit(2)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kill -9 and mount")


@pytest.fixture(scope="module")
def survived():
    """The faults after which nothing was left over, told at the end."""
    names = []
    yield names
    print(f"faults survived: {len(names)}: {', '.join(names)}")


@pytest.fixture(autouse=True)
def nothing_is_left(request, tmp_path, monkeypatch, survived):
    """After every fault no process of the run lives on, and no temporary file."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    end = time.monotonic() + 20
    while time.monotonic() < end and (alive(folder) or list(folder.iterdir())):
        time.sleep(0.1)
    assert (alive(folder), list(folder.iterdir())) == ([], [])
    survived.append(request.node.name.removeprefix("test_"))


def alive(folder):
    """The commands of the processes that were started with a path below a folder."""
    return [
        words
        for each in psutil.process_iter(["cmdline"])
        if str(folder) in (words := " ".join(each.info["cmdline"] or []))
    ]


def start(place, outputs, program=PROGRAM, **options):
    return subprocess.Popen([sys.executable, "-c", program, place, outputs], cwd=tiny.ROOT, **options)


def partial(outputs):
    """Unfinished files and folders where readers look."""
    return [path for path in (outputs / "board").rglob("*") if path.name.startswith(".")]


def reword(place, words):
    for name in ("dip_sample", "second"):
        tiny.write_notebook(place, name, tiny.FINE.replace("Toy", words))


@linux_only
def test_kill_9_at_any_moment_leaves_one_whole_edition_and_the_next_run_heals(place, outputs, tmp_path, capsys):
    old = tiny.given(outputs)
    reword(place, "New")
    began = time.monotonic()
    tiny.publish(place, tmp_path / "reference")
    new, length = tiny.given(tmp_path / "reference"), time.monotonic() - began
    assert new["index.html"] != old["index.html"]
    chance, survived, cut = random.Random(20241130), 0, 0
    with start(place, outputs, NURSERY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as nursery:
        for _ in range(ROUNDS):
            print(file=nursery.stdin, flush=True)
            running = int(nursery.stdout.readline())
            time.sleep(chance.uniform(0, 0.8 * length))  # one that is warm takes less than the reference
            with suppress(ProcessLookupError):
                os.kill(running, signal.SIGKILL)
            ended = int(nursery.stdout.readline())
            assert ended in (0, -signal.SIGKILL)
            cut += ended == -signal.SIGKILL
            survived += tiny.given(outputs) in (old, new)
        nursery.stdin.close()
    tiny.publish(place, outputs)
    assert tiny.given(outputs) == new
    assert not partial(outputs)
    assert not list((outputs / "private").rglob("staged"))
    with capsys.disabled():
        print(f"\nkill -9: {survived} of {ROUNDS} survived, {cut} of them cut short")
    assert survived == ROUNDS


@pytest.mark.parametrize("moment", ["arrived", "stepped aside"])
def test_a_run_killed_while_folders_change_places_is_made_good(place, outputs, monkeypatch, moment):
    """Where folders cannot be exchanged in one step there are two moments to be killed at."""
    old = tiny.given(outputs)
    shared = outputs / "board" / "2024-11"
    if moment == "stepped aside":
        shared.rename(shared.with_name(".2024-11.leaving"))
    else:
        (shared.with_name(".2024-11.arriving")).mkdir()
    assert not tiny.publish(place, outputs).published
    assert tiny.given(outputs) == old
    assert not partial(outputs)


def test_without_the_one_step_exchange_the_result_is_the_same(place, outputs, monkeypatch):
    from ilacs_audit.disk import swap

    monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    reword(place, "New")
    tiny.publish(place, outputs)
    assert b"New" in tiny.given(outputs)["second-consent-2024-11.html"]
    assert not partial(outputs)


def test_a_disk_that_fills_up_at_any_write_changes_nothing_for_readers(place, outputs, monkeypatch):
    old = tiny.given(outputs)
    reword(place, "New")
    given = []
    for nth in (1, 3, 6):
        with monkeypatch.context() as patch:
            _full_at(patch, nth)
            with pytest.raises(AuditError, match="No space left on device") as told:
                tiny.publish(place, outputs)
        given.append(tiny.given(outputs))
        assert (partial(outputs), told.value.exit_code) == ([], 1)
    tiny.publish(place, outputs)
    new = tiny.given(outputs)
    assert new != old
    assert [each in (old, new) for each in given] == [True] * 3
    assert given[:2] == [old] * 2


def _full_at(patch, nth):
    """Let the n-th and every later file that this process writes find the disk full."""
    written, real = [], writing.write_whole

    def write(path, content):
        written.append(path)
        if len(written) >= nth:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(path, content)

    from ilacs_audit.publishing.owner import status
    from ilacs_audit.publishing.run import archive

    for module in (archive, edition, staging, writing, status):
        patch.setattr(module, "write_whole", write)


@linux_only
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a small disk")
def test_a_really_full_disk_and_a_read_only_one(place, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        tiny.publish(place, disk / "out")
        old = tiny.given(disk / "out")
        reword(place, "New")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(AuditError, match="Read-only file system"):
            tiny.publish(place, disk / "out")
        assert tiny.given(disk / "out") == old
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as out, pytest.raises(OSError, match="No space"):
            while True:
                out.write(b"x" * 4096)
        with pytest.raises(AuditError, match="No space left"):
            tiny.publish(place, disk / "out")
        assert tiny.given(disk / "out") == old
        assert not partial(disk / "out")
        filler.unlink()
        assert tiny.publish(place, disk / "out").published
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_an_input_that_changes_during_the_run_stops_it(place, outputs, monkeypatch):
    old, real = tiny.given(outputs), make.run_reports
    reword(place, "New")

    def meddled(*given, **options):
        with (place / "data" / "plan.yml").open("a") as file:
            file.write("\n# saved meanwhile\n")
        return real(*given, **options)

    with monkeypatch.context() as patch:
        patch.setattr(make, "run_reports", meddled)
        with pytest.raises(StaleInputError, match="was changed while November 2024 was being made"):
            tiny.publish(place, outputs)
    assert tiny.given(outputs) == old
    assert tiny.publish(place, outputs).published


def test_of_two_runs_at_once_one_is_refused_with_exit_code_16(place, outputs):
    from ilacs_audit.disk.lock import locked

    old = tiny.given(outputs)
    with locked(outputs / "private", name="outputs.lock"):
        assert start(place, outputs).wait(60) == LockedError.exit_code == 16
    assert tiny.given(outputs) == old
    assert start(place, outputs).wait(60) == 0


@pytest.mark.usefixtures("from_nothing")
@pytest.mark.parametrize("code", ["raise ValueError(1)", "import time; time.sleep(60)", "import os; os._exit(3)"])
def test_a_notebook_that_raises_hangs_or_leaves_costs_only_its_own_page(place, outputs, code):
    old = tiny.given(outputs)
    tiny.write_notebook(place, "second", code)
    ended = tiny.publish(place, outputs, timeout=4.0)
    assert len(ended.failed) == 1
    after = tiny.given(outputs)
    assert {name: after[name] for name in after if name.startswith(("dip", "second"))} == {
        name: old[name] for name in old if name.startswith(("dip", "second"))
    }
    tiny.write_notebook(place, "second", tiny.FINE)
    tiny.publish(place, outputs)
    assert tiny.given(outputs) == old


@pytest.mark.usefixtures("from_nothing")
def test_a_notebook_that_prints_100_megabytes_is_made_and_keeps_what_a_reader_could_use(place, outputs):
    old = tiny.given(outputs)
    flood = "for _ in range(100):\n    print('x' * 1_000_000)\n"
    tiny.write_notebook(place, "second", flood + tiny.FINE)
    [flooded] = tiny.publish(place, outputs).outcomes
    executed = outputs / "private" / "board" / "2024-11" / "second-consent-2024-11.ipynb"
    assert (flooded.status, executed.stat().st_size < 2_000_000) == ("ok", True)
    assert flooded.peak_memory_bytes < 400 * 2**20
    after = tiny.given(outputs)
    assert {name for name in old if after[name] != old[name]} <= {"run.json"}


def test_a_clock_that_goes_back_hides_no_run(place, outputs):
    from datetime import UTC, datetime

    tiny.publish(place, outputs, force=True, now=datetime(2001, 1, 1, tzinfo=UTC))
    assert "2001-01-01T00:00:00" in Path(outputs, "private", "log", "2024-11.log").read_text()

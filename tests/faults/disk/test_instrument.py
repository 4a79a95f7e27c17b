"""The instrument that cuts the power: it keeps what it must, loses what it may, and isn't blind."""

from pathlib import Path
from random import Random

import pytest

from tests.faults.disk.powercut import Disk, cuts
from tests.faults.disk.trace import (
    Cut,
    Event,
    Made,
    NotUnderstoodError,
    Removed,
    Said,
    Synced,
    Wrote,
    events,
    whole_calls,
)

FOLDER = Path("/disk")
OLD = b"o" * 2048
NEW = b"n" * 2048


def left(*happened: Event, times: int = 300) -> set[tuple[tuple[str, bytes], ...]]:
    """All that was seen on the disk after power cuts at the end of what happened; at first there is one old file."""
    disk, chance = Disk({"a": OLD}), Random(7)
    for event in happened:
        disk.follow(event)
    return {tuple(sorted(disk.after_a_cut(chance).items())) for _ in range(times)}


def alone(content: bytes) -> tuple[tuple[str, bytes], ...]:
    return (("a", content),)


def test_what_was_synced_is_always_there() -> None:
    assert left(Wrote("a", 0, NEW), Synced("a")) == {alone(NEW)}


def test_what_was_not_synced_is_there_or_not_or_torn_at_the_borders_of_sectors() -> None:
    found = left(Wrote("a", 0, NEW))
    parts = {tuple(content[at : at + 512] for at in range(0, 2048, 512)) for ((_, content),) in found}
    assert {alone(OLD), alone(NEW)} < found
    assert {part for each in parts for part in each} == {OLD[:512], NEW[:512]}


def test_a_later_write_may_be_there_without_the_earlier_one() -> None:
    found = left(Wrote("a", 0, NEW[:512]), Wrote("a", 1024, NEW[:512]))
    assert alone(OLD[:1024] + NEW[:512] + OLD[:512]) in found


def test_what_a_write_leaves_out_behind_the_end_is_zeros() -> None:
    assert left(Wrote("a", 3000, NEW[:10]), Synced("a")) == {alone(OLD + bytes(952) + NEW[:10])}


def test_a_new_size_counts_like_a_write() -> None:
    assert left(Cut("a", 3)) == {alone(OLD), alone(b"ooo")}
    assert left(Cut("a", 3), Synced("a")) == {alone(b"ooo")}


def test_a_new_name_is_sure_only_when_its_folder_was_synced() -> None:
    made = (Made("b"), Wrote("b", 0, NEW), Synced("b"))
    assert left(*made) == {alone(OLD), (*alone(OLD), ("b", NEW))}
    assert left(*made, Synced("")) == {(*alone(OLD), ("b", NEW))}


def test_a_file_that_was_removed_may_be_back_with_all_it_had() -> None:
    assert left(Removed("a")) == {alone(OLD), ()}
    assert left(Removed("a"), Synced("")) == {()}


def test_at_each_cut_it_is_known_what_had_been_said() -> None:
    happened = (Wrote("a", 0, NEW), Said("one"), Synced("a"), Said("two"))
    found = {(each.moment, each.said) for each in cuts(happened, {"a": OLD}, times=60, chance=Random(7))}
    assert found == {(1, ("one",)), (2, ("one",)), (3, ("one", "two"))}


# Reading a trace


def coded(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def test_a_call_that_anothers_came_between_counts_when_it_ended() -> None:
    lines = ["7  fdatasync(3<a> <unfinished ...>", '8  write(1<b>, "x", 1) = 1', "7  <... fdatasync resumed>) = 0"]
    assert list(whole_calls(lines)) == ['write(1<b>, "x", 1) = 1', "fdatasync(3<a>) = 0"]


def test_calls_are_read_for_the_files_of_the_folder_only() -> None:
    wal, other = coded("/disk/a-wal"), coded("/elsewhere/b")
    calls = [
        f'openat(AT_FDCWD<{coded("/")}>, "{wal}", O_RDWR|O_CREAT, 0644) = 7<{wal}>',
        f'pwrite64(7<{wal}>, "{coded("news")}", 4, 32) = 4',
        f'pwrite64(8<{other}>, "{coded("news")}", 4, 32) = 4',
        f"fdatasync(7<{wal}>) = 0",
        f"fsync(9<{coded('/disk')}>) = 0",
        f"ftruncate(7<{coded('/disk/a-shm')}>, 32768) = 0",
        f"ftruncate(7<{wal}>, 0) = 0",
        f'write(1<{coded("pipe:[7]")}>, "{coded("taken")}\\x0a", 6) = 6',
        f'unlink("{wal}") = 0',
        f'unlink("{wal}") = -1 ENOENT (No such file or directory)',
        "+++ exited with 0 +++",
    ]
    assert list(events(calls, FOLDER, frozenset({"a"}))) == [
        Made("a-wal"),
        Wrote("a-wal", 32, b"news"),
        Synced("a-wal"),
        Synced(""),
        Cut("a-wal", 0),
        Said("taken"),
        Removed("a-wal"),
    ]


@pytest.mark.parametrize(
    "call",
    [
        f'rename("{coded("/disk/a")}", "{coded("/disk/b")}") = 0',
        f'rename("{coded("/elsewhere/a")}", "{coded("/disk/b")}") = 0',
        f"fallocate(7<{coded('/disk/a')}>, 0, 0, 4096) = 0",
        f'write(7<{coded("/disk/a")}>, "{coded("x")}", 1) = 1',
        f'pwrite64(7<{coded("/disk/a")}>, "{coded("x")}"..., 9, 0) = 9',
        "something else",
    ],
)
def test_a_call_that_would_go_by_unseen_is_an_error(call: str) -> None:
    with pytest.raises(NotUnderstoodError):
        list(events([call], FOLDER, frozenset({"a"})))

"""The log is JSON lines from a closed list; no token, secret or personal text gets into it."""

import asyncio
import io
import json
import logging
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot import log
from bot.log import Event

TOKEN = "123456789:AAExampleExampleExampleExampleExamp"
SECRET = 'horse "battery" staple'
PERSONAL = "Aino wrote this"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log writes; everything is as before afterwards."""
    root, stream, hook = logging.getLogger(), io.StringIO(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    log.begin(secrets=(SECRET,), stream=stream)
    yield stream
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def fail(text: str) -> None:
    raise RuntimeError(text)


def test_an_event_is_one_line_with_its_time_level_and_facts(written: io.StringIO) -> None:
    log.event(Event.UPDATE_PARKED, update_id=7, attempt=3)
    (line,) = lines(written)
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "error", "event": "update_parked", "update_id": 7, "attempt": 3}


def test_an_exception_is_its_type_causes_and_places_without_its_text(written: io.StringIO) -> None:
    try:
        try:
            fail(PERSONAL)
        except RuntimeError as error:
            raise LookupError(PERSONAL) from error
    except LookupError as error:
        log.event(Event.UPDATE_FAILED, update_id=7, error=error)
    (line,) = lines(written)
    assert line["error"] == "LookupError from RuntimeError"
    assert [place.rsplit(":", 1)[0].endswith("tests/test_log.py") for place in line["places"]] == [True]
    assert PERSONAL not in written.getvalue()


def test_an_event_before_the_log_has_begun_is_a_line_without_texts_too(capsys: pytest.CaptureFixture[str]) -> None:
    structlog.reset_defaults()
    log.event(Event.UPDATE_FAILED, error=RuntimeError(PERSONAL))
    structlog.reset_defaults()
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["error"], line["places"]) == ("update_failed", "RuntimeError", [])


def test_a_fact_that_is_not_there_is_left_out(written: io.StringIO) -> None:
    log.event(Event.STARTED, command="poll", error=None)
    assert "error" not in lines(written)[0]


@pytest.mark.parametrize(
    "text", [TOKEN, f"https://api.telegram.org/bot{TOKEN}/getMe", TOKEN.replace(":", "%3A"), SECRET]
)
def test_no_secret_gets_out_by_a_fact(written: io.StringIO, text: str) -> None:
    log.event(Event.STOPPED, outcome=text)
    assert lines(written)[0]["outcome"].replace(log.REMOVED, "") in {"", "https://api.telegram.org/bot/getMe"}


@pytest.mark.parametrize("name", ["uvicorn.error", "uvicorn", "telegram.ext", "httpx", "anything"])
@pytest.mark.parametrize("secret", [TOKEN, SECRET])
def test_no_secret_gets_out_by_a_library_that_logs_it(written: io.StringIO, name: str, secret: str) -> None:
    logging.getLogger(name).error("POST https://host/bot%s/getMe", secret)
    assert lines(written)[0]["logger"] == name
    assert secret not in written.getvalue()
    assert TOKEN[-20:] not in written.getvalue()


@pytest.mark.parametrize("name", ["telegram.ext", "uvicorn.error"])
def test_neither_token_nor_text_gets_out_by_a_traceback_of_a_library(written: io.StringIO, name: str) -> None:
    try:
        fail(f"{PERSONAL} {TOKEN}")
    except RuntimeError:
        logging.getLogger(name).exception("No error handlers are registered, logging exception.")
    assert lines(written)[0]["error"] == "RuntimeError"
    assert PERSONAL not in written.getvalue()
    assert TOKEN not in written.getvalue()


def test_neither_token_nor_text_gets_out_by_structlog_used_directly(written: io.StringIO) -> None:
    try:
        fail(f"{PERSONAL} {TOKEN}")
    except RuntimeError:
        structlog.get_logger().exception("failed", address=f"/bot{TOKEN}/", raw=TOKEN.encode())
    assert lines(written)[0]["error"] == "RuntimeError"
    assert PERSONAL not in written.getvalue()
    assert TOKEN not in written.getvalue()


def test_a_logger_that_speaks_of_addresses_only_is_quoted(written: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("Uvicorn stopped at http://%s:%d", "127.0.0.1", 8000)
    assert lines(written)[0]["said"] == "Uvicorn stopped at http://127.0.0.1:8000"


def test_every_other_library_gives_only_its_place(written: io.StringIO) -> None:
    logging.getLogger("sqlalchemy.pool").error("parameters: %s", PERSONAL)
    (line,) = lines(written)
    assert (line["event"], line["logger"]) == ("library", "sqlalchemy.pool")
    assert set(line) == {"time", "level", "event", "logger", "at"}


@pytest.mark.parametrize("name", ["httpx", "httpcore.connection", "telegram.Bot", "aiohttp.access"])
def test_libraries_that_log_every_request_are_quiet(written: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("HTTP Request: POST /bot%s/getMe", TOKEN)
    assert lines(written) == []


def test_a_library_whose_text_does_not_fit_its_arguments_stops_nothing(written: io.StringIO) -> None:
    too_few = ("one",)
    logging.getLogger("uvicorn.error").error("%d %d", *too_few)
    assert lines(written)[0]["said"] == "(a text that does not fit its arguments)"


def test_a_warning_gives_its_place_only(written: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(f"{PERSONAL} {TOKEN}", stacklevel=1)
    assert [line["logger"] for line in lines(written)] == ["py.warnings"]
    assert PERSONAL not in written.getvalue()


async def test_a_task_that_dies_alone_does_not_quote_its_exception(written: io.StringIO) -> None:
    async def die() -> None:
        fail(f"{PERSONAL} {TOKEN}")

    task = asyncio.ensure_future(die())
    await asyncio.wait([task])
    del task
    await asyncio.sleep(0)
    assert [line["error"] for line in lines(written) if line["logger"] == "asyncio"] == ["RuntimeError"]
    assert PERSONAL not in written.getvalue()


@pytest.mark.parametrize("crash", ["die()", "thread = threading.Thread(target=die); thread.start(); thread.join()"])
def test_a_crash_shows_neither_token_nor_text(crash: str) -> None:
    story = (
        f"import threading\nfrom bot import log\nlog.begin()\ndef die():\n    raise ValueError('Aino {TOKEN}')\n{crash}"
    )
    died = subprocess.run([sys.executable, "-c", story], capture_output=True, text=True, check=False)
    (line,) = [json.loads(each) for each in died.stderr.splitlines()]
    assert (line["event"], line["error"]) == ("crashed", "ValueError")
    assert "Aino" not in died.stderr
    assert TOKEN not in died.stderr

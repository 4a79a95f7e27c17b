"""The page's JSON, its files, and who may not come in."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.sandbox.page_routes import FILES
from bot.sandbox.parameters import Upload
from bot.sandbox.phones import Phone
from bot.sandbox.pictures import blank_png
from bot.sandbox.server import create_server
from bot.sandbox.world import World
from tests.sandbox.conftest import Ask
from tests.sandbox.desk import EmptyDesk

TOKEN = "7000000001:sandbox"
PAGE = {"X-Sandbox": "1"}
NINE = "2026-03-02T11:00:00.000+02:00"


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_server(world, token=TOKEN, desk=EmptyDesk(world)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        yield client


async def post(http: httpx.AsyncClient, path: str, **body: Any) -> tuple[int, Any]:
    answer = await http.post(path, json=body, headers=PAGE)
    return answer.status_code, answer.json() if answer.content else None


async def test_a_document_can_be_opened_under_its_name(http: httpx.AsyncClient, aino: Phone, ask: Ask) -> None:
    file: dict[str, bytes] = {"document": Upload(b"%PDF-", "yhteenveto äiti.pdf")}
    sent = await ask("sendDocument", chat_id=aino.id, caption="Summary", files=file)
    document = (await http.get("/state")).json()["phones"][0]["messages"][1]["document"]
    opened = await http.get(document["url"])
    assert (document["name"], aino.lock_screen.shown and aino.lock_screen.shown.text) == (
        "yhteenveto äiti.pdf",
        "📄 yhteenveto äiti.pdf Summary",
    )
    assert (opened.content, opened.headers["content-type"]) == (b"%PDF-", "application/pdf")
    assert sent["document"] == {
        "file_id": "document-2",
        "file_unique_id": "udocument2",
        "file_name": "yhteenveto äiti.pdf",
        "mime_type": "application/pdf",
        "file_size": 5,
    }
    assert (await http.get(f"/documents/{aino.id}/1")).status_code == 404


async def test_the_state_shows_everything(http: httpx.AsyncClient, aino: Phone, ask: Ask) -> None:
    await ask("setMyCommands", commands=[{"command": "start", "description": "Aloita"}])
    rows = [[{"text": "Yes", "callback_data": "yes"}, {"text": "Map", "url": "https://example.org/"}]]
    await ask(
        "sendPhoto",
        chat_id=aino.id,
        caption="<b>Trend</b> <tg-spoiler>28,4</tg-spoiler>",
        parse_mode="HTML",
        has_spoiler=True,
        disable_notification=True,
        files={"photo": blank_png(60, 40)},
        reply_markup={"inline_keyboard": rows},
    )
    answer = await http.get("/state")
    picture = answer.json()["phones"][0]["messages"][1]["picture"]["url"]
    assert answer.json() == {
        "now": NINE,
        "zone": "Europe/Helsinki",
        "phones": [
            {
                "name": "aino",
                "title": "Aino",
                "about": "young person, 15",
                "language": "fi",
                "blocked": False,
                "menu": [{"command": "start", "description": "Aloita"}],
                "messages": [
                    {
                        "id": 1,
                        "mine": True,
                        "html": "/start",
                        "time": NINE,
                        "edited": False,
                        "picture": None,
                        "document": None,
                        "keyboard": [],
                        "silent": False,
                    },
                    {
                        "id": 2,
                        "mine": False,
                        "html": "<b>Trend</b> <tg-spoiler>28,4</tg-spoiler>",
                        "time": NINE,
                        "edited": False,
                        "picture": {"url": picture, "spoiler": True, "width": 60, "height": 40, "alt": "Trend ▒▒▒"},
                        "document": None,
                        "keyboard": [[{"text": "Yes", "data": "yes"}, {"text": "Map", "url": "https://example.org/"}]],
                        "silent": True,
                    },
                ],
                "lock": {"time": NINE, "text": "📷 ▒▒▒ Trend ▒▒▒", "unread": 1, "silent": True},
            }
        ],
        "guests": [{"name": "otto", "title": "Otto"}],
    }
    shown = await http.get(picture)
    assert (shown.content, shown.headers["content-type"]) == (blank_png(60, 40), "image/png")


async def test_what_people_do_on_the_page_reaches_the_bot(http: httpx.AsyncClient, aino: Phone, ask: Ask) -> None:
    sent = await ask(
        "sendMessage",
        chat_id=aino.id,
        text="Ready?",
        reply_markup={"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]},
    )
    answers = [
        await post(http, "/phones/aino/language", language="sv"),
        await post(http, "/phones/aino/say", text="Hej"),
        await post(http, "/phones/aino/tap", message=sent["message_id"], row=0, column=0),
        await post(http, "/phones/aino/photo"),
    ]
    said, tapped, photo = await ask("getUpdates")
    assert answers == [(204, None)] * 4
    assert (said["message"]["text"], said["message"]["from"]["language_code"]) == ("Hej", "sv")
    assert tapped["callback_query"]["data"] == "yes"
    assert "photo" in photo["message"]


async def test_looking_at_a_phone_clears_its_lock_screen(http: httpx.AsyncClient, aino: Phone, ask: Ask) -> None:
    await ask("sendMessage", chat_id=aino.id, text="Hei")
    assert (aino.lock is not None, await post(http, "/phones/aino/seen"), aino.lock) == (True, (204, None), None)


async def test_the_clock_is_moved_ahead(http: httpx.AsyncClient) -> None:
    answer = await post(http, "/clock", hours=24.5)
    assert (answer, (await http.get("/state")).json()["now"]) == ((204, None), "2026-03-03T11:30:00.000+02:00")


async def test_a_guest_comes_and_leaves_with_a_new_beginning(http: httpx.AsyncClient, aino: Phone) -> None:
    async def people() -> tuple[list[str], list[str]]:
        state = (await http.get("/state")).json()
        return [phone["name"] for phone in state["phones"]], [guest["name"] for guest in state["guests"]]

    assert await post(http, "/phones", name="otto") == (204, None)
    with_otto = await people()
    assert await post(http, "/reset") == (204, None)
    assert (with_otto, await people(), aino.sees) == ((["aino", "otto"], []), (["aino"], ["otto"]), ())


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/phones/nobody/say", {"text": "x"}, 404),
        ("/phones/aino/dance", {}, 404),
        ("/phones/aino/say", {}, 400),
        ("/phones/aino/say", {"text": " "}, 400),
        ("/phones/aino/say", {"text": 3}, 400),
        ("/phones/aino/say", {"text": "x" * 4097}, 400),
        ("/phones/aino/tap", {"message": 1, "row": 0, "column": 0}, 409),
        ("/phones/aino/tap", {"message": "1", "row": 0, "column": 0}, 400),
        ("/phones/aino/tap", {"message": True, "row": 0, "column": 0}, 400),
        ("/phones/aino/language", {"language": "<b>"}, 400),
        ("/phones", {"name": "nobody"}, 404),
        ("/clock", {"hours": 0}, 400),
        ("/clock", {"hours": -1}, 400),
        ("/clock", {"hours": 10**6}, 400),
        ("/clock", {"hours": "1"}, 400),
        ("/clock", {"hours": True}, 400),
    ],
)
async def test_what_cannot_be_done_is_refused_with_a_reason(
    http: httpx.AsyncClient, aino: Phone, path: str, body: dict[str, Any], status: int
) -> None:
    code, answer = await post(http, path, **body)
    assert (code, list(answer)) == (status, ["error"])


async def test_who_blocked_the_bot_cannot_write_on_the_page_either(http: httpx.AsyncClient, aino: Phone) -> None:
    aino.blocks()
    assert await post(http, "/phones/aino/say", text="Hei") == (409, {"error": "aino has blocked the bot"})


@pytest.mark.parametrize("body", [b"no json", b"[]"])
async def test_a_body_that_is_no_json_object_is_refused(http: httpx.AsyncClient, aino: Phone, body: bytes) -> None:
    assert (await http.post("/phones/aino/say", content=body, headers=PAGE)).status_code == 400


async def test_a_body_that_is_too_long_is_refused(http: httpx.AsyncClient, aino: Phone) -> None:
    body = json.dumps({"text": "x" * 70_000}).encode()
    assert (await http.post("/phones/aino/say", content=body, headers=PAGE)).status_code == 413


@pytest.mark.parametrize("path", ["/phones/aino/say", "/phones/aino/photo", "/phones", "/clock", "/reset"])
async def test_another_site_cannot_post(http: httpx.AsyncClient, aino: Phone, world: World, path: str) -> None:
    answer = await http.post(path, json={"text": "x", "hours": 1, "name": "otto"})
    assert (answer.status_code, world.updates.waiting, len(aino.sees), len(world.phones)) == (403, (), 1, 1)


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "example.org:8080", "", "localhost:80:80"])
@pytest.mark.parametrize("path", ["/", "/state", "/events", f"/bot{TOKEN}/getMe"])
async def test_a_name_that_was_rebound_to_us_is_turned_away(http: httpx.AsyncClient, host: str, path: str) -> None:
    assert (await http.get(path, headers={"Host": host})).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1", "[::1]", "[::1]:8080", "LOCALHOST:1"])
async def test_every_name_of_this_machine_may_come_in(http: httpx.AsyncClient, host: str) -> None:
    assert (await http.get("/state", headers={"Host": host})).status_code == 200


async def test_the_page_may_load_only_what_is_ours(http: httpx.AsyncClient) -> None:
    headers = (await http.get("/state")).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


async def test_every_file_of_the_page_is_served_as_what_it_is(http: httpx.AsyncClient) -> None:
    answers = {path.name: await http.get(f"/page/{path.name}") for path in FILES.iterdir() if path.is_file()}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert (await http.get("/")).text == answers["index.html"].text
    assert answers["app.js"].headers["content-type"].startswith("text/javascript")
    assert answers["emoji.woff2"].headers["content-type"] == "font/woff2"


@pytest.mark.parametrize(
    "path",
    [
        "/page/..%2fserver.py",
        "/page/%2e%2e/server.py",
        "/page/%2e%2e",
        "/page/%2e",
        "/page/%2fetc%2fpasswd",
        "/page/",
        "/page/none.js",
    ],
)
async def test_no_path_leads_out_of_the_page(http: httpx.AsyncClient, path: str) -> None:
    assert (await http.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("token", "method", "status", "description"),
    [
        ("7000000001:other", "getMe", 401, "Unauthorized"),
        ("nonsense", "getMe", 404, "Not Found"),
        (TOKEN, "sendDice", 404, "Not Found: sandbox: there is no method sendDice"),
    ],
)
async def test_the_bot_api_turns_away_what_it_does_not_know(
    http: httpx.AsyncClient, token: str, method: str, status: int, description: str
) -> None:
    answer = await http.get(f"/bot{token}/{method}")
    expected = {"ok": False, "error_code": status, "description": description}
    assert (answer.status_code, answer.json()) == (status, expected)


async def test_the_bot_api_takes_get_and_post_in_every_form(http: httpx.AsyncClient, aino: Phone) -> None:
    path = f"/bot{TOKEN}/sendMessage"
    values: dict[str, Any] = {"chat_id": aino.id, "text": "ä"}
    await http.get(path, params=values)
    await http.post(path, json=values)
    await http.post(path, data=values)
    await http.post(path, data=values, files={"x": b"y"})
    assert [bubble.text for bubble in aino.sees] == ["/start", "ä", "ä", "ä", "ä"]


async def test_a_body_that_is_not_what_it_says_is_a_bad_request(http: httpx.AsyncClient) -> None:
    answer = await http.post(f"/bot{TOKEN}/getMe", content=b"x", headers={"Content-Type": "application/json"})
    assert answer.json() == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: can't parse the request: no JSON",
    }


async def test_a_closed_world_answers_no_calls(http: httpx.AsyncClient, world: World) -> None:
    world.close()
    assert (await http.get(f"/bot{TOKEN}/getMe")).status_code == 502

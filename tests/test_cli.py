"""The commands as somebody types them."""

import asyncio
import json
import signal
from pathlib import Path

from bot.domain.codes import link_token, typed_code
from tests.faults.poller import PATIENCE, TOKEN, polled, until


async def test_invite_prints_a_link_and_a_code_that_make_somebody_the_worker(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        arguments = ("invite", "worker", "--team", "pihlaja", "--code", "KOIVU-27", "--role", "lead")
        exit_code, printed, said = await poller.command(*arguments, "--json")
        made = json.loads(printed)
        assert (exit_code, said) == (0, "")
        assert {key: made[key] for key in ("team", "worker", "role", "days")} == {
            "team": "pihlaja",
            "worker": "KOIVU-27",
            "role": "lead",
            "days": 7,
        }
        assert made["link"] == f"https://t.me/kuulolla_bot?start={made['start']}"
        assert link_token(made["start"])
        assert typed_code(made["code"])


async def test_invite_in_words_holds_the_same(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        _, printed, _ = await poller.command("invite", "worker", "--team", "pihlaja", "--code", "koivu 27")
        assert "KOIVU-27 (worker) of team pihlaja" in printed
        assert "https://t.me/kuulolla_bot?start=" in printed


async def test_the_typed_code_works_once(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await poller.start()
        _, printed, _ = await poller.command("invite", "worker", "--team", "pihlaja", "--code", "KOIVU-27", "--json")
        code = json.loads(printed)["code"]
        nora, otto = poller.world.phone("nora", language="en"), poller.world.phone("otto", language="en")
        nora.says(code.lower())
        await until(lambda: nora.sees[-1].author is None and "KOIVU-27" in nora.screen.text)
        otto.says(code)
        await until(lambda: otto.sees[-1].author is None and "doesn't work" in otto.screen.text)


async def test_a_code_of_another_team_is_refused_in_one_line(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await poller.command("invite", "worker", "--team", "pihlaja", "--code", "KOIVU-27")
        answer = await poller.command("invite", "worker", "--team", "vaahtera", "--code", "KOIVU-27")
        assert answer == (1, "", "kuulolla: KOIVU-27 is a worker of team pihlaja\n")


async def test_a_token_that_the_server_does_not_know_ends_poll_with_one_line(tmp_path: Path) -> None:
    async with polled(tmp_path, BOT_TOKEN="7000000001:not-the-one-it-knows") as poller:
        answer = await poller.command("poll")
        assert answer[0] == 1
        assert answer[2].splitlines()[-1] == "kuulolla: BOT_TOKEN isn't known to the Bot API server"


async def test_what_is_missing_or_wrong_stops_the_start_with_one_line_that_names_it(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        right = poller.environment
        for name, value in {"SECRET_KEY": "", "PORT": "much", "BOT_TOKEN": "no"}.items():
            poller.environment = {**right, name: value}
            exit_code, printed, said = await poller.command("poll")
            assert (exit_code, printed, len(said.splitlines())) == (1, "", 1), said
            assert name in said


async def test_poll_wants_a_migrated_database(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        poller.environment = {**poller.environment, "DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}"}
        exit_code, _, said = await poller.command("poll")
        assert (exit_code, len(said.splitlines())) == (1, 1)
        assert "migrate" in said


async def test_settings_are_printed_without_secrets(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        exit_code, printed, _ = await poller.command("settings")
        assert exit_code == 0
        assert "BOT_API_URL" in printed
        assert TOKEN not in printed
        assert poller.environment["SECRET_KEY"] not in printed


async def test_the_profile_in_force_is_printed_as_a_file_that_can_be_put_in_force(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        exit_code, printed, _ = await poller.command("profile")
        own = tmp_path / "our.toml"
        own.write_text(printed, encoding="utf-8")
        poller.environment = {**poller.environment, "PROFILE": str(own)}
        assert (exit_code, await poller.command("profile")) == (0, (0, printed, ""))


async def test_a_rule_cant_be_off_for_a_team_that_isnt_there(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        own = tmp_path / "our.toml"
        own.write_text('name = "Kallio"\n[rules.sliding]\noff_for = ["nobody"]\n', encoding="utf-8")
        poller.environment = {**poller.environment, "PROFILE": str(own)}
        exit_code, _, said = await poller.command("poll")
        assert exit_code == 1
        assert "PROFILE: rules.sliding.off_for names 'nobody': expected a team that is there" in said


async def test_on_sqlite_the_courier_says_that_poll_does_its_work_and_waits(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        poller.process = await poller._run("courier")
        assert poller.process.stdout is not None
        said = await asyncio.wait_for(poller.process.stdout.readline(), PATIENCE)
        assert "runs inside `poll`" in said.decode()
        assert await poller.end(signal.SIGTERM) == 0


async def test_the_sandbox_takes_no_real_token(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        exit_code, _, said = await poller.command("sandbox")
        assert (exit_code, said) == (
            1,
            "kuulolla: BOT_TOKEN is set: the sandbox needs none, and doesn't take a real one\n",
        )

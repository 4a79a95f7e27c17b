"""Settings come from the environment or from files; a wrong one says so in one line without its value."""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import SETTINGS, SettingError, Settings
from bot.domain.people import AgeBand
from bot.domain.profiles import ICCE, NHS

TOKEN = "123456789:AAExampleExampleExampleExampleExamp"
KEY = "correct horse battery staple, and some more"
POSTGRES = "postgresql+asyncpg://nora:s3cret@db.example/fit"


def refusal(**environ: str) -> str:
    with pytest.raises(SettingError) as caught:
        Settings.from_env(environ)
    return str(caught.value)


def test_nothing_set_gives_the_defaults() -> None:
    assert Settings.from_env({}) == Settings(
        bot_token=None,
        bot_api_url="https://api.telegram.org",
        database_url="sqlite+aiosqlite:///data/kuulolla.db",
        secret_key=None,
        webhook_url=None,
        webhook_secret=None,
        webhook_host="0.0.0.0",
        port=8080,
        health_host="127.0.0.1",
        health_port=9464,
        timezone=ZoneInfo("Europe/Helsinki"),
        quiet_hours=(time(20), time(8)),
        profile=ICCE,
        alert_open_hours=24,
        free_text=False,
        wording_dir=None,
        help_lines=Path(__file__).parent.parent / "bot" / "messages" / "help_lines.toml",
        sandbox_port=8000,
    )


def test_everything_set_is_read_with_its_type(tmp_path: Path) -> None:
    lines = tmp_path / "lines.toml"
    lines.touch()
    environ = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": "http://127.0.0.1:8081/",
        "DATABASE_URL": "postgres://nora:s3cret@db.example/fit",
        "SECRET_KEY": KEY,
        "WEBHOOK_URL": "https://bot.example/hook",
        "WEBHOOK_SECRET": "a-B_9",
        "WEBHOOK_HOST": "::",
        "PORT": "80",
        "HEALTH_HOST": "0.0.0.0",
        "HEALTH_PORT": "off",
        "TIMEZONE": "Europe/Stockholm",
        "QUIET_HOURS": "21:30-07:00",
        "PROFILE": "nhs",
        "ALERT_OPEN_HOURS": "48",
        "FREE_TEXT": "on",
        "WORDING_DIR": str(tmp_path),
        "HELP_LINES": str(lines),
        "SANDBOX_PORT": "65535",
    }
    assert Settings.from_env(environ) == Settings(
        bot_token=TOKEN,
        bot_api_url="http://127.0.0.1:8081",
        database_url=POSTGRES,
        secret_key=KEY,
        webhook_url="https://bot.example/hook",
        webhook_secret="a-B_9",
        webhook_host="::",
        port=80,
        health_host="0.0.0.0",
        health_port=0,
        timezone=ZoneInfo("Europe/Stockholm"),
        quiet_hours=(time(21, 30), time(7)),
        profile=NHS,
        alert_open_hours=48,
        free_text=True,
        wording_dir=tmp_path,
        help_lines=lines,
        sandbox_port=65535,
    )


def test_an_empty_value_counts_as_not_set() -> None:
    assert Settings.from_env({"BOT_TOKEN": "", "PORT": " ", "SECRET_KEY_FILE": ""}) == Settings.from_env({})


def test_any_variable_may_be_in_a_file_whose_last_newline_is_not_part_of_it(tmp_path: Path) -> None:
    for name, value in {"BOT_TOKEN": TOKEN, "PORT": "81"}.items():
        (tmp_path / name).write_text(f"{value}\n", encoding="utf-8")
    settings = Settings.from_env({"BOT_TOKEN_FILE": str(tmp_path / "BOT_TOKEN"), "PORT_FILE": str(tmp_path / "PORT")})
    assert (settings.bot_token, settings.port) == (TOKEN, 81)


def test_a_value_and_a_file_at_once_are_refused(tmp_path: Path) -> None:
    both = refusal(SECRET_KEY=KEY, SECRET_KEY_FILE=str(tmp_path / "key"))
    assert both == "SECRET_KEY and SECRET_KEY_FILE are both set: expected only one of them"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "can't be read (FileNotFoundError): expected a text file"),
        (b"\xff\xfe\x00", "can't be read (UnicodeDecodeError): expected a text file"),
        (b" \n", "is empty: expected the value of BOT_TOKEN"),
    ],
)
def test_a_file_that_gives_nothing_is_named(tmp_path: Path, content: bytes | None, reason: str) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    assert refusal(BOT_TOKEN_FILE=str(file)) == f"BOT_TOKEN_FILE ({str(file)!r}) {reason}"


def test_a_wrong_value_is_said_in_one_line_with_what_is_expected() -> None:
    assert refusal(PORT="http\n80") == r"PORT ('http\n80') is not a port: expected a whole number from 1 to 65535"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_API_URL", "api.telegram.org"),
        ("BOT_API_URL", "ftp://api.telegram.org"),
        ("BOT_API_URL", "https://"),
        ("BOT_API_URL", "https://host:port"),
        ("BOT_API_URL", "https://host/?a=b"),
        ("BOT_API_URL", "https://nora:word@host"),
        ("WEBHOOK_URL", "http://bot.example/hook"),
        ("WEBHOOK_URL", "bot.example"),
        ("WEBHOOK_URL", "https://[bot"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "٨٠"),
        ("HEALTH_PORT", "none"),
        ("HEALTH_HOST", "everywhere"),
        ("WEBHOOK_HOST", "0.0.0"),
        ("SANDBOX_PORT", "1e3"),
        ("TIMEZONE", "Helsinki"),
        ("TIMEZONE", "Europe"),
        ("TIMEZONE", "../etc/passwd"),
        ("QUIET_HOURS", "20-8"),
        ("QUIET_HOURS", "20:00-24:00"),
        ("QUIET_HOURS", "20:00-20:00"),
        ("QUIET_HOURS", "20:00"),
        ("PROFILE", "ICCE"),
        ("PROFILE", "/nowhere/at/all.toml"),
        ("ALERT_OPEN_HOURS", "0"),
        ("ALERT_OPEN_HOURS", "241"),
        ("ALERT_OPEN_HOURS", "1.5"),
        ("WORDING_DIR", "/nowhere/at/all"),
        ("HELP_LINES", "/nowhere/at/all.toml"),
    ],
)
def test_a_wrong_value_names_its_variable_in_one_line(name: str, value: str) -> None:
    said = refusal(**{name: value})
    assert said.startswith(f"{name} ({value!r}) ")
    assert ": expected " in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "hunter2"),
        ("BOT_TOKEN", f"{TOKEN}\nhunter2"),
        ("BOT_TOKEN", "hunter2:AAExampleExampleExampleExampleExamp"),
        ("SECRET_KEY", "hunter2-hunter2-hunter2-hunter2"),
        ("WEBHOOK_SECRET", "hunter2!"),
        ("WEBHOOK_SECRET", "hunter2" * 40),
        ("DATABASE_URL", "mysql://nora:hunter2@db.example/fit"),
        ("DATABASE_URL", "hunter2"),
        ("DATABASE_URL", "sqlite://hunter2"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "postgres://nora:hunter2@db.example"),
        ("DATABASE_URL", "postgres://nora:x@db.example:hunter2/fit"),
        ("DATABASE_URL", "postgres://nora:x@db.example/fit?password=hunter2"),
        ("DATABASE_URL", "postgres://nora:x@db.example/fit?sslmode=hunter2"),
    ],
)
def test_a_wrong_secret_names_its_variable_and_does_not_get_out(name: str, value: str) -> None:
    said = refusal(**{name: value})
    assert said.startswith(f"{name} ")
    assert ": expected " in said
    assert "\n" not in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("sqlite:///fit.db", "sqlite+aiosqlite:///fit.db"),
        ("sqlite:////var/lib/fit.db", "sqlite+aiosqlite:////var/lib/fit.db"),
        ("sqlite+aiosqlite:///fit.db", "sqlite+aiosqlite:///fit.db"),
        ("postgres://nora:s3cret@db.example/fit", POSTGRES),
        ("postgresql://nora:s3cret@db.example/fit", POSTGRES),
        (POSTGRES, POSTGRES),
        ("postgres://nora:s3cret@db.example/fit?sslmode=require&channel_binding=require", f"{POSTGRES}?ssl=require"),
        ("postgres://n:p%40ss@[::1]:5433/fit?ssl=disable", "postgresql+asyncpg://n:p%40ss@[::1]:5433/fit?ssl=disable"),
        ("postgresql:///fit?host=/run/postgresql", "postgresql+asyncpg:///fit?host=/run/postgresql"),
    ],
)
def test_the_addresses_of_databases_that_hosts_hand_out_are_understood(given: str, understood: str) -> None:
    assert Settings.from_env({"DATABASE_URL": given}).database_url == understood


@pytest.mark.parametrize("url", ["http://localhost:8080/hook", "http://127.0.0.2/hook", "http://[::1]/hook"])
def test_a_webhook_on_this_machine_may_be_without_encryption(url: str) -> None:
    assert Settings.from_env({"WEBHOOK_URL": url}).webhook_url == url


@pytest.mark.parametrize("said", ["off", "21:30-07:00"])
def test_quiet_hours_are_described_as_they_are_set(said: str) -> None:
    described = [" ".join(line.split()) for line in Settings.from_env({"QUIET_HOURS": said}).described()]
    assert f"QUIET_HOURS {said}" in described


def test_a_profile_of_ones_own_is_read_from_its_file_and_shown_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "our.toml"
    file.write_text('name = "Kallio"\n[cutoffs]\nadult = 24.5\n', encoding="utf-8")
    settings = Settings.from_env({"PROFILE": str(file)})
    assert settings.profile.outcome[AgeBand.ADULT] == 245
    assert "PROFILE Kallio" in [" ".join(line.split()) for line in settings.described()]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            b'name = "Kallio"\n[cutoffs]\nadult = 41\n',
            "cutoffs.adult is 41: expected points from 0 to 40, one decimal at most",
        ),
        (b"name = ", "is no TOML (Invalid value (at end of document)): expected a file of a profile"),
        (b"\xff", "can't be read (UnicodeDecodeError): expected a file of a profile"),
    ],
)
def test_a_wrong_file_of_a_profile_stops_the_start_and_says_where(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "our.toml"
    file.write_bytes(content)
    assert refusal(PROFILE=str(file)).removeprefix("PROFILE (").partition(") ")[2] == reason


def test_a_key_of_exactly_thirty_two_characters_is_long_enough() -> None:
    assert Settings.from_env({"SECRET_KEY": "k" * 32}).secret_key == "k" * 32


def test_what_a_command_needs_is_handed_to_it() -> None:
    assert Settings.from_env({"BOT_TOKEN": TOKEN, "SECRET_KEY": KEY}).require("secret_key", "bot_token") == (KEY, TOKEN)


def test_what_a_command_needs_and_lacks_is_named() -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_env({"SECRET_KEY": KEY}).require("bot_token", "secret_key")
    assert (
        str(caught.value)
        == "BOT_TOKEN is missing: expected the bot's token, from @BotFather, in BOT_TOKEN or BOT_TOKEN_FILE"
    )


def test_settings_are_described_without_a_secret() -> None:
    environ = {"BOT_TOKEN": TOKEN, "DATABASE_URL": POSTGRES, "WEBHOOK_SECRET": "s3cret-webhook", "PORT": "81"}
    described = Settings.from_env(environ).described()
    assert [" ".join(line.split()) for line in described][:8] == [
        "BOT_TOKEN set",
        "BOT_API_URL https://api.telegram.org",
        "DATABASE_URL postgresql+asyncpg://nora:***@db.example/fit",
        "SECRET_KEY not set",
        "WEBHOOK_URL not set",
        "WEBHOOK_SECRET set",
        "WEBHOOK_HOST 0.0.0.0",
        "PORT 81",
    ]


def test_a_password_in_which_a_colon_or_the_users_name_comes_again_is_hidden_whole() -> None:
    described = Settings.from_env({"DATABASE_URL": "postgres://db:db:db@db/db"}).described()
    assert described[2].split() == ["DATABASE_URL", "postgresql+asyncpg://db:***@db/db"]


def test_printed_settings_hold_no_secret() -> None:
    environ = {"BOT_TOKEN": TOKEN, "DATABASE_URL": POSTGRES, "SECRET_KEY": KEY, "WEBHOOK_SECRET": "s3cret-webhook"}
    settings = Settings.from_env(environ)
    assert [secret for secret in settings.secrets() if secret in repr(settings)] == []


def test_all_secrets_are_named_for_the_log_to_hide() -> None:
    environ = {
        "BOT_TOKEN": TOKEN,
        "DATABASE_URL": "postgres://n:p%40ss@db/fit",
        "SECRET_KEY": KEY,
        "WEBHOOK_SECRET": "s3",
    }
    assert Settings.from_env(environ).secrets() == (TOKEN, KEY, "s3", "p@ss")


def test_each_variable_has_a_help() -> None:
    assert [setting.name for setting in SETTINGS if not setting.help] == []

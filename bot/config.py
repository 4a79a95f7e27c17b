"""Settings: every variable of the environment once, with its type, help and default.

Each NAME may also be given as NAME_FILE, a file that holds the value. What is empty counts as not set. A wrong or
missing value stops the start with one line that names the variable and never holds a secret.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit
from zoneinfo import ZoneInfo

from bot.domain.profile_files import parsed
from bot.domain.profiles import ICCE, PROFILES, Profile

_FOLDER: Final = Path(__file__).resolve().parent.parent
# What hosts write into addresses of databases for libpq; asyncpg needs none of it.
_LIBPQ_ONLY: Final = {"channel_binding", "connect_timeout", "application_name", "gssencmode", "target_session_attrs"}
_SSL_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


class SettingError(Exception):
    """A wrong or missing setting, in one line."""


@dataclass(frozen=True)
class Setting:
    """One variable of the environment. `read` raises ValueError with what is wrong and what is expected."""

    name: str
    help: str
    default: str | None
    secret: bool
    read: Callable[[str], object] = field(repr=False)
    shown: Callable[[Any], str] = field(repr=False)

    def value(self, environ: Mapping[str, str]) -> object:
        """The value in force; None where it is not set and has no default."""
        given = _given(self.name, environ)
        if given is None:
            return None if self.default is None else self.read(self.default)
        try:
            return self.read(given)
        except ValueError as error:
            raise SettingError(f"{self.name}{self._quoted(given)} {error}") from None

    def _quoted(self, given: str) -> str:
        return "" if self.secret else f" ({given[:60]!r})"


def _given(name: str, environ: Mapping[str, str]) -> str | None:
    given, file = environ.get(name, "").strip(), environ.get(f"{name}_FILE", "").strip()
    if given and file:
        raise SettingError(f"{name} and {name}_FILE are both set: expected only one of them")
    return _content(name, Path(file)) if file else given or None


def _content(name: str, file: Path) -> str:
    try:
        content = file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        reason = type(error).__name__
        raise SettingError(f"{name}_FILE ({str(file)!r}) can't be read ({reason}): expected a text file") from None
    if not content:
        raise SettingError(f"{name}_FILE ({str(file)!r}) is empty: expected the value of {name}")
    return content


def _token(text: str) -> str:
    return _matching(
        text, r"\d+:[A-Za-z0-9_-]+", "is not a token: expected digits, a colon and letters, as @BotFather gives it"
    )


def _key(text: str) -> str:
    return _matching(text, r"(?s).{32,}", "is too short: expected at least 32 random characters")


def _webhook_secret(text: str) -> str:
    return _matching(text, r"[A-Za-z0-9_-]{1,256}", "is not allowed: expected 1-256 of A-Z a-z 0-9 _ -")


def _matching(text: str, pattern: str, otherwise: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise ValueError(otherwise)
    return text


def _api_url(text: str) -> str:
    """The root of a Bot API server, without a slash at its end."""
    address = _split(text)
    if address.scheme not in {"http", "https"} or not _is_plain(address):
        raise ValueError("is not the root of a Bot API server: expected http(s)://host[:port][/path]")
    return text.rstrip("/")


def _webhook_url(text: str) -> str:
    address = _split(text)
    safe = address.scheme == "https" or (address.scheme == "http" and _is_loopback(address.hostname or ""))
    if not safe or not _is_plain(address):
        raise ValueError("can't be called by Telegram: expected https://host[/path], or http on this machine only")
    return text


def _split(text: str) -> SplitResult:
    try:
        address = urlsplit(text)
        _ = address.port
    except ValueError:
        raise ValueError("is not an address: expected scheme://host[:port][/path]") from None
    return address


def _is_plain(address: SplitResult) -> bool:
    return bool(address.hostname) and "@" not in address.netloc and not address.query and not address.fragment


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database_url(text: str) -> str:
    """The address as SQLAlchemy's asynchronous engine takes it: sqlite+aiosqlite:///... or postgresql+asyncpg://..."""
    address = _split(text)
    if address.scheme in {"sqlite", "sqlite+aiosqlite"} and not address.netloc and len(address.path) > 1:
        return f"sqlite+aiosqlite://{text.removeprefix(f'{address.scheme}://')}"
    if address.scheme in {"postgres", "postgresql", "postgresql+asyncpg"} and len(address.path) > 1:
        kept = urlencode(_understood_by_asyncpg(address.query), safe="/")
        rest = f"{address.netloc}{address.path}"
        return f"postgresql+asyncpg://{rest}?{kept}" if kept else f"postgresql+asyncpg://{rest}"
    raise ValueError("is not a database: expected sqlite:///path/to/file.db or postgresql://user:password@host/name")


def _understood_by_asyncpg(query: str) -> list[tuple[str, str]]:
    kept = [
        ("ssl" if name == "sslmode" else name, value) for name, value in parse_qsl(query) if name not in _LIBPQ_ONLY
    ]
    for name, value in kept:
        if name not in {"ssl", "host", "port", "prepared_statement_cache_size"}:
            raise ValueError("has something unknown after its question mark: expected nothing but sslmode")
        if name == "ssl" and value not in _SSL_MODES:
            raise ValueError(f"has an unknown sslmode: expected one of {', '.join(_SSL_MODES)}")
    return kept


def _without_password(url: str) -> str:
    user, at, _ = urlsplit(url).netloc.rpartition("@")
    return url.replace(f"{user}@", f"{user.split(':')[0]}:***@", 1) if at and ":" in user else url


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise ValueError("is not a port: expected a whole number from 1 to 65535")
    return int(text)


def _port_or_off(text: str) -> int:
    """0 where it is off."""
    if text.lower() == "off":
        return 0
    try:
        return _port(text)
    except ValueError:
        raise ValueError("is not a port: expected a whole number from 1 to 65535, or off") from None


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueError("is not an address to listen on: expected such as 127.0.0.1, 0.0.0.0 or ::") from None


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("is not a known time zone: expected a name such as Europe/Helsinki") from None


def _hours(text: str) -> tuple[time, ...]:
    """Two local times, such as 20:00-08:00; none for off."""
    if text.lower() == "off":
        return ()
    given = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", text, re.ASCII)
    if not given or given.group(1, 2) == given.group(3, 4):
        raise ValueError("are not quiet hours: expected two times such as 20:00-08:00, or off")
    begins, ends = (time(int(given[at]), int(given[at + 1])) for at in (1, 3))
    return begins, ends


def _hours_shown(hours: tuple[time, ...]) -> str:
    return "-".join(each.isoformat("minutes") for each in hours) or "off"


def _profile(text: str) -> Profile:
    """A published one by its name, or an organisation's own from its file."""
    if text in PROFILES:
        return PROFILES[text]
    if not text.endswith(".toml"):
        raise ValueError(
            f"is not a known profile: expected one of {', '.join(PROFILES)}, or a file that ends with .toml"
        )
    try:
        return parsed(Path(text).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"can't be read ({type(error).__name__}): expected a file of a profile") from None


def _hours_of_work(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", text, re.ASCII) or not 1 <= int(text) <= 240:
        raise ValueError("is not a number of hours: expected a whole number from 1 to 240")
    return int(text)


def _on_or_off(text: str) -> bool:
    if text.lower() not in ("on", "off"):
        raise ValueError("is neither: expected on or off")
    return text.lower() == "on"


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise ValueError("is not a folder: expected one that exists")
    return Path(text)


def _file(text: str) -> Path:
    if text == _SHIPPED_HELP_LINES:
        return _FOLDER / text
    if not Path(text).is_file() or not os.access(text, os.R_OK):
        raise ValueError("can't be read: expected a file that exists")
    return Path(text)


_SHIPPED_HELP_LINES: Final = "bot/messages/help_lines.toml"


def _setting(
    read: Callable[[str], object],
    meaning: str,
    *,
    default: str | None = None,
    secret: bool = False,
    shown: Callable[[Any], str] | None = None,
) -> Any:
    about = {"read": read, "help": meaning, "default": default, "secret": secret}
    about["shown"] = shown or ((lambda _: "set") if secret else str)
    return field(metadata=about, repr=not secret)


@dataclass(frozen=True)
class Settings:
    """What is in force. The name of a variable is that of the field in capitals."""

    bot_token: str | None = _setting(_token, "the bot's token, from @BotFather", secret=True)
    bot_api_url: str = _setting(_api_url, "root of the Bot API server", default="https://api.telegram.org")
    database_url: str = _setting(
        _database_url,
        "where answers are kept: a SQLite file or PostgreSQL",
        default="sqlite+aiosqlite:///data/kuulolla.db",
        secret=True,
        shown=_without_password,
    )
    secret_key: str | None = _setting(
        _key, "key for Telegram ids and invitations, at least 32 random characters", secret=True
    )
    webhook_url: str | None = _setting(_webhook_url, "public address that Telegram calls, https")
    webhook_secret: str | None = _setting(_webhook_secret, "what Telegram must show when it calls", secret=True)
    webhook_host: str = _setting(_address, "address on which the webhook listens", default="0.0.0.0")
    port: int = _setting(_port, "port on which the webhook listens", default="8080")
    health_host: str = _setting(_address, "address on which health and figures are told", default="127.0.0.1")
    health_port: int = _setting(
        _port_or_off, "port of health and figures, or off", default="9464", shown=lambda port: str(port or "off")
    )
    timezone: ZoneInfo = _setting(_zone, "time zone of meetings and reminders", default="Europe/Helsinki")
    quiet_hours: tuple[time, ...] = _setting(
        _hours, "when nobody is reminded, in local time, or off", default="20:00-08:00", shown=_hours_shown
    )
    profile: Profile = _setting(
        _profile,
        f"cutoffs, reliable change and alerts: {', '.join(PROFILES)}, or a file of one's own (.toml)",
        default=ICCE.name,
        shown=lambda profile: profile.name,
    )
    alert_open_hours: int = _setting(
        _hours_of_work, "hours on working days after which an unopened alert is passed on", default="24"
    )
    free_text: bool = _setting(
        _on_or_off,
        "on: workers may add a few words of their own to a note",
        default="off",
        shown=lambda on: "on" if on else "off",
    )
    wording_dir: Path | None = _setting(_folder, "folder with the organisation's own wording of the instruments")
    help_lines: Path = _setting(_file, "file with the help lines", default=_SHIPPED_HELP_LINES)
    sandbox_port: int = _setting(_port, "port of the sandbox, on this machine only", default="8000")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read all; SettingError for the first that is wrong."""
        values: dict[str, Any] = {setting.name.lower(): setting.value(environ) for setting in SETTINGS}
        return cls(**values)

    def require(self, *names: str) -> tuple[str, ...]:
        """The values of what a command can't do without, by field name; SettingError for the first that is not set."""
        for setting in SETTINGS:
            if setting.name.lower() in names and getattr(self, setting.name.lower()) is None:
                raise SettingError(
                    f"{setting.name} is missing: expected {setting.help}, in {setting.name} or {setting.name}_FILE"
                )
        return tuple(str(getattr(self, name)) for name in names)

    def secrets(self) -> tuple[str, ...]:
        """All that must not be written anywhere, the database's password too."""
        password = unquote(urlsplit(self.database_url).password or "")
        return tuple(filter(None, (self.bot_token, self.secret_key, self.webhook_secret, password)))

    def described(self) -> tuple[str, ...]:
        """A line for each variable with its value; of a secret only whether it is set."""
        width = max(len(setting.name) for setting in SETTINGS)
        values = ((setting, getattr(self, setting.name.lower())) for setting in SETTINGS)
        return tuple(
            f"{setting.name:<{width}}  {'not set' if value is None else setting.shown(value)}"
            for setting, value in values
        )


SETTINGS: Final = tuple(Setting(name=each.name.upper(), **each.metadata) for each in fields(Settings))

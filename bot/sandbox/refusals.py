"""How the World says no: in Telegram's words, or in its own where it is asked for what it was not built for."""

from __future__ import annotations


class RefusedError(Exception):
    """A call that Telegram would answer with an error. `retry_after` is in seconds, for 429."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


class NotBuiltError(RefusedError):
    """A call that the sandbox doesn't know or that our own rules forbid; it becomes a complaint of the World."""

    def __init__(self, description: str, *, code: int = 400) -> None:
        super().__init__(code, f"{'Not Found' if code == 404 else 'Bad Request'}: sandbox: {description}")


class NoAnswerError(Exception):
    """No answer comes back: the connection closes. Unless it was `reached`, the connection couldn't even be made."""

    def __init__(self, *, reached: bool = True) -> None:
        super().__init__()
        self.reached = reached


def bad_request(description: str) -> RefusedError:
    """Refuse as the server does, which writes the first letter small unless the second is large or `_`."""
    if len(description) < 2 or not (description[1] == "_" or description[1].isupper()):
        description = description[:1].lower() + description[1:]
    return RefusedError(400, f"Bad Request: {description}")

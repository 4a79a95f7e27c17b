"""Bodies of HTTP requests: JSON, forms and uploads, as the Bot API takes them.

Source:
    Bot API, "Making requests": a query string, application/x-www-form-urlencoded, application/json or
    multipart/form-data (RFC 7578).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.sandbox.parameters import Upload

_NAME: Final = re.compile(rb'\bname="([^"]*)"')
_FILE: Final = re.compile(rb'\bfilename\*?=(?:"([^"]*)")?')
_BOUNDARY: Final = re.compile(r'boundary="?([^";]+)"?')


class BodyError(ValueError):
    """The body isn't what its content type says."""


@dataclass
class Form:
    """The parameters of a call and its uploads, by name."""

    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


async def receive(request: Request, *, limit: int) -> bytes:
    """Take the whole body. Unit of `limit`: bytes. Error: 413 for a longer one."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise HTTPException(413, "Request Entity Too Large")
        chunks.append(chunk)
    return b"".join(chunks)


def read(query: str, content_type: str, body: bytes) -> Form:
    """Read query string and body together; the body wins. Error: BodyError."""
    form = Form(dict(parse_qsl(query, keep_blank_values=True)))
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        form.values |= read_json(body)
    elif kind == "application/x-www-form-urlencoded":
        form.values |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    elif kind == "multipart/form-data":
        _read_parts(form, content_type, body)
    elif body:
        raise BodyError(f"a body of type {kind!r}")
    return form


def read_json(body: bytes) -> dict[str, Any]:
    """Read a JSON object; an empty body is an empty one. Error: BodyError."""
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise BodyError("no JSON") from None
    if not isinstance(value, dict):
        raise BodyError("no JSON object")
    return value


def _read_parts(form: Form, content_type: str, body: bytes) -> None:
    found = _BOUNDARY.search(content_type)
    if not found:
        raise BodyError("parts without a boundary")
    parts = (b"\r\n" + body).split(b"\r\n--" + found.group(1).encode())
    if len(parts) < 2 or not parts[-1].startswith(b"--"):
        raise BodyError("parts without an end")
    for part in parts[1:-1]:
        _read_part(form, part)


def _read_part(form: Form, part: bytes) -> None:
    head, gap, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    name = _NAME.search(head)
    if not gap or not name:
        raise BodyError("a part without a name")
    key = name.group(1).decode("utf-8", "replace")
    if file := _FILE.search(head):
        form.files[key] = Upload(content, (file.group(1) or b"").decode("utf-8", "replace"))
    else:
        form.values[key] = content.decode("utf-8", "replace")

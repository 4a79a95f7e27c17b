"""Bodies of requests."""

from __future__ import annotations

import pytest

from bot.sandbox.bodies import BodyError, Form, read

PARTS = (
    b"--x\r\n"
    b'Content-Disposition: form-data; name="chat_id"\r\n\r\n'
    b"12\r\n"
    b"--x\r\n"
    b'Content-Disposition: form-data; name="photo"; filename="a.png"\r\n'
    b"Content-Type: image/png\r\n\r\n"
    b"\x89PNG\r\n\x00--x \r\n\r\n"
    b"--x--\r\n"
)


@pytest.mark.parametrize(
    ("query", "kind", "body", "form"),
    [
        ("a=1&b=%C3%A4", "", b"", Form({"a": "1", "b": "ä"})),
        ("a=1", "application/json", b'{"a": 2}', Form({"a": 2})),
        ("", "application/x-www-form-urlencoded; charset=utf-8", b"a=+x&b=", Form({"a": " x", "b": ""})),
        (
            "",
            'multipart/form-data; boundary="x"',
            PARTS,
            Form({"chat_id": "12"}, {"photo": b"\x89PNG\r\n\x00--x \r\n"}),
        ),
    ],
    ids=["query", "json", "form", "parts"],
)
def test_each_way_of_passing_parameters_is_read(query: str, kind: str, body: bytes, form: Form) -> None:
    assert read(query, kind, body) == form


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("multipart/form-data", PARTS),
        ("multipart/form-data; boundary=x", PARTS[:-8]),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Type: text/plain\r\n\r\n1\r\n--x--"),
        ("text/plain", b"a=1"),
    ],
    ids=["half", "array", "no boundary", "no end", "no name", "unknown type"],
)
def test_a_body_that_is_not_what_it_says_is_refused(kind: str, body: bytes) -> None:
    with pytest.raises(BodyError):
        read("", kind, body)

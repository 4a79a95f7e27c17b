"""The file of help lines, and what each reader sees of it."""

from datetime import date
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.people import AgeBand
from bot.i18n import LANGUAGES, Language
from bot.messages.help_lines import READERS, HelpLine, help_text, load

in_every_language = pytest.mark.parametrize("say", LANGUAGES, ids=lambda say: say.code)

LINES = """
[[line]]
number = "112"
readers = ["child", "young", "adult"]
checked = 2026-11-21
fi = "Hätänumero <&>"
en = "Emergency number"

[[line]]
number = "116 111"
readers = ["child"]
checked = 2026-11-20
sv = "Barntelefonen"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "help.toml"


def written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def said(code: str) -> Language:
    return next(each for each in LANGUAGES if each.code == code)


def test_a_file_is_read_as_it_stands(file: Path) -> None:
    assert load(written(file, LINES)) == [
        HelpLine(
            "112",
            ("child", "young", "adult"),
            (("fi", "Hätänumero <&>"), ("en", "Emergency number")),
            date(2026, 11, 21),
        ),
        HelpLine("116 111", ("child",), (("sv", "Barntelefonen"),), date(2026, 11, 20)),
    ]


@pytest.mark.parametrize(
    ("code", "band", "text"),
    [
        ("fi", AgeBand.ADULT, "☎️ 112 – Hätänumero &lt;&amp;&gt;"),
        ("sv", AgeBand.CHILD, "☎️ 116 111 – Barntelefonen"),
        ("sv", AgeBand.UNDER_6, "☎️ 116 111 – Barntelefonen"),
        ("sv", AgeBand.ADOLESCENT, ""),
        ("en", AgeBand.EIGHTEEN, "☎️ 112 – Emergency number"),
    ],
)
def test_a_reader_sees_the_lines_for_them_in_their_language(file: Path, code: str, band: AgeBand, text: str) -> None:
    assert help_text(said(code), load(written(file, LINES)), band) == text


GOOD = 'number = "112"\nreaders = ["adult"]\nchecked = 2026-11-21\nfi = "Hätänumero"'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", r"has no \[\[line\]\]"),
        ("number =", "isn't TOML"),
        (f"[line]\n{GOOD}", r"has no \[\[line\]\]"),
        ("line = 3", r"has no \[\[line\]\]"),
        ('line = ["112"]', r"has no \[\[line\]\]"),
        (
            f"[[line]]\n{GOOD}\n[[line]]\n{GOOD.replace('adult', 'everybody')}",
            "line 2 needs readers .of child, young, adult",
        ),
        (f"[[line]]\n{GOOD.replace('[', '').replace(']', '')}", "line 1 needs readers"),
        (f"[[line]]\n{GOOD}".replace('["adult"]', "3"), "line 1 needs readers"),
        (f"[[line]]\n{GOOD.replace('fi =', 'so =')}", "line 1 needs readers .* and words in a language"),
        (f"[[line]]\n{GOOD.replace('2026-11-21', '20261121')}", "line 1 needs a number and the date"),
        (f"[[line]]\n{GOOD.replace('number', 'phone')}", "line 1 needs a number and the date"),
    ],
)
def test_a_file_that_says_something_else_is_refused_in_one_sentence(file: Path, text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        load(written(file, text))


def test_a_file_that_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe[[line]]")
    with pytest.raises(ValueError, match="utf-8"):
        load(file)


@in_every_language
@pytest.mark.parametrize("band", AgeBand)
def test_our_own_file_has_the_emergency_number_first_and_one_more_for_everybody(say: Language, band: AgeBand) -> None:
    lines = help_text(say, load(Settings.from_env({}).help_lines), band).splitlines()
    assert lines[0].startswith("☎️ 112 – ")
    assert len(lines) >= 2


def test_our_own_file_knows_the_readers_that_there_are() -> None:
    assert {reader for line in load(Settings.from_env({}).help_lines) for reader in line.readers} == set(READERS)

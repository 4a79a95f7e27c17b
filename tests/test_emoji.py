"""The sandbox page brings a font with the emoji that the bot writes, for computers that have none."""

import importlib
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "bot" / "sandbox" / "page"
EMOJI = re.compile("[⌚-⏿☀-➿⬀-⯿\U0001f000-\U0001faff]")
TEXTS = [*ROOT.glob("locales/**/*.po"), *ROOT.glob("bot/**/*.py")]
PLAIN_SIGNS = set("✓✗✕✦➜⌫")
"""Signs of the same blocks that are text in every font."""


def of_the_font() -> set[str]:
    fonts: Any = importlib.import_module("fontTools.ttLib")  # has no types of its own
    return {chr(code) for code in fonts.TTFont(PAGE / "emoji.woff2").getBestCmap()}


def test_the_font_is_small_and_has_every_emoji_of_its_list() -> None:
    listed = set("".join((PAGE / "emoji.txt").read_text("utf-8").split()))
    assert listed - of_the_font() - {"\N{VARIATION SELECTOR-16}"} == set()
    assert (PAGE / "emoji.woff2").stat().st_size < 700_000
    assert "SIL Open Font License" in (PAGE / "emoji-OFL.txt").read_text("utf-8")


def test_the_font_has_every_emoji_that_the_bot_writes() -> None:
    known = of_the_font() | PLAIN_SIGNS
    missing = {str(path.relative_to(ROOT)): set(EMOJI.findall(path.read_text("utf-8"))) - known for path in TEXTS}
    assert {path: signs for path, signs in missing.items() if signs} == {}

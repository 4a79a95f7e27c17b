"""The gallery docs/pictures.md: every kind of picture, as small as a telephone shows it.

    python -m tests.charts.gallery

draws it anew. The pictures are the golden ones too: test_gallery.py compares what we draw with them.
"""

from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from bot.charts import draw
from bot.charts.series import caption
from bot.i18n import language
from tests.charts.cases import ALL

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
PAGE: Final = DOCS / "pictures.md"
WIDTH: Final = 540
COLOURS: Final = 96

SHOWN: Final = {
    "Trend": {
        "trend-usual": "usual",
        "trend-rich": "rich",
        "trend-dark": "rich, dark",
        "trend-crowded": "crowded",
        "trend-one": "one rating",
        "trend-three": "three",
        "trend-two-years-apart": "two years apart",
        "trend-at-40": "all at 40",
        "trend-at-0": "all at 0",
    },
    "Family": {
        "family": "family of five",
        "family-dark": "family, dark",
        "family-other-ways": "family, other ways",
        "family-one-spot": "family of six on one spot",
        "family-long-words": "family of long words",
    },
    "Side by side": {
        "side-by-side": "side by side",
        "side-by-side-six": "side by side, six at the ends",
        "side-by-side-long-words": "side by side, long words",
    },
    "Areas": {"areas": "areas", "areas-other-ways": "areas, other ways", "areas-twenty": "areas of twenty"},
    "Own measures": {"own-measures": "own measures", "own-measures-dark": "own measures, dark"},
    "My picture": {
        "my-picture": "my picture",
        "my-picture-dark": "my picture, dark",
        "my-picture-child": "a child's picture",
        "my-picture-arabic": "my picture, Arabic",
    },
    "Summary": {"summary": "summary", "summary-other-ways": "summary, other ways", "summary-six": "summary of six"},
    "Team": {"team": "team", "team-dark": "team, dark"},
    "Other scripts": {"trend-cyrillic": "Cyrillic", "trend-arabic": "Arabic"},
}
"""The pictures of each part of the page: the file, and which of our cases it is."""

SAID: Final = {
    "Trend": """\
One rater's wellbeing and the meeting: cutoff, change since the first, today's point. With a trajectory behind the
curve, events under it, and gaps: a dash is skipped, dots are not finished, a cross is not there, nothing is not asked.
Numbers that came in another way than by buttons have points of another shape.""",
    "Family": """\
Every rater about the same subject. Each has a line, a point and a name of their own; those who agree run beside one
another. Points of answers that came in another way than by one's own buttons are hollow.""",
    "Side by side": """\
Each rater's newest outcome rating by area, for the network meeting. The pale line shows where views part.""",
    "Areas": "The four items over time, with what was skipped and how the answers came.",
    "Own measures": """\
What a service has added itself: a small curve for each measure, on its own scale, without a line to reach.""",
    "My picture": """\
A person's own curve in their own words, and a child's with faces: no cutoff, no number to reach.""",
    "Summary": """\
A whole case on one page, to look at together or to print: both curves, what happened, and
where everybody is in words.""",
    "Team": "Figures of a team. What is kept back is a dash.",
    "Other scripts": """\
Names and titles in Cyrillic and in Arabic. Arabic words begin at the right; time runs from left to right in every
script (DECISIONS.md says why).""",
}
OPENING: Final = """\
# Pictures

What our pictures look like, each with the words that go with it (its caption). `make pictures` draws this page anew,
and a test compares what we draw with what is here. All people in them are invented."""

SPOKEN: Final = {
    "trend-dark": "fi",
    "trend-crowded": "sv",
    "trend-one": "fi",
    "trend-two-years-apart": "sv",
    "trend-at-40": "fi",
    "trend-at-0": "fi",
    "family-dark": "fi",
    "family-long-words": "sv",
    "side-by-side-long-words": "sv",
    "own-measures-dark": "fi",
    "summary-six": "fi",
    "team-dark": "fi",
}
"""The language of those that aren't English."""

GOLDEN: Final = {file: case for files in SHOWN.values() for file, case in files.items()}


def path(file: str) -> Path:
    return DOCS / "pictures" / f"{file}.png"


def reduced(png: bytes) -> Image.Image:
    """A picture as the gallery has it, in full colours."""
    with Image.open(BytesIO(png)) as picture:
        size = (WIDTH, round(picture.height * WIDTH / picture.width))
        return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def page() -> str:
    """The whole document."""
    parts = [OPENING]
    for title, files in SHOWN.items():
        parts += [f"## {title}", SAID[title], *(_shown(file, case) for file, case in files.items())]
    return "\n\n".join(parts) + "\n"


def _shown(file: str, case: str) -> str:
    words = caption(ALL[case], language(SPOKEN.get(file, "en"))).splitlines()
    alternative = "; ".join(words).replace('"', "'")
    return f'<img src="pictures/{file}.png" width="360" alt="{alternative}">\n\n> ' + "\\\n> ".join(words)


def main() -> None:
    for file, case in GOLDEN.items():
        small = reduced(draw.png(ALL[case])).quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=2)
        small.save(path(file), optimize=True)
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

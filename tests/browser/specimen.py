"""What a sandbox in the middle of its day shows.

Long Finnish texts, the numbers 0-10, a menu, pictures, spoilers, a code, an invitation.
"""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

Facts = dict[str, Any]

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = datetime(2026, 11, 21, 14, 5, tzinfo=HELSINKI)
INVITATION = "https://t.me/kuulolla_bot?start=k3x9Qm_Zt-7"
MENU = [
    {"command": "start", "description": "Alkuun"},
    {"command": "ennen", "description": "Ennen tapaamista"},
    {"command": "jalkeen", "description": "Tapaamisen jälkeen"},
    {"command": "kieli", "description": "Kieli · Language"},
    {"command": "privacy", "description": "Mitä minusta on tallessa"},
]
NUMBERS = (("0", "1", "2", "3", "4", "5"), ("6", "7", "8", "9", "10"))
RATING = NUMBERS + (("⬅️ Takaisin", "Ohita tällä kertaa"), ("Lopeta",))


def message(
    number: int,
    html: str = "",
    *,
    minutes_ago: float = 0,
    mine: bool = False,
    edited: bool = False,
    keys: Any = (),
    picture: Facts | None = None,
) -> Facts:
    """One message of the page's JSON; `keys` are rows of texts, or of (text, address)."""
    return {
        "id": number,
        "mine": mine,
        "html": html,
        "time": (NOW - timedelta(minutes=minutes_ago)).isoformat(),
        "edited": edited,
        "picture": picture,
        "keyboard": [[_key(key) for key in row] for row in keys],
        "silent": False,
    }


def _key(key: str | tuple[str, str]) -> Facts:
    return {"text": key, "data": f"d:{key}"[:64]} if isinstance(key, str) else {"text": key[0], "url": key[1]}


def trend(*, spoiler: bool) -> Facts:
    return {
        "url": "/pictures/trend",
        "spoiler": spoiler,
        "width": 800,
        "height": 560,
        "alt": "Aino: hyvinvointi 22,5 → 28,4, kuusi tapaamista",
    }


def lock(text: str, *, unread: int = 1) -> Facts:
    return {"time": NOW.isoformat(), "text": text, "unread": unread}


def phone(
    name: str, title: str, about: str, *messages: Facts, language: str = "fi", lock: Facts | None = None
) -> Facts:
    return {
        "name": name,
        "title": title,
        "about": about,
        "language": language,
        "blocked": False,
        "menu": MENU,
        "messages": list(messages),
        "lock": lock,
    }


def rating(item: int, *, minutes_ago: float = 0) -> Facts:
    """Aino's rating at one of its four items (1-4), as message 21."""
    areas = ("Minä itse", "Perhe ja läheiset", "Koulu ja kaverit", "Kaikki yhdessä")
    text = (
        f"<b>{areas[item - 1]}</b>\nMiten sinulla on mennyt viime viikolla, tämä päivä mukaan lukien?\n\n"
        f"<i>{item}/4</i>\n0 = ei yhtään hyvin\n10 = oikein hyvin"
    )
    return message(21, text, keys=RATING, edited=item > 1, minutes_ago=minutes_ago)


WELCOME = (
    "Tervetuloa, Nora 🌿\nTyöntekijäkoodisi on <code>KOIVU-27</code>. Perhe voi kirjoittaa sen omalla puhelimellaan."
)
INVITED = f"Kutsu äidille, voimassa 7 päivää:\n{INVITATION}\n\ntai koodina <code>LUMI-4821</code>"
SHARE = ("Jaa kutsu", f"https://t.me/share/url?url={INVITATION}")
CARD = "<b>Tapaaminen 21.11.</b>\n✅ Aino · vastasi\n⏳ Äiti · kesken 2/4\n💤 Isä · ei vielä"
NEWS = "Aino, hyvinvointi: <tg-spoiler>28,4 (+5,9)</tg-spoiler>\nMikä on muuttunut viime kerrasta?"
REQUEST = (
    "Hei! Nora pyytää sinua arvioimaan ennen tapaamista. Neljä lyhyttä kysymystä, alle minuutti. "
    "Voit ohittaa minkä tahansa, eikä syytä tarvitse sanoa."
)
FIRST_OF_A_CHILD = "<b>Miten sinulla menee?</b>\n☹️ = huonosti\n🙂 = hyvin\n\n<i>1/4</i>"
NUMBERS_ARE_BELOW = "Numerot löytyvät napeista 1️⃣ … 🔟 – paina sitä, joka tuntuu oikealta."
THANKS = (
    "Kiitos! 🌼 Vastauksesi näkee Nora. Kukaan ei valvo vastauksia ympäri vuorokauden.\n\n"
    "<blockquote>Hätätilanteessa soita 112.\nKriisipuhelin 09 2525 0111.</blockquote>\n"
    "Oman kuvasi näet komennolla /kuva."
)
ONLY_BUTTONS = "Jag förstår bara knapparna och en kod. Tryck på <b>Menu</b> om du vill börja."


def nora() -> Facts:
    return phone(
        "nora",
        "Nora",
        "worker",
        message(1, "/start", mine=True, minutes_ago=1500),
        message(2, WELCOME, minutes_ago=1499),
        message(
            3,
            "<b>Metsätähti 14</b>\nKuusi tapaamista, viimeksi 14.11.",
            keys=(("🌱 Aloita tapaaminen",), ("📈 Kuvat", "👥 Arvioijat"), ("⬅️ Tapaukset",)),
            minutes_ago=40,
        ),
        message(4, INVITED, keys=((SHARE,),), minutes_ago=30),
        message(5, CARD, keys=(("Aika lopettaa",), ("Ohita kaikki", "Päätä tapaaminen")), edited=True, minutes_ago=9),
        message(6, NEWS, picture=trend(spoiler=True), keys=(("Kysymys kysyttäväksi",),), minutes_ago=3),
    )


def aino() -> Facts:
    return phone(
        "aino",
        "Aino",
        "young person, 15",
        message(19, REQUEST, minutes_ago=12),
        message(20, "Joo 👍", mine=True, minutes_ago=11),
        rating(3, minutes_ago=10),
    )


def bo() -> Facts:
    return phone(
        "bo",
        "Bo",
        "child, 9",
        message(31, FIRST_OF_A_CHILD, keys=NUMBERS + (("Ohita 🐢", "Lopeta"),), minutes_ago=10),
        message(32, "🦊", mine=True, minutes_ago=2),
        message(33, NUMBERS_ARE_BELOW, minutes_ago=2),
        lock=lock(NUMBERS_ARE_BELOW),
    )


def mother() -> Facts:
    return phone(
        "mother",
        "Mother",
        "mother",
        message(41, THANKS, minutes_ago=1441),
        message(42, "Hur mår du?", mine=True, minutes_ago=8),
        message(43, ONLY_BUTTONS, minutes_ago=8),
        language="sv",
        lock=lock("Nora har tid för er nu.", unread=3),
    )


def state() -> Facts:
    phones = [nora(), aino(), bo(), mother(), phone("father", "Father", "father", language="en")]
    return {
        "now": NOW.isoformat(),
        "zone": "Europe/Helsinki",
        "phones": phones,
        "guests": [{"name": "otto", "title": "Otto"}],
    }


def picture() -> bytes:
    """A curve over six meetings as PNG, 800 by 560."""
    image = Image.new("RGB", (800, 560), "#ffffff")
    draw = ImageDraw.Draw(image)
    points = [(90 + 124 * at, 520 - mm) for at, mm in enumerate((180, 210, 195, 250, 300, 380))]
    draw.rectangle((60, 40, 770, 270), fill="#eef7f2")
    draw.line((60, 270, 770, 270), fill="#c08a3e", width=3)
    draw.line(points, fill="#16757f", width=6, joint="curve")
    for x, y in points:
        draw.ellipse((x - 10, y - 10, x + 10, y + 10), fill="#16757f", outline="#ffffff", width=3)
    png = io.BytesIO()
    image.save(png, "PNG")
    return png.getvalue()

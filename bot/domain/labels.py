"""Pseudonyms: a nature word and a number, for a case and for the check that two people compare aloud.

No word is a common first name or family name, so that a label never looks like somebody's; none sounds like a number.
"""

WORDS = {
    "fi": (
        "Koivu Käpy Mänty Pihlaja Haapa Leppä Tammi Vaahtera Saarni Lehmus Kataja Paju Horsma Voikukka Leinikki Apila "
        "Sammal Kanerva Mustikka Puolukka Lakka Lumme Vadelma Puro Kaisla Luoto Kaarna Ulappa Poukama Karpalo Hiekka "
        "Tunturi Niitty Ruoho Havu Pouta Revontuli Sade Kuura Kaste Aurinko Ilta Tiira Kuikka Joutsen Kiuru Lokki "
        "Västäräkki"
    ).split(),
    "sv": (
        "Kotte Gran Tall Rönn Asp Al Ekollon Lönn Ask Hassel Enbär Sälg Konvalj Sippa Smörblomma Klöver "
        "Mossa Ljung Blåbär Lingon Hjortron Näckros Tjärn Källa Säv Kobbe Udde Fjärd Bukt Tranbär Åkerbär Fjäll "
        "Äng Hallon Barr Moln Vind Regn Rimfrost Dagg Morgon Kväll Tärna Lom Svan Bofink Lärka Ärla"
    ).split(),
    "en": (
        "Birch Spruce Pine Larch Aspen Alder Oak Maple Hornbeam Linden Juniper Reed Harebell Anemone Buttercup Clover "
        "Moss Lichen Bilberry Lingonberry Cloudberry Lake Pond Stream Rapids Island Cape Bay Cove Rock Ridge Fell "
        "Meadow Grove Wildwood Cloud Wind Rain Rime Frost Morning Evening Tern Loon Swan Finch Lark Wagtail"
    ).split(),
}
NUMBERS = range(10, 100)


def label(language: str, chance: int) -> str:
    """One of 48 words and a number 10-99, in the language; `chance` is any large random whole number."""
    words = WORDS.get(language, WORDS["en"])
    chance, word = divmod(chance, len(words))
    return f"{words[word]} {NUMBERS[chance % len(NUMBERS)]}"

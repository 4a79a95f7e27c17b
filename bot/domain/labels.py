"""Pseudonyms: a nature word and a number, for a case and for the check that two people compare aloud."""

WORDS = {
    "fi": (
        "Koivu Kuusi Mänty Pihlaja Haapa Leppä Tammi Vaahtera Saarni Lehmus Kataja Paju Kielo Vuokko Leinikki Apila "
        "Sammal Kanerva Mustikka Puolukka Lakka Järvi Lampi Puro Koski Saari Niemi Lahti Poukama Kallio Harju Tunturi "
        "Niitty Lehto Korpi Pilvi Tuuli Sade Kuura Halla Aamu Ilta Tiira Kuikka Joutsen Peippo Tiainen Västäräkki"
    ).split(),
    "sv": (
        "Björk Gran Tall Rönn Asp Al Ek Lönn Ask Lind Enbär Sälg Konvalj Sippa Smörblomma Klöver "
        "Mossa Ljung Blåbär Lingon Hjortron Sjö Tjärn Bäck Fors Holme Udde Vik Bukt Berg Ås Fjäll "
        "Äng Lund Skog Moln Vind Regn Rimfrost Dimma Morgon Kväll Tärna Lom Svan Bofink Mes Ärla"
    ).split(),
    "en": (
        "Birch Spruce Pine Rowan Aspen Alder Oak Maple Ash Linden Juniper Willow Lily Anemone Buttercup Clover "
        "Moss Heather Bilberry Lingonberry Cloudberry Lake Pond Brook Rapids Island Cape Bay Cove Rock Ridge Fell "
        "Meadow Grove Wildwood Cloud Wind Rain Rime Frost Morning Evening Tern Loon Swan Finch Tit Wagtail"
    ).split(),
}
NUMBERS = range(10, 100)


def label(language: str, chance: int) -> str:
    """One of 48 words and a number 10-99, in the language; `chance` is any large random whole number."""
    words = WORDS.get(language, WORDS["en"])
    chance, word = divmod(chance, len(words))
    return f"{words[word]} {NUMBERS[chance % len(NUMBERS)]}"

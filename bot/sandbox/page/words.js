// The page's own words. What stands in a bubble comes from the bot; these are the phone and the page around it.

const WORDS = {
  en: {
    locale: "en-GB", name: "English",
    about: "Feedback-informed work in a chat. Everybody here is made up: tap through a meeting on everyone’s phone.",
    clock: "The sandbox’s clock", hour: "+1 hour", day: "+1 day", week: "+1 week",
    reset: "Start over", resetQuestion: "Start the sandbox over?",
    resetExplained: "Everything said and rated here is forgotten, and the story is as it was at the beginning.",
    add: (name) => `Add ${name}`, cancel: "Cancel", ok: "OK", close: "Close",
    lost: "The connection is lost. Trying again…",
    keys: "Tab: onwards · arrows: within the buttons · F6: the next phone",
    phones: "Phones", phoneOf: (name) => `The phone of ${name}`, languageOf: (name) => `Language of the phone of ${name}`,
    lock: (name) => `Lock the phone of ${name}`, unlock: (name) => `Unlock the phone of ${name}`,
    bot: "bot", chat: "Chat with Kuulolla", you: "You", message: "Message", send: "Send", photo: "Send a photo",
    menu: "Menu", menuLong: "Commands of the bot", start: "Start", restart: "Restart the bot", empty: "No messages here yet",
    emptyHint: "Press Start to begin the chat.", blocked: "This phone has stopped the bot.",
    edited: "edited", today: "Today", yesterday: "Yesterday", newest: "To the newest message", buttons: "Buttons",
    hiddenText: "Hidden text, tap to show", hiddenPicture: "Hidden picture, tap to show", enlarge: "Enlarge the picture",
    picture: "Picture", copy: (text) => `Copy ${text}`, copied: "Copied", notCopied: "Copying did not work",
    openOn: "Open on the phone of …", openExplained: "On a real phone the link opens for whoever taps it.", copyLink: "Copy the link",
    notification: (name) => `Notification on the phone of ${name}`, more: (n) => `${n} new`, now: "now", open: "Open", noNews: "No notifications",
    abouts: {},
  },
  fi: {
    locale: "fi-FI", name: "suomi",
    about: "Palautetietoista työtä chatissa. Kaikki täällä ovat keksittyjä: kokeile tapaamista jokaisen puhelimella.",
    clock: "Hiekkalaatikon kello", hour: "+1 tunti", day: "+1 päivä", week: "+1 viikko",
    reset: "Aloita alusta", resetQuestion: "Aloitetaanko hiekkalaatikko alusta?",
    resetExplained: "Kaikki, mitä täällä on sanottu ja vastattu, unohdetaan, ja tarina alkaa alusta.",
    add: (name) => `Lisää ${name}`, cancel: "Peruuta", ok: "OK", close: "Sulje",
    lost: "Yhteys katkesi. Yritetään uudelleen…",
    keys: "Sarkain: eteenpäin · nuolet: painikkeissa · F6: seuraava puhelin",
    phones: "Puhelimet", phoneOf: (name) => `Puhelin: ${name}`, languageOf: (name) => `Puhelimen kieli: ${name}`,
    lock: (name) => `Lukitse puhelin: ${name}`, unlock: (name) => `Avaa puhelin: ${name}`,
    bot: "botti", chat: "Keskustelu Kuulollan kanssa", you: "Sinä", message: "Viesti", send: "Lähetä", photo: "Lähetä kuva",
    menu: "Valikko", menuLong: "Botin komennot", start: "Aloita", restart: "Käynnistä botti uudelleen", empty: "Täällä ei ole vielä viestejä",
    emptyHint: "Aloita keskustelu painamalla Aloita.", blocked: "Tämä puhelin on pysäyttänyt botin.",
    edited: "muokattu", today: "Tänään", yesterday: "Eilen", newest: "Uusimpaan viestiin", buttons: "Painikkeet",
    hiddenText: "Piilotettu teksti, näytä napauttamalla", hiddenPicture: "Piilotettu kuva, näytä napauttamalla", enlarge: "Suurenna kuva",
    picture: "Kuva", copy: (text) => `Kopioi ${text}`, copied: "Kopioitu", notCopied: "Kopiointi ei onnistunut",
    openOn: "Avaa puhelimella …", openExplained: "Oikealla puhelimella linkki avautuu sille, joka sitä napauttaa.", copyLink: "Kopioi linkki",
    notification: (name) => `Ilmoitus puhelimessa: ${name}`, more: (n) => `${n} uutta`, now: "nyt", open: "Avaa", noNews: "Ei ilmoituksia",
    abouts: { worker: "työntekijä", "young person": "nuori", child: "lapsi", mother: "äiti", father: "isä", "their mother": "heidän äitinsä", "their father": "heidän isänsä", carer: "läheinen", teacher: "opettaja", "another worker": "toinen työntekijä", "worker of another team": "toisen tiimin työntekijä" },
  },
  sv: {
    locale: "sv-FI", name: "svenska",
    about: "Feedbackinformerat arbete i en chatt. Alla här är påhittade: prova en träff på allas telefoner.",
    clock: "Sandlådans klocka", hour: "+1 timme", day: "+1 dag", week: "+1 vecka",
    reset: "Börja om", resetQuestion: "Ska sandlådan börja om?",
    resetExplained: "Allt som sagts och svarats här glöms, och berättelsen börjar om från början.",
    add: (name) => `Lägg till ${name}`, cancel: "Avbryt", ok: "OK", close: "Stäng",
    lost: "Förbindelsen bröts. Försöker igen…",
    keys: "Tabb: framåt · pilar: bland knapparna · F6: nästa telefon",
    phones: "Telefoner", phoneOf: (name) => `Telefon: ${name}`, languageOf: (name) => `Telefonens språk: ${name}`,
    lock: (name) => `Lås telefonen: ${name}`, unlock: (name) => `Lås upp telefonen: ${name}`,
    bot: "bot", chat: "Chatt med Kuulolla", you: "Du", message: "Meddelande", send: "Skicka", photo: "Skicka en bild",
    menu: "Meny", menuLong: "Botens kommandon", start: "Starta", restart: "Starta boten igen", empty: "Inga meddelanden här ännu",
    emptyHint: "Tryck på Starta för att börja chatten.", blocked: "Den här telefonen har stoppat boten.",
    edited: "redigerat", today: "I dag", yesterday: "I går", newest: "Till det nyaste meddelandet", buttons: "Knappar",
    hiddenText: "Dold text, tryck för att visa", hiddenPicture: "Dold bild, tryck för att visa", enlarge: "Förstora bilden",
    picture: "Bild", copy: (text) => `Kopiera ${text}`, copied: "Kopierat", notCopied: "Det gick inte att kopiera",
    openOn: "Öppna på telefonen …", openExplained: "På en riktig telefon öppnas länken för den som trycker på den.", copyLink: "Kopiera länken",
    notification: (name) => `Avisering på telefonen: ${name}`, more: (n) => `${n} nya`, now: "nu", open: "Öppna", noNews: "Inga aviseringar",
    abouts: { worker: "kontaktperson", "young person": "ungdom", child: "barn", mother: "mamma", father: "pappa", "their mother": "deras mamma", "their father": "deras pappa", carer: "närstående", teacher: "lärare", "another worker": "en annan kontaktperson", "worker of another team": "kontaktperson i ett annat team" },
  },
};

export const LANGUAGES = Object.keys(WORDS).map((code) => ({ code, name: WORDS[code].name }));

export function words(language) {
  return WORDS[String(language).slice(0, 2)] ?? WORDS.en;
}

// The page around the phones speaks the browser's language.
export const page = words(new URLSearchParams(location.search).get("lang") ?? navigator.language);

// "young person, 15" -> "nuori, 15"; an unknown word stays as it came.
export function translated(about) {
  const [kind, ...rest] = about.split(",");
  return [page.abouts[kind.trim().toLowerCase()] ?? kind, ...rest].join(",");
}

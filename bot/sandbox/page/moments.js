// Times as a phone writes them: of the sandbox's time zone, in the phone's language.

let zone = "Europe/Helsinki";

export function keepZone(name) {
  zone = name;
}

function format(locale, moment, options) {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(new Date(moment));
}

export function clockTime(moment, locale) {
  return format(locale, moment, { hour: "2-digit", minute: "2-digit", hour12: false });
}

export function longDay(moment, locale) {
  return format(locale, moment, { weekday: "long", day: "numeric", month: "long" });
}

export function fullDay(moment, locale) {
  return format(locale, moment, { weekday: "short", day: "numeric", month: "long", year: "numeric" });
}

// "2026-11-21": the day in the sandbox's zone, for telling days apart.
export function dayOf(moment) {
  return format("sv-SE", moment, { year: "numeric", month: "2-digit", day: "2-digit" });
}

export function dayName(moment, now, words) {
  if (dayOf(moment) === dayOf(now)) return words.today;
  if (dayOf(moment) === dayOf(new Date(new Date(now).getTime() - 86_400_000))) return words.yesterday;
  const sameYear = dayOf(moment).slice(0, 4) === dayOf(now).slice(0, 4);
  return format(words.locale, moment, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) });
}

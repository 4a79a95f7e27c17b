// What a phone shows to whoever sees it lying there: a card that slides over a phone not in use,
// and the lock screen. Both show exactly what a notification would.

import { element } from "./element.js";
import { clockTime, longDay } from "./moments.js";

// facts: {time, text, unread}. A button: opening it is reading the chat.
export function notification(facts, owner, words, open) {
  const more = facts.unread > 1 ? element("span", { class: "unread", "aria-label": words.more(facts.unread) }, String(facts.unread)) : null;
  return element(
    "button",
    { type: "button", class: "notification", "aria-label": `${words.notification(owner)}: ${facts.text}`, onclick: open },
    element("img", { src: "/page/mark.svg", alt: "", width: 34, height: 34 }),
    element("span", { class: "notification-head" }, element("b", {}, "Kuulolla"), element("time", {}, clockTime(facts.time, words.locale))),
    element("span", { class: "notification-text" }, facts.text),
    more,
  );
}

// The whole lock screen; `lock` may be null: nothing has come.
export function lockScreen(lock, owner, now, words, open) {
  return element(
    "div",
    { class: "lock-screen", role: "group", "aria-label": words.lock(owner) },
    element("p", { class: "lock-day" }, longDay(now, words.locale)),
    element("p", { class: "lock-time" }, clockTime(now, words.locale)),
    lock ? notification(lock, owner, words, open) : element("p", { class: "lock-quiet" }, words.noNews),
    element("button", { type: "button", class: "lock-open", onclick: open }, words.open),
  );
}

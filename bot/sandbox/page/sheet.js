// What slides up within one phone: choices, or an alert of the bot. The rest of the screen waits meanwhile.

import { element } from "./element.js";

// choices: [{text, note?, quiet?, act}]. Closes by a choice, by Escape, and by a tap beside it.
export function openSheet(screen, words, { title, text, choices }) {
  const buttons = choices.map(({ text: label, note, quiet, act }) =>
    element("button", { type: "button", class: quiet ? "choice quiet" : "choice", onclick: () => { close(); act(); } },
      element("span", {}, label), note ? element("small", {}, note) : null));
  const cancel = element("button", { type: "button", class: "choice cancel", onclick: () => close() }, words.cancel);
  const heading = element("p", { class: "sheet-title" }, title);
  const card = element("div", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title },
    element("div", { class: "sheet-choices" }, heading, text ? element("p", { class: "sheet-text" }, text) : null, buttons), cancel);
  const close = laidOver(screen, card, buttons[0] ?? cancel);
}

export function openAlert(screen, words, text, takeFocus) {
  const button = element("button", { type: "button", class: "choice", onclick: () => close() }, words.ok);
  const card = element("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": text },
    element("p", {}, text), button);
  const close = laidOver(screen, card, takeFocus ? button : null);
}

function laidOver(screen, card, focused) {
  screen.querySelector(":scope > .veil")?.dispatchEvent(new Event("put-away"));
  const before = document.activeElement;
  const mark = before?.closest("[data-focus]")?.dataset.focus;
  const message = before?.closest("[data-message]")?.dataset.message;
  const veil = element("div", { class: "veil" }, card);
  const others = [...screen.children];
  others.forEach((other) => other.setAttribute("inert", ""));
  screen.append(veil);
  focused?.focus({ preventScroll: true });

  const close = () => {
    if (!veil.isConnected) return;
    const hadFocus = veil.contains(document.activeElement);
    veil.remove();
    others.forEach((other) => other.removeAttribute("inert"));
    if (!hadFocus) return;
    const again = before?.isConnected ? before : screen.querySelector(`[data-message="${message}"] [data-focus="${CSS.escape(mark ?? "")}"]`);
    (again ?? screen.querySelector(".log")).focus({ preventScroll: true });
  };
  veil.addEventListener("put-away", close);
  veil.addEventListener("click", (event) => event.target === veil && close());
  veil.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(card, event);
    if (event.key === "Tab") around(card, event);
  });
  return close;
}

function step(card, event) {
  const buttons = [...card.querySelectorAll("button")];
  const next = buttons.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  event.preventDefault();
  buttons.at(next % buttons.length)?.focus();
}

function around(card, event) {
  const buttons = [...card.querySelectorAll("button")];
  const edge = event.shiftKey ? buttons[0] : buttons.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? buttons.at(-1) : buttons[0]).focus();
}

// The lower edge of a chat: the bot's commands, the line to write in, a photo; or one Start button.

import { element, icon } from "./element.js";

// Draws the composer anew when `facts` ask for another one; keeps what is being written.
export function composer(phone) {
  const { words } = phone;
  const field = element("input", { type: "text", class: "field", placeholder: words.message, "aria-label": words.message, autocomplete: "off", enterkeyhint: "send", maxlength: "4096" });
  const send = element("button", { type: "submit", class: "round send", "aria-label": words.send, title: words.send }, icon("send"));
  const clip = element("button", { type: "button", class: "round clip", "aria-label": words.photo, title: words.photo, onclick: () => phone.photo() }, icon("clip"));
  const form = element("form", { class: "composer" }, phone.facts.menu.length ? menu(phone) : null, element("div", { class: "line" }, field, clip), send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    phone.say(text);
  });
  return form;
}

export function startBar(phone) {
  const { words, facts } = phone;
  const start = element("button", { type: "button", class: "start", onclick: () => phone.say("/start") }, facts.blocked ? words.restart : words.start);
  return element("div", { class: "composer starting" }, start);
}

function menu(phone) {
  const { words, facts } = phone;
  const items = facts.menu.map(({ command, description }) =>
    element("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => { close(true); phone.say(`/${command}`); } },
      element("span", {}, description), element("small", {}, `/${command}`)));
  const list = element("div", { class: "commands", role: "menu", "aria-label": words.menuLong, hidden: true }, items);
  const button = element("button", { type: "button", class: "menu-button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": words.menuLong },
    icon("menu"), element("span", {}, words.menu));
  const close = (focus) => {
    list.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  };
  button.addEventListener("click", () => {
    const opening = list.hidden;
    list.hidden = !opening;
    button.setAttribute("aria-expanded", String(opening));
    if (opening) items[0].focus();
  });
  const box = element("div", { class: "menu" }, button, list);
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close(true);
    if (!step) return;
    event.preventDefault();
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  });
  box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || close(false));
  return box;
}

// The sandbox page: a row of phones, and above it the clock and what changes the whole.

import { Clock } from "./clock.js";
import { element, icon } from "./element.js";
import { keepZone } from "./moments.js";
import { Phone } from "./phone.js";
import { People } from "./people.js";
import { follow, post } from "./server.js";
import { ask } from "./viewer.js";
import { page } from "./words.js";

const find = (selector) => document.querySelector(selector);
const row = find(".row");
const notice = find(".notice");
const phones = new Map(); // name -> Phone, in the order of the row

const people = new People(find(".people"), row);
const clock = new Clock(find(".clock"), find(".moves"), failed);

const desk = {
  inUse: null,
  now: () => clock.now(),
  phones: () => [...phones.values()],
  use(phone) {
    if (desk.inUse === phone) return;
    desk.inUse = phone;
    for (const each of phones.values()) each.useChanged();
  },
};

function state({ now, zone, phones: all, guests }) {
  keepZone(zone);
  clock.set(now);
  const names = new Set(all.map((facts) => facts.name));
  for (const name of [...phones.keys()]) if (!names.has(name)) remove(name);
  for (const facts of all) onPhone(facts);
  people.draw(desk.phones());
  drawDesk(guests ?? []);
  row.dataset.ready = "";
}

function remove(name) {
  if (desk.inUse === phones.get(name)) desk.use(null);
  phones.get(name).node.remove();
  phones.delete(name);
}

function phone(facts) {
  onPhone(facts);
  people.draw(desk.phones());
}

function onPhone(facts) {
  const there = phones.get(facts.name);
  if (there) return there.update(facts);
  const added = new Phone(facts, desk);
  phones.set(facts.name, added);
  row.append(added.node);
  added.log.toNewest();
  if ("ready" in row.dataset) added.node.scrollIntoView({ inline: "end", block: "nearest", behavior: "smooth" });
}

function drawDesk(guests) {
  const add = guests.map((guest) => element("button", { type: "button", onclick: () => post("/phones", { name: guest.name }).catch(failed) }, icon("person"), page.add(guest.title)));
  const reset = element("button", { type: "button", onclick: () => ask(page.resetQuestion, page.resetExplained, page.reset, page, startOver) }, icon("restart"), page.reset);
  find(".desk").replaceChildren(...add, reset);
}

function startOver() {
  desk.use(null);
  post("/reset").catch(failed);
}

function failed(error) {
  notice.textContent = error.message;
  notice.hidden = false;
  setTimeout(() => (notice.hidden = true), 5000);
}

// F6 and Shift-F6 go from phone to phone: to its newest buttons, or to the line to write in.
function betweenPhones(event) {
  if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const all = desk.phones();
  const here = all.findIndex((each) => each.node.contains(document.activeElement));
  const next = here < 0 ? (event.shiftKey ? all.at(-1) : all[0]) : all.at((here + (event.shiftKey ? -1 : 1)) % all.length);
  next?.node.scrollIntoView({ inline: "center", block: "nearest" });
  next?.takeFocus();
}

document.documentElement.lang = page.locale.slice(0, 2);
find(".about").textContent = page.about;
find(".keys").textContent = page.keys;
row.setAttribute("aria-label", page.phones);
document.addEventListener("keydown", betweenPhones);
setInterval(() => {
  clock.draw();
  phones.forEach((each) => each.tick());
}, 5000);

let wasConnected = false;
follow({
  state,
  phone,
  toast: (facts) => phones.get(facts.phone)?.toast(facts.text, facts.alert),
  clock({ now }) {
    clock.set(now);
    phones.forEach((each) => each.tick());
  },
  connected(yes) {
    if (!yes && wasConnected) notice.textContent = page.lost;
    notice.hidden = yes || !wasConnected;
    wasConnected ||= yes;
  },
});

// An inline keyboard: one stop for Tab, arrows within. A tapped button waits until its answer has come.

import { element, icon } from "./element.js";
import { openInvitation, tokenOf } from "./invitation.js";

export function keyboard(facts, phone) {
  const rows = facts.keyboard.map((row, r) => element("div", { class: "keys-row" }, row.map((button, c) => key(button, facts.id, r, c, phone))));
  const board = element("div", { class: "keyboard", role: "toolbar", "aria-label": phone.words.buttons, "aria-live": "off", onkeydown: move }, rows);
  board.addEventListener("focusin", (event) => event.target.matches("button, a") && makeStop(board, event.target));
  const first = board.querySelector("button, a");
  if (first) first.tabIndex = 0;
  return board;
}

function key(button, message, row, column, phone) {
  const common = { class: "key", tabindex: "-1", "data-row": row, "data-column": column, "data-focus": `key ${row} ${column}` };
  const label = element("span", {}, button.text);
  if (button.url && !tokenOf(button.url)) return element("a", { ...common, href: button.url, target: "_blank", rel: "noreferrer noopener" }, label, icon("outside"));
  if (button.url) return element("button", { ...common, type: "button", "aria-haspopup": "dialog", onclick: () => openInvitation(button.url, phone) }, label, icon("outside"));
  return element("button", { ...common, type: "button", onclick: (event) => tap(event.currentTarget, message, row, column, phone) }, label);
}

const AT_MOST = 8000; // ms; whatever happens, a button does not wait for ever
const AFTER_ANSWER = 1500; // ms; the server has the tap, and nothing on this phone changed

// While a tap is on its way the same button can't be tapped again, as in Telegram's apps.
async function tap(button, message, row, column, phone) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  setTimeout(() => settle(button), AT_MOST);
  const sent = await phone.tap(message, row, column);
  setTimeout(() => settle(button), sent ? AFTER_ANSWER : 0);
}

function settle(button) {
  button.removeAttribute("aria-busy");
}

// An answer came to this phone: no button of it waits any longer.
export function settleAll(screen) {
  screen.querySelectorAll(".key[aria-busy]").forEach(settle);
}

function makeStop(board, button) {
  board.querySelectorAll(".key[tabindex='0']").forEach((other) => (other.tabIndex = -1));
  button.tabIndex = 0;
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function move(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const all = [...event.currentTarget.querySelectorAll(".key")];
  const here = all.indexOf(document.activeElement);
  const to = event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : stepped(all, here, STEPS[event.key]);
  if (!to) return;
  event.preventDefault();
  to.focus();
}

// Left and right go on into the next row; up and down go to what is nearest above or below.
function stepped(all, here, step) {
  if (!step || here < 0) return null;
  const [down, right] = step;
  if (right) return all[here + right] ?? null;
  const row = Number(all[here].dataset.row) + down;
  const middle = (key) => key.offsetLeft + key.offsetWidth / 2;
  const near = (a, b) => Math.abs(middle(a) - middle(all[here])) - Math.abs(middle(b) - middle(all[here]));
  return all.filter((key) => Number(key.dataset.row) === row).sort(near)[0] ?? null;
}

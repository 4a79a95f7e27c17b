// The messages of one phone. Only what changed is drawn anew; the place in the chat and the focus stay.

import { element } from "./element.js";
import { held, restore } from "./focus.js";
import { message, reveal } from "./message.js";
import { dayName, dayOf } from "./moments.js";

const NEAR = 60; // px; who is this close to the newest message stays at it

export class Log {
  constructor(phone) {
    this.phone = phone;
    this.drawn = new Map(); // message id -> {written, node}
    this.list = element("div", { class: "messages" });
    this.node = element("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" }, this.list);
    this.atNewest = true;
    this.node.addEventListener("scroll", () => this.scrolled(), { passive: true });
    const grown = new ResizeObserver(() => this.atNewest && this.toNewest());
    [this.node, this.list].forEach((each) => grown.observe(each));
  }

  // Only who scrolled has left the newest message; a log that merely changed its size has not.
  scrolled() {
    const resized = this.size !== this.measured();
    if (!(resized && this.atNewest)) this.noticePlace();
  }

  measured() {
    return `${this.node.scrollHeight} ${this.node.clientHeight}`;
  }

  noticePlace() {
    this.size = this.measured();
    this.atNewest = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
    this.phone.placeChanged(this.atNewest);
  }

  toNewest() {
    this.node.scrollTop = this.node.scrollHeight;
    this.noticePlace();
  }

  // Draws `messages`; returns whether the focus was in a message that is gone.
  draw(messages, now) {
    const { words } = this.phone;
    const first = this.drawn.size === 0;
    const stay = this.atNewest || messages.at(-1)?.mine;
    const had = this.node.contains(document.activeElement) && this.node !== document.activeElement;
    this.node.setAttribute("aria-label", words.chat);
    const nodes = messages.flatMap((facts, at) => {
      const node = this.drawnMessage(facts, first);
      const next = messages[at + 1];
      node.classList.toggle("last-of-group", !next || next.mine !== facts.mine || dayOf(next.time) !== dayOf(facts.time));
      const newDay = at === 0 || dayOf(messages[at - 1].time) !== dayOf(facts.time);
      return newDay ? [this.day(facts.time, now), node] : [node];
    });
    this.forget(messages);
    this.place(nodes.length ? nodes : [emptyChat(words)]);
    if (stay) this.toNewest();
    return had && !this.node.contains(document.activeElement);
  }

  drawnMessage(facts, first) {
    const written = JSON.stringify([facts, this.phone.facts.language]);
    const before = this.drawn.get(facts.id);
    if (before?.written === written) return before.node;
    const node = message(facts, this.phone);
    if (before) this.replace(before, facts, node);
    else if (!first) node.classList.add("arriving");
    this.drawn.set(facts.id, { written, node, shown: shownBy(facts) });
    return node;
  }

  replace(before, facts, node) {
    const mark = held(before.node);
    if (before.shown === shownBy(facts) && before.node.querySelector(".spoiler.shown, .picture:not(.veiled)")) reveal(node, this.phone);
    node.classList.add("changed");
    before.node.replaceWith(node);
    restore(node, mark);
  }

  day(time, now) {
    return element("p", { class: "day" }, element("span", {}, dayName(time, now, this.phone.words)));
  }

  forget(messages) {
    const kept = new Set(messages.map((facts) => facts.id));
    for (const id of [...this.drawn.keys()]) if (!kept.has(id)) this.drawn.delete(id);
  }

  // Puts `nodes` in this order, moving as few as possible: a moved node would lose the focus.
  place(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, at) => {
      if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] ?? null);
    });
  }

  newestKey() {
    return [...this.node.querySelectorAll(".keyboard")].at(-1)?.querySelector(".key[tabindex='0']") ?? null;
  }
}

// What a spoiler may hide in this message; while it is the same, what was shown stays shown.
function shownBy(facts) {
  return JSON.stringify([facts.html, facts.picture]);
}

function emptyChat(words) {
  return element("div", { class: "empty" },
    element("img", { src: "/page/mark.svg", alt: "", width: 64, height: 64 }),
    element("p", {}, words.empty), element("p", { class: "hint" }, words.emptyHint));
}

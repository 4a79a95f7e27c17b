// Names to go to a phone by, where not all of them fit beside each other; with how much is unread there.

import { element } from "./element.js";
import { page } from "./words.js";

export class People {
  constructor(place, row) {
    this.place = place;
    this.row = row;
    place.setAttribute("aria-label", page.phones);
    new ResizeObserver(() => this.fit()).observe(row);
    row.addEventListener("scroll", () => this.mark(), { passive: true });
  }

  draw(phones) {
    this.phones = phones;
    const held = this.place.contains(document.activeElement) ? document.activeElement.dataset.phone : null;
    this.place.replaceChildren(...phones.map((phone) => this.chip(phone)));
    if (held) this.place.querySelector(`[data-phone="${CSS.escape(held)}"]`)?.focus();
    this.fit();
    this.mark();
  }

  chip(phone) {
    const unread = phone.facts.lock?.unread ?? 0;
    const show = () => phone.node.scrollIntoView({ inline: "center", block: "nearest", behavior: "smooth" });
    return element("button", { type: "button", "data-phone": phone.name, onclick: show }, phone.title,
      unread ? element("b", { "aria-label": page.more(unread) }, String(unread)) : null);
  }

  fit() {
    this.place.hidden = this.row.scrollWidth <= this.row.clientWidth + 1;
  }

  // Those in view are told from those that are not.
  mark() {
    const { left, right } = this.row.getBoundingClientRect();
    for (const phone of this.phones ?? []) {
      const box = phone.node.getBoundingClientRect();
      const seen = (box.left + box.right) / 2 > left && (box.left + box.right) / 2 < right;
      this.place.querySelector(`[data-phone="${CSS.escape(phone.name)}"]`)?.toggleAttribute("data-in-view", seen);
    }
  }
}

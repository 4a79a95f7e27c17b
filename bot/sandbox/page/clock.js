// The sandbox's clock. It runs with the real one and can be moved ahead.

import { element } from "./element.js";
import { clockTime, fullDay } from "./moments.js";
import { post } from "./server.js";
import { page } from "./words.js";

const STEPS = [[1, page.hour], [24, page.day], [168, page.week]];

export class Clock {
  constructor(place, moves, failed) {
    this.ahead = 0; // ms from this computer's time to the sandbox's
    this.shown = element("time", { class: "now" });
    this.day = element("span", { class: "now-day" });
    place.append(this.shown, this.day);
    moves.setAttribute("aria-label", page.clock);
    moves.append(...STEPS.map(([hours, label]) => element("button", { type: "button", onclick: () => post("/clock", { hours }).catch(failed) }, label)));
  }

  set(now) {
    this.ahead = new Date(now).getTime() - Date.now();
    this.draw();
  }

  now() {
    return new Date(Date.now() + this.ahead);
  }

  draw() {
    this.shown.textContent = clockTime(this.now(), page.locale);
    this.shown.dateTime = this.now().toISOString();
    this.day.textContent = fullDay(this.now(), page.locale);
  }
}

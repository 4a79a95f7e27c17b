// One phone: whose it is, its chat, and what its owner can do on it.

import { composer, startBar } from "./composer.js";
import { element, icon } from "./element.js";
import { settleAll } from "./keyboard.js";
import { lockScreen, notification } from "./lock.js";
import { Log } from "./log.js";
import { clockTime } from "./moments.js";
import { post } from "./server.js";
import { openAlert, openSheet } from "./sheet.js";
import { LANGUAGES, page, translated, words } from "./words.js";

export class Phone {
  // `desk` knows what the phones share: now(), phones(), inUse, use(phone).
  constructor(facts, desk) {
    this.desk = desk;
    this.facts = facts;
    this.locked = false;
    this.log = new Log(this);
    this.build();
    this.update(facts);
  }

  get name() { return this.facts.name; }
  get title() { return capital(translated(this.facts.title)); }
  get about() { return translated(this.facts.about); }
  get label() { return this.about.toLowerCase() === this.title.toLowerCase() ? null : this.about; }
  get words() { return words(this.facts.language); }

  // --- what it is made of

  build() {
    this.language = element("select", { class: "language", "aria-label": page.languageOf(this.title), onchange: () => this.speak(this.language.value) },
      LANGUAGES.map(({ code, name }) => element("option", { value: code, lang: code }, name)));
    this.lockButton = element("button", { type: "button", class: "round lock-toggle", "aria-pressed": "false", onclick: () => this.lock(!this.locked) });
    this.time = element("span", {});
    this.subtitle = element("p", { class: "subtitle" });
    this.down = element("button", { type: "button", class: "round down", hidden: true, onclick: () => this.log.toNewest() }, icon("down"));
    this.lower = element("div", { class: "lower" });
    this.toasts = element("div", { class: "toasts", role: "status" });
    this.card = element("div", { class: "card-place" });
    this.screen = element("div", { class: "screen" },
      element("div", { class: "status", "aria-hidden": "true" }, this.time, element("span", {}, icon("signal"), icon("battery"))),
      element("div", { class: "chat-head" },
        element("img", { class: "avatar", src: "/page/mark.svg", alt: "", width: 38, height: 38 }),
        element("div", {}, element("p", { class: "chat-name" }, "Kuulolla"), this.subtitle)),
      element("div", { class: "chat" }, this.log.node, this.down),
      this.lower, this.toasts, this.card);
    for (const kind of ["pointerdown", "keydown"]) this.screen.addEventListener(kind, (event) => this.touched(event));
    const id = `phone-${this.name}`;
    this.node = element("section", { class: "phone", id, "data-phone": this.name, "aria-label": page.phoneOf(this.title) },
      element("header", { class: "label" }, element("h2", {}, this.title, this.label && element("small", {}, ` · ${this.label}`)), this.language, this.lockButton),
      element("div", { class: "device" }, this.screen));
  }

  // --- what comes from the server

  update(facts) {
    const language = this.facts.language !== facts.language || !this.node.lang;
    const answered = JSON.stringify(this.facts.messages) !== JSON.stringify(facts.messages);
    this.facts = facts;
    if (answered) settleAll(this.screen);
    if (language) this.inItsLanguage();
    const lost = this.log.draw(facts.messages, this.desk.now());
    this.drawLower(language);
    this.drawLock();
    this.readIfInUse();
    if (lost) this.takeFocus();
  }

  inItsLanguage() {
    const { words: say, facts } = this;
    this.node.lang = facts.language;
    this.language.value = facts.language;
    this.subtitle.textContent = say.bot;
    this.down.setAttribute("aria-label", say.newest);
    this.tick();
  }

  drawLower(language) {
    const { blocked, menu, messages } = this.facts;
    const wanted = JSON.stringify([blocked || !messages.length, blocked, menu]);
    if (!language && wanted === this.lowerDrawn) return;
    const had = this.lower.contains(document.activeElement);
    const written = this.lower.querySelector(".field")?.value ?? "";
    this.lowerDrawn = wanted;
    this.lower.replaceChildren(blocked || !messages.length ? startBar(this) : composer(this));
    const field = this.lower.querySelector(".field");
    if (field) field.value = written;
    if (had) (field ?? this.lower.querySelector("button")).focus({ preventScroll: true });
  }

  toast(text, alert = false) {
    settleAll(this.screen);
    if (!text) return;
    if (alert) return openAlert(this.screen, this.words, text, this.desk.inUse === this);
    const pill = element("p", { class: "toast" }, text);
    this.toasts.replaceChildren(pill);
    setTimeout(() => pill.remove(), Math.max(3500, text.length * 70));
  }

  tick() {
    this.time.textContent = clockTime(this.desk.now(), this.words.locale);
    const clock = this.screen.querySelector(".lock-time");
    if (clock) clock.textContent = this.time.textContent;
  }

  placeChanged(atNewest) {
    this.down.hidden = atNewest;
  }

  // --- the lock screen and the notification

  lock(locked) {
    this.locked = locked;
    if (locked && this.desk.inUse === this) this.desk.use(null);
    this.lockDrawn = undefined;
    this.drawLock();
  }

  drawLock() {
    const { lock, language } = this.facts;
    const carded = lock && !this.locked && this.desk.inUse !== this;
    const wanted = JSON.stringify([this.locked, carded, this.locked || carded ? lock : null, language]);
    if (wanted === this.lockDrawn) return;
    this.lockDrawn = wanted;
    this.lockButton.setAttribute("aria-pressed", String(this.locked));
    const label = this.locked ? page.unlock(this.title) : page.lock(this.title);
    this.lockButton.setAttribute("aria-label", label);
    this.lockButton.title = label;
    this.lockButton.replaceChildren(icon(this.locked ? "lock" : "unlock"));
    this.drawCard(carded ? lock : null);
    this.drawLockScreen();
  }

  drawCard(lock) {
    const had = this.card.contains(document.activeElement);
    this.card.replaceChildren(...(lock ? [notification(lock, this.title, this.words, () => this.opened())] : []));
    if (had) this.card.firstChild?.focus();
  }

  drawLockScreen() {
    const before = this.screen.querySelector(".lock-screen");
    const had = before?.contains(document.activeElement);
    before?.remove();
    for (const child of this.screen.children) child.toggleAttribute("inert", this.locked);
    if (!this.locked) return;
    this.screen.append(lockScreen(this.facts.lock, this.title, this.desk.now(), this.words, () => this.opened()));
    if (had) this.screen.querySelector(".lock-open").focus();
  }

  opened() {
    this.lock(false);
    this.desk.use(this);
    this.takeFocus();
  }

  touched(event) {
    if (this.locked || event.target.closest(".card-place") || ["Tab", "Shift", "Control", "Alt", "Meta", "F6"].includes(event.key)) return;
    this.desk.use(this);
  }

  // The desk says so whenever another phone comes into use.
  useChanged() {
    this.node.classList.toggle("in-use", this.desk.inUse === this);
    this.drawLock();
    this.readIfInUse();
  }

  readIfInUse() {
    const { lock } = this.facts;
    if (!lock || this.desk.inUse !== this || this.read === JSON.stringify(lock)) return;
    this.read = JSON.stringify(lock);
    this.send("seen");
  }

  // --- what is done on it

  async send(what, body = {}) {
    try {
      await post(`/phones/${encodeURIComponent(this.name)}/${what}`, body);
      return true;
    } catch (error) {
      this.toast(error.message);
      return false;
    }
  }

  say(text) { return this.send("say", { text }); }
  tap(message, row, column) { return this.send("tap", { message, row, column }); }
  photo() { return this.send("photo"); }
  speak(language) { return this.send("language", { language }); }
  sheet(contents) { openSheet(this.screen, this.words, contents); }
  everybody() { return this.desk.phones(); }

  // Opened from elsewhere: comes into view, into use, and says `text`.
  open(text) {
    this.opened();
    this.node.scrollIntoView({ block: "nearest", inline: "center", behavior: "smooth" });
    this.say(text);
  }

  takeFocus() {
    const inside = this.locked ? this.screen.querySelector(".lock-open") : this.log.newestKey() ?? this.lower.querySelector(".field, .start");
    inside?.focus({ preventScroll: true });
  }
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// One message: a bubble with its picture, text and time, and the keyboard under it.

import { element, icon } from "./element.js";
import { keyboard } from "./keyboard.js";
import { fromTelegram } from "./markup.js";
import { clockTime } from "./moments.js";
import { enlarge } from "./viewer.js";

// `phone` gives words and what can be done. Returns <article data-message=id>.
export function message(facts, phone) {
  const { words } = phone;
  const bubble = element("div", { class: "bubble" }, facts.picture ? picture(facts, phone) : null, facts.document ? file(facts.document) : null, text(facts, phone), meta(facts, words));
  const article = element(
    "article",
    {
      class: ["message", facts.mine ? "mine" : "theirs", facts.keyboard.length ? "with-keyboard" : "", facts.picture ? "with-picture" : "", onlyEmoji(facts) ? "only-emoji" : ""].filter(Boolean).join(" "),
      "data-message": facts.id,
      tabindex: "-1",
      "aria-label": `${facts.mine ? words.you : "Kuulolla"}, ${clockTime(facts.time, words.locale)}`,
    },
    bubble,
    facts.keyboard.length ? keyboard(facts, phone) : null,
  );
  article.addEventListener("click", (event) => event.target.closest(".spoiler, .picture.veiled") && reveal(article, phone));
  article.addEventListener("keydown", (event) => {
    if (!["Enter", " "].includes(event.key) || !event.target.matches(".spoiler")) return;
    event.preventDefault();
    reveal(article, phone);
  });
  return article;
}

// As in Telegram, one tap shows all that is hidden in this message, until the message changes.
export function reveal(article, phone) {
  for (const spoiler of article.querySelectorAll(".spoiler")) {
    spoiler.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) spoiler.removeAttribute(name);
    const hidden = spoiler.querySelector(".hidden-text");
    hidden.removeAttribute("aria-hidden");
    hidden.removeAttribute("inert");
  }
  for (const veiled of article.querySelectorAll(".picture.veiled")) {
    veiled.classList.remove("veiled");
    const image = veiled.querySelector("img");
    image.alt = image.dataset.alt;
    veiled.setAttribute("aria-label", `${phone.words.enlarge}: ${image.alt}`);
  }
}

function picture(facts, phone) {
  const { url, spoiler, width, height, alt } = facts.picture;
  const described = alt || phone.words.picture;
  const image = element("img", { src: url, alt: spoiler ? "" : described, "data-alt": described, width, height, draggable: "false" });
  return element(
    "button",
    {
      type: "button",
      class: spoiler ? "picture veiled" : "picture",
      "data-focus": "picture",
      "aria-label": spoiler ? phone.words.hiddenPicture : `${phone.words.enlarge}: ${described}`,
      onclick: (event) => event.currentTarget.classList.contains("veiled") || enlarge(url, described, phone.words),
    },
    image,
    spoiler ? element("span", { class: "shimmer", "aria-hidden": "true" }) : null,
  );
}

function file({ url, name }) {
  return element("a", { class: "file", href: url, target: "_blank", rel: "noopener" }, `📄 ${name}`);
}

function text(facts, phone) {
  if (!facts.html) return null;
  // Telegram's apps show a start link's message without its token.
  const html = facts.mine ? facts.html.replace(/^\/start\s+\S+$/, "/start") : facts.html;
  return element("div", { class: "text" }, fromTelegram(html, phone));
}

function meta(facts, words) {
  const time = element("time", { datetime: facts.time }, clockTime(facts.time, words.locale));
  const edited = facts.edited && !facts.mine ? element("span", { class: "edited" }, words.edited) : null;
  return element("span", { class: "meta" }, edited, time, facts.mine ? icon("ticks") : null);
}

const EMOJI = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?)(?:\p{EMod}|\u200D\p{Extended_Pictographic}\uFE0F?)*$/u;

function onlyEmoji(facts) {
  if (facts.picture || facts.keyboard.length || facts.html.length > 24) return false;
  const pieces = [...new Intl.Segmenter().segment(facts.html)].map((piece) => piece.segment);
  return pieces.length > 0 && pieces.length <= 3 && pieces.every((piece) => EMOJI.test(piece));
}

// A picture at full size, over everything.

import { element, icon } from "./element.js";

export function enlarge(url, alt, words) {
  const close = element("button", { type: "button", class: "viewer-close", "aria-label": words.close }, icon("close"));
  const dialog = element("dialog", { class: "viewer", "aria-label": alt }, element("img", { src: url, alt }), close);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// Asks within the page; tells `yes` when it is meant.
export function ask(title, text, label, words, yes) {
  const go = element("button", { type: "button", class: "danger", onclick: () => { dialog.close(); yes(); } }, label);
  const stay = element("button", { type: "button", onclick: () => dialog.close() }, words.cancel);
  const dialog = element("dialog", { class: "question", "aria-label": title },
    element("h2", {}, title), element("p", {}, text), element("div", { class: "question-buttons" }, stay, go));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  stay.focus();
}

// Telegram's HTML to DOM nodes, by an allow-list. The text is read by an inert parser; every node that is
// shown is built here, so that nothing but the tags below can come through.

import { element, icon } from "./element.js";
import { openInvitation, tokenOf } from "./invitation.js";
import { copyText } from "./copying.js";

const PLAIN = { b: "strong", strong: "strong", i: "em", em: "em", u: "u", ins: "u", s: "s", strike: "s", del: "s", pre: "pre", blockquote: "blockquote" };
const LEFT_OUT = new Set(["script", "style", "template", "iframe", "object", "svg", "math"]);
const LINK_OR_COMMAND = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|(?<![\w/])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/gi;

// `phone` gives: words, say(text), openSheet, toast.
export function fromTelegram(html, phone) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return children(parsed.body, phone, true);
}

function children(node, phone, links) {
  return [...node.childNodes].flatMap((child) => built(afterBlock(child), phone, links));
}

const BLOCKS = new Set(["blockquote", "pre"]);

// The line break after a quotation ends its line; it does not make an empty one.
function afterBlock(node) {
  if (node.nodeType === Node.TEXT_NODE && BLOCKS.has(node.previousSibling?.localName)) node.data = node.data.replace(/^\n/, "");
  return node;
}

function built(node, phone, links) {
  if (node.nodeType === Node.TEXT_NODE) return links ? withLinks(node.data, phone) : [document.createTextNode(node.data)];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const tag = node.localName;
  if (LEFT_OUT.has(tag)) return [];
  if (tag === "br") return [document.createTextNode("\n")];
  if (tag === "tg-spoiler" || (tag === "span" && node.className === "tg-spoiler")) return [spoiler(node, phone)];
  if (tag === "code" && node.parentNode.localName === "pre") return children(node, phone, false);
  if (tag === "code") return [code(node.textContent, phone)];
  if (tag === "a") return [link(node.getAttribute("href") ?? "", children(node, phone, false), phone)];
  if (tag in PLAIN) return [element(PLAIN[tag], {}, children(node, phone, links && tag !== "pre"))];
  return children(node, phone, links);
}

function spoiler(node, phone) {
  return element(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-label": phone.words.hiddenText, "data-focus": "spoiler" },
    element("span", { class: "hidden-text", "aria-hidden": "true", inert: true }, children(node, phone, true)),
  );
}

function code(text, phone) {
  return element(
    "button",
    {
      type: "button", class: "code", "aria-label": phone.words.copy(text), title: phone.words.copy(text), "data-focus": `code ${text}`,
      onclick: () => copyText(text, phone),
    },
    element("code", {}, text),
    icon("copy"),
  );
}

function withLinks(text, phone) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK_OR_COMMAND)) {
    parts.push(document.createTextNode(text.slice(end, found.index)));
    parts.push(found[1] ? link(found[1], [found[1]], phone) : command(found[2], phone));
    end = found.index + found[0].length;
  }
  parts.push(document.createTextNode(text.slice(end)));
  return parts;
}

function command(text, phone) {
  return element("button", { type: "button", class: "link", "data-focus": `command ${text}`, onclick: () => phone.say(text) }, text);
}

function link(address, content, phone) {
  if (tokenOf(address)) {
    const open = () => openInvitation(address, phone);
    return element("button", { type: "button", class: "link", "aria-haspopup": "dialog", "data-focus": `link ${address}`, onclick: open }, content);
  }
  if (!/^(https?|mailto|tel):/i.test(address)) return element("span", {}, content);
  return element("a", { class: "link", href: address, target: "_blank", rel: "noreferrer noopener" }, content);
}

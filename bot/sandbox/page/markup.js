// Telegram's HTML to DOM nodes, by an allow-list: every node that is shown is built here, and of any other tag only
// the text comes through.

import { copyText } from "./copying.js";
import { element, icon } from "./element.js";
import { openInvitation, tokenOf } from "./invitation.js";
import { read } from "./reading.js";

const PLAIN = { b: "strong", strong: "strong", i: "em", em: "em", u: "u", ins: "u", s: "s", strike: "s", del: "s", pre: "pre", blockquote: "blockquote" };
const BLOCKS = new Set(["blockquote", "pre"]);
const LINK_OR_COMMAND = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|(?<![\w/])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/gi;

// `phone` gives: words, say(text), sheet(contents), toast(text).
export function fromTelegram(html, phone) {
  return children(read(html), phone, true);
}

function children(node, phone, links) {
  return node.children.flatMap((child, at) => built(child, node, node.children[at - 1], phone, links));
}

function built(node, parent, before, phone, links) {
  if (typeof node === "string") return texts(afterBlock(node, before), phone, links);
  const { tag, attributes } = node;
  if (tag === "br") return [document.createTextNode("\n")];
  if (tag === "tg-spoiler" || (tag === "span" && attributes.class === "tg-spoiler")) return [spoiler(node, phone)];
  if (tag === "code" && parent.tag === "pre") return children(node, phone, false);
  if (tag === "code") return [code(textOf(node), phone)];
  if (tag === "a") return [link(attributes.href ?? "", children(node, phone, false), phone)];
  if (tag in PLAIN) return [element(PLAIN[tag], {}, children(node, phone, links && tag !== "pre"))];
  return children(node, phone, links);
}

function textOf(node) {
  return typeof node === "string" ? node : node.children.map(textOf).join("");
}

// The line break after a quotation ends its line; it does not make an empty one.
function afterBlock(text, before) {
  return BLOCKS.has(before?.tag) ? text.replace(/^\n/, "") : text;
}

function texts(text, phone, links) {
  return links ? withLinks(text, phone) : [document.createTextNode(text)];
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

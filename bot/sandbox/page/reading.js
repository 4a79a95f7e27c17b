// Reads Telegram's HTML into a tree, without the browser's own parser: nothing in it can load, run or style anything.

const TOKEN = /<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|([^<]+|<)/gi;
const ATTRIBUTE = /([a-z-]+)="([^"]*)"/gi;
const SIGNS = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00a0" };
const EMPTY = new Set(["br", "img", "hr", "input", "meta", "link"]);

// A tree of {tag, attributes, children}, and texts as strings. What is not closed closes at the end.
export function read(html) {
  const root = { tag: "", attributes: {}, children: [] };
  const open = [root];
  for (const [, end, name, attributes, text] of html.matchAll(TOKEN)) {
    const tag = name?.toLowerCase();
    if (text !== undefined) open.at(-1).children.push(unescaped(text));
    else if (end) close(open, tag);
    else {
      const node = { tag, attributes: attributesOf(attributes), children: [] };
      open.at(-1).children.push(node);
      if (!EMPTY.has(tag)) open.push(node);
    }
  }
  return root;
}

function close(open, tag) {
  const at = open.findLastIndex((node) => node.tag === tag);
  if (at > 0) open.length = at;
}

function attributesOf(text) {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name, value]) => [name.toLowerCase(), unescaped(value)]));
}

function unescaped(text) {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return SIGNS[name.toLowerCase()] ?? whole;
    const code = parseInt(hex ?? decimal, hex ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

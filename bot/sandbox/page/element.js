// Builds DOM nodes. Text always becomes a text node; no string is ever parsed as HTML here.

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

// 24 x 24, drawn with lines; a path that starts with "F" is filled instead.
const ICONS = {
  menu: ["M4 7h16M4 12h16M4 17h10"],
  clip: ["M20 11.5 12.2 19a5 5 0 0 1-7-7.1l8-7.7a3.4 3.4 0 0 1 4.8 4.8l-7.9 7.6a1.8 1.8 0 0 1-2.5-2.6l7-6.8"],
  send: ["FM3.4 20.3 21.6 12 3.4 3.7 3.2 10l11 2-11 2z"],
  lock: ["M6 11h12v9H6zM8.5 11V7.8a3.5 3.5 0 0 1 7 0V11"],
  unlock: ["M6 11h12v9H6zM8.5 11V7.8a3.5 3.5 0 0 1 6.8-1.2"],
  down: ["M6 9.5l6 6 6-6"],
  copy: ["M9 9h10v11H9zM6 15H5V4h10v2"],
  outside: ["M8 16 17 7M9.5 7H17v7.5"],
  ticks: ["M2.5 13l4 4L15 7.5M10.5 16.5l.5.5L20.5 7.5"],
  close: ["M6 6l12 12M18 6 6 18"],
  back: ["M14.5 5.5 8 12l6.5 6.5"],
  restart: ["M5 12a7 7 0 1 0 2.2-5.1M5 4.5v4h4"],
  person: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6"],
  battery: ["M3 8h15v8H3zM20.5 10.5v3", "FM4.8 9.8h9.4v4.4H4.8z"],
  signal: ["FM4 14h3v5H4zM9 11h3v8H9zM14 8h3v11h-3zM19 5h3v14h-3z"],
};

export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", `icon icon-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  for (const path of ICONS[name]) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path.replace(/^F/, ""));
    line.setAttribute("class", path.startsWith("F") ? "filled" : "line");
    drawing.append(line);
  }
  return drawing;
}

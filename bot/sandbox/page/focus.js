// A message edited in place is drawn anew. Whoever uses the keyboard stays on the same spot of it:
// on the button at the same place, or the nearest one when the keyboard has become smaller.

// A mark for what has the focus within `node`, or null.
export function held(node) {
  if (!node.contains(document.activeElement)) return null;
  return document.activeElement.closest("[data-focus]")?.dataset.focus ?? "";
}

export function restore(node, mark) {
  if (mark === null) return;
  const same = mark && node.querySelector(`[data-focus="${CSS.escape(mark)}"]`);
  (same || nearestKey(node, mark) || node).focus({ preventScroll: true });
}

function nearestKey(node, mark) {
  const keys = [...node.querySelectorAll(".key")];
  const place = /^key (\d+) (\d+)$/.exec(mark);
  if (!place) return keys[0];
  const [row, column] = place.slice(1).map(Number);
  const lastRow = Math.max(...keys.map((key) => Number(key.dataset.row)));
  const inRow = keys.filter((key) => Number(key.dataset.row) === Math.min(row, lastRow));
  return inRow[Math.min(column, inRow.length - 1)];
}

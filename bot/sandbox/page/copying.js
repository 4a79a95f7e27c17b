// To the clipboard, also in a browser or on an address where the clipboard has to be asked the old way.

export async function copyText(text, phone) {
  const done = await modern(text) || old(text);
  phone.toast(done ? phone.words.copied : phone.words.notCopied);
}

async function modern(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function old(text) {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus();
  return done;
}

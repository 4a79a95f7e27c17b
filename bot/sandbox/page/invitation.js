// A link that starts the bot with a token. In the sandbox it may be opened on anybody's phone:
// the invitation that Nora made is opened on the mother's.

import { copyText } from "./copying.js";

const START = /^(?:https?:\/\/(?:t|telegram)\.me\/\w+\/?\?(?:.*&)?start=|tg:\/\/resolve\?(?:.*&)?start=)([\w-]{1,64})(?:&.*)?$/i;

// The token of a start link, also of one that is wrapped for sharing; null for any other address.
export function tokenOf(address) {
  const direct = START.exec(address);
  if (direct) return direct[1];
  const shared = /^(?:https?:\/\/t\.me\/share(?:\/url)?|tg:\/\/msg_url)\?(?:.*&)?url=([^&]+)/i.exec(address);
  return shared ? (START.exec(decodeURIComponent(shared[1]))?.[1] ?? null) : null;
}

export function openInvitation(address, phone) {
  const token = tokenOf(address);
  const others = phone.everybody().map((other) => ({
    text: other.title,
    note: other.label,
    act: () => other.open(`/start ${token}`),
  }));
  phone.sheet({
    title: phone.words.openOn,
    text: phone.words.openExplained,
    choices: [...others, { text: phone.words.copyLink, quiet: true, act: () => copyText(address, phone) }],
  });
}

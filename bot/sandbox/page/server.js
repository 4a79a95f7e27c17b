// The sandbox's server: what is asked of it (POST) and what it tells (one EventSource).

export async function post(path, body = {}) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Sandbox": "1" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await reason(response));
}

async function reason(response) {
  try {
    return (await response.json()).error ?? `${response.status}`;
  } catch {
    return `${response.status}`;
  }
}

const AGAIN_AFTER = 1500; // ms, when the browser itself has given up

// Tells `hear` of everything: state(facts), phone(facts), toast(facts), clock(facts), connected(yes).
// At each connection the whole state is read anew. What arrives while it is read waits and comes after it,
// so nothing is lost between the two.
export function follow(hear) {
  const source = new EventSource("/events");
  let waiting = [];
  const told = (kind) => (event) => {
    const facts = JSON.parse(event.data);
    if (waiting) waiting.push([kind, facts]);
    else hear[kind](facts);
  };
  for (const kind of ["state", "phone", "toast", "clock"]) source.addEventListener(kind, told(kind));
  source.addEventListener("open", async () => {
    waiting = [];
    try {
      hear.state(await (await fetch("/state", { cache: "no-store" })).json());
    } catch {
      source.close();
      return lost();
    }
    const came = waiting;
    waiting = null;
    came.forEach(([kind, facts]) => hear[kind](facts));
    hear.connected(true);
  });
  source.addEventListener("error", () => {
    hear.connected(false);
    if (source.readyState === EventSource.CLOSED) lost();
  });
  const lost = () => setTimeout(() => follow(hear), AGAIN_AFTER);
}

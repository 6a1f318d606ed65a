// The control API: what the page asks of the server, and the stream of what happens there.

/** A refusal by the server; `message` is its own sentence. */
export class Refused extends Error {}

async function ask(method, path, body) {
  const response = await fetch(`control/${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const data = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(data.error ?? `${response.status} ${response.statusText}`);
  return data;
}

const post = (path, body) => ask("POST", path, body);

export const api = {
  state: () => ask("GET", "state"),
  // settle=1 answers once the bot has dealt with what was said; the message itself comes by the stream at once.
  say: (body) => post("say?settle=1", body),
  edit: (body) => post("edit?settle=1", body),
  remove: (body) => post("delete", body),
  react: (body) => post("react", body),
  press: (body) => post("press?settle=1", body),
  open: (body) => post("open?settle=1", body),
  contact: (body) => post("contact?settle=1", body),
  clock: (body) => post("clock", body),
  block: (userId, blocked) => post("block", { user_id: userId, blocked }),
  setFaults: (faults) => post("faults", faults),
  faults: () => ask("GET", "faults"),
  clearFaults: () => ask("DELETE", "faults"),
  migrate: (chatId) => post("migrate", { chat_id: chatId }),
  tour: (action) => post("tour", { action }),
};

const TYPES = ["message", "edit", "reaction", "delete", "answer", "clock", "member", "chat", "user", "press", "faults", "tour", "resync"];
const RETRY_FIRST = 500; // milliseconds, doubled up to RETRY_MOST
const RETRY_MOST = 8000;

/**
 * Follow the server's events from `after` on.
 * `onEvent` gets each one once; `onLost` is called when the connection breaks. After a break the server may have
 * been restarted with another world, so `onBack` is expected to load the whole state again and return its seq.
 */
export function follow({ after, onEvent, onLost, onBack }) {
  let seen = after;
  let wait = RETRY_FIRST;

  function connect() {
    const source = new EventSource(`control/events?after=${seen}`);
    const take = (raw) => {
      const event = JSON.parse(raw.data);
      if (event.type !== "resync" && event.seq <= seen) return;
      seen = event.seq;
      onEvent(event);
    };
    // Servers may name their events or not: an unnamed one arrives as "message".
    for (const type of TYPES) source.addEventListener(type, take);
    source.onopen = () => {
      wait = RETRY_FIRST;
    };
    source.onerror = () => {
      source.close();
      onLost();
      retry();
    };
  }

  function retry() {
    setTimeout(async () => {
      try {
        seen = await onBack();
        connect();
      } catch {
        wait = Math.min(wait * 2, RETRY_MOST);
        retry();
      }
    }, wait);
  }

  connect();
}

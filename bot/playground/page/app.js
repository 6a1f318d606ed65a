// Puts the page together: the store follows the server, each view follows the store.

import { api, follow } from "./api.js";
import { Clock } from "./clock.js";
import { byId } from "./dom.js";
import { Faults } from "./faults.js";
import { Layout } from "./layout.js";
import { Peeks } from "./notices.js";
import { Pane } from "./pane.js";
import { Panel } from "./panel.js";
import { Rail } from "./rail.js";
import { Store } from "./store.js";
import { Tour } from "./tour.js";
import { words } from "./words.js";

const store = new Store();
const layout = new Layout(store);

/** Bring a chat into view, choosing its person or group. */
function goTo(chat) {
  if (!chat) return;
  const owner = store.ownerOf(chat);
  if (layout.narrow) layout.show(owner ? "private" : "group");
  store.choose(owner ? { personId: owner.id } : { groupId: chat.id });
}

function goToItem(kind, id) {
  if (layout.narrow) layout.show(kind === "person" ? "private" : "group");
  store.choose(kind === "person" ? { personId: id } : { groupId: id });
}

const reach = {
  openRail: () => layout.openRail(true),
  opened: (person) => goToItem("person", person.id),
};
new Rail(byId("rail"), store, goToItem);
new Pane(byId("group-pane"), store, api, "group", reach);
new Pane(byId("private-pane"), store, api, "private", reach);
new Panel(byId("panel-pane"), store);
new Clock({ face: byId("clock-face"), controls: byId("clock-controls"), bar: byId("turn-bar"), large: byId("clock-large") }, store, api);
new Faults(byId("faults-body"), byId("faults-button"), byId("faults-count"), store, api);
new Tour(byId("tour"), byId("tour-button"), store, api, goTo);
new Peeks(store, goTo);

store.on("reset", () => {
  const title = store.title ?? words.title(store.bot.name);
  document.title = title;
  byId("brand-name").textContent = title;
});

function say(sentence) {
  byId("banner").textContent = sentence;
  byId("banner").hidden = !sentence;
}

async function load() {
  const seq = store.load(await api.state());
  say("");
  document.body.classList.add("ready");
  return seq;
}

store.on("resync", () => load().catch(() => say(words.offline)));

async function begin() {
  try {
    const after = await load();
    follow({ after, onEvent: (event) => store.apply(event), onLost: () => say(words.offline), onBack: load });
  } catch {
    say(words.cannotLoad);
    setTimeout(begin, 2000);
  }
}

begin();

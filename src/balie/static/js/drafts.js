// Drafts: kept on the server shortly after one stops typing, when the page goes out of sight, and before one goes elsewhere.
import { all, onShown } from "./parts.js";

const PAUSE = 1500; // milliseconds without a key
const keepers = new Map(); // a form and the function that keeps what is written in it

onShown((part) => {
  for (const form of all(part, "form[data-draft]")) watch(form);
});

document.addEventListener("visibilitychange", () => { if (document.hidden) keepAll(); });

/** Keeps whatever is being written now; settled when the server has it, or could not be reached. */
export function keepAll() {
  for (const form of keepers.keys()) if (!form.isConnected) keepers.delete(form);
  return Promise.all([...keepers.values()].map((keep) => keep()));
}

function watch(form) {
  const text = form.elements.text;
  const said = form.querySelector("[data-kept]");
  const warned = form.querySelector("[data-avoided]");
  let kept = text.value;
  let waiting = 0;
  let sent = false;
  const keep = async () => {
    clearTimeout(waiting);
    if (sent || text.value === kept) return;
    const writing = text.value;
    const body = new FormData(form);
    body.delete("files"); // they go with the answer, not with each draft of it
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body, keepalive: writing.length < 15000, headers: { "X-Beside": "draft" },
      });
      if (!answer.ok) return;
      warned.textContent = await answer.text();
      warned.hidden = !warned.textContent;
    } catch {
      return; // no line: what was typed is still on the page, and the next pause tries again
    }
    kept = writing;
    said.textContent = said.dataset.kept + " " + now();
  };
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => { sent = true; clearTimeout(waiting); });
  keepers.set(form, keep);
}

function now() {
  return new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

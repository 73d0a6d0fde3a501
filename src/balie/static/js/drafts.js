// Drafts: kept on the server shortly after one stops typing, when the page goes out of sight, and before one goes elsewhere.
import { all, onShown } from "./parts.js";

const PAUSE = 1500; // milliseconds without a key
const LONG = 15000; // signs that a browser no longer sends once the page is gone
const keepers = new Map(); // a form, with what keeps what is written in it, and whether it stands there alone

onShown((part) => {
  for (const form of all(part, "form[data-draft]")) watch(form);
});

document.addEventListener("visibilitychange", () => { if (document.hidden) keepAll(); });

addEventListener("beforeunload", (event) => { if (unkept()) event.preventDefault(); });

/** Keeps whatever is being written now; settled when the server has it, or could not be reached. */
export function keepAll() {
  for (const form of keepers.keys()) if (!form.isConnected) keepers.delete(form);
  return Promise.all([...keepers.values()].map(({ keep }) => keep()));
}

/** Whether something stands on the page alone, and would be lost with it: the desk could not be reached, or it is too long. */
export function unkept() {
  return [...keepers].some(([form, { only }]) => form.isConnected && only());
}

function watch(form) {
  const text = form.elements.text;
  const said = form.querySelector("[data-kept]");
  const check = form.querySelector("[data-check]");
  let kept = text.value;
  let waiting = 0;
  let sent = false;
  let failed = false;
  const keep = async () => {
    clearTimeout(waiting);
    if (sent || text.value === kept) return;
    const writing = text.value;
    const body = new FormData(form);
    const chosen = body.getAll("files").filter((file) => file.name); // they go with the answer, not with each draft of it
    body.delete("files");
    for (const file of chosen) body.append("files", file.name); // so that it is known whether one goes along
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST", body, keepalive: writing.length < LONG, headers: { "X-Part": "check" },
      });
      failed = !answer.ok || answer.redirected;
      if (failed) return;
      check.innerHTML = await answer.text();
    } catch {
      failed = true;
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
  const only = () => !sent && text.value !== kept && (failed || text.value.length >= LONG);
  keepers.set(form, { keep, only });
}

function now() {
  return new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

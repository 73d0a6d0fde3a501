// Search or jump: what can be done here and where one can go, found while one types. The words are posted and kept nowhere.
import { toggle } from "./dialogs.js";
import { act, does } from "./keys.js";
import { fits, open as openTicket } from "./opening.js";

const PAUSE = 60; // milliseconds without a key before it is asked
const QUIET = 500; // before the number found is read out
const dialog = document.getElementById("palette");
const form = dialog?.querySelector("form");
const field = form?.elements.words;
const found = document.getElementById("found");
let asking;
let waiting = 0;
let telling = 0;
let at = null; // the option that Enter takes
let asked = null; // the words to which what is shown belongs

function show(words = "") {
  if (dialog.open) return;
  toggle(dialog);
  field.value = words;
  field.focus();
  ask();
}

async function ask() {
  asking?.abort();
  const mine = asking = new AbortController();
  const words = field.value;
  const body = new FormData(form);
  body.set("ticket", document.querySelector(".ticket-top[data-ticket]")?.dataset.ticket ?? "");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "palette" }, signal: mine.signal, redirect: "manual" });
    if (!answer.ok) return form.submit(); // the page itself says what is wrong
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    if (!mine.signal.aborted) put(holder.content.firstElementChild, words);
  } catch {
    return; // overtaken by the next, or no connection: what was typed stands there
  }
}

function put(made, words) {
  found.replaceChildren(...made.childNodes);
  found.scrollTop = 0;
  asked = words;
  choose(words.trim() ? options()[0] : null);
  field.setAttribute("aria-expanded", String(options().length > 0));
  clearTimeout(telling);
  telling = setTimeout(() => { dialog.querySelector("[data-told]").textContent = made.dataset.found; }, QUIET);
}

const options = () => [...found.querySelectorAll("[role=option]")];

function choose(option) {
  at?.setAttribute("aria-selected", "false");
  at = option ?? null;
  if (!at) return field.removeAttribute("aria-activedescendant");
  at.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", at.id);
  at.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = options();
  const place = all.indexOf(at);
  choose(all[place < 0 ? (by > 0 ? 0 : all.length - 1) : (place + by + all.length) % all.length]);
}

async function take(option, apart) {
  const { url, words } = option.dataset;
  const code = option.dataset.does;
  if (words) {
    field.value = words;
    return form.submit();
  }
  dialog.close();
  if (code) return act(code);
  if (apart) return window.open(url, "_blank");
  if (fits(url)) return openTicket(url);
  location.assign(url);
}

function key(event) {
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.isComposing) return;
  if (event.key in moves) {
    event.preventDefault();
    step(moves[event.key]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (asked !== field.value) return enter(event); // faster than the answer: what was typed is looked for in full
    if (at) take(at, event.ctrlKey || event.metaKey);
    else enter(event);
  }
}

function enter() {
  if (field.value.trim()) form.submit();
}

if (dialog) {
  does("palette", () => dialog.open ? dialog.close() : show());
  does("search", () => show());
  field.addEventListener("keydown", key);
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  dialog.addEventListener("close", () => {
    asking?.abort();
    field.value = "";
    found.replaceChildren();
    choose(null);
    dialog.querySelector("[data-told]").textContent = "";
  });
  found.addEventListener("pointermove", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && option !== at) choose(option);
  });
  found.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option, event.ctrlKey || event.metaKey);
  });
  // The field in the header: a press, or a sign typed there, goes on in the palette.
  const header = document.getElementById("finder");
  header?.addEventListener("click", () => show(header.value));
  header?.addEventListener("input", () => {
    if (!header.value) return;
    const words = header.value;
    header.value = "";
    show(words);
  });
}

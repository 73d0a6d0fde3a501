// The keyboard. Which key does what stands in the sheet that the page carries; what it does stands on the page as `data-key`.
import { toggle } from "./dialogs.js";
import { all, onShown } from "./parts.js";

const SECOND = 2000; // milliseconds for the second key of two
const sheet = document.getElementById("keys");
const single = sheet?.dataset.single === "on";
const keys = new Map(all(sheet ?? document.createElement("p"), "[data-code]").map((one) => [one.dataset.code, one.dataset.keys]));
const codes = new Map([...keys].filter(([code, key]) => key && !fixed(code)).map(([code, key]) => [key, code]));
const firsts = new Set([...codes.keys()].filter((key) => key.includes(" ")).map((key) => key[0]));
const acts = new Map(); // what is more than a press on what carries the key's name

/** Says what a key does. act returns false where there is nothing to do. */
export function does(code, act) {
  acts.set(code, act);
}

/** Does what a key would do; false where the page has nothing for it. */
export function act(code) {
  return acts.has(code) ? acts.get(code)() !== false : press(code);
}

/** What carries this key's name: the first that can be seen, else a way to elsewhere, which leads there from wherever it stands. */
export function bearer(code) {
  const named = [...document.querySelectorAll(`[data-key~="${code}"]`)];
  return named.find((one) => one.checkVisibility()) ?? named.find((one) => one.matches("a[href], [data-key=sign-out]"));
}

function press(code) {
  const found = bearer(code);
  if (!found) return false;
  if (found.matches("input:not([type=radio], [type=checkbox]), textarea, select")) found.focus();
  else found.click();
  return true;
}

function fixed(code) {
  return ["palette", "send", "leave"].includes(code);
}

let before = ""; // the first of two keys
let waiting = 0;
let foreign = false; // whether letters are not Latin ones: then the place of a key on the board tells which is meant

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || !sheet) return;
  if (held(event)) return;
  if (!single || event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const sign = signOf(event);
  if (!sign) return;
  const typed = before ? `${before} ${sign}` : sign;
  const moving = ["next", "previous"].includes(codes.get(typed));
  if (event.repeat && !moving) return;
  forget();
  if (codes.has(typed)) {
    if (act(codes.get(typed))) event.preventDefault();
  } else if (firsts.has(sign)) {
    before = sign;
    waiting = setTimeout(forget, SECOND);
    event.preventDefault();
  }
});

function forget() {
  clearTimeout(waiting);
  before = "";
}

/** Keys that are held with another, or leave: they work while one types as well. */
function held(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
  if (event.key === "Escape") return leave(event.target);
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && letter(event) === "k") {
    event.preventDefault();
    return act("palette");
  }
  return false;
}

function send(event) {
  const form = event.target.form;
  if (!form || !event.target.matches("textarea")) return false;
  event.preventDefault();
  const button = form.querySelector("button[type=submit]:not([formaction])");
  if (form.reportValidity()) form.requestSubmit(button);
  return true;
}

function leave(field) {
  forget();
  if (!typing(field) || document.querySelector("dialog[open]")) return false;
  const heading = field.closest(".ticket, main")?.querySelector("h1[tabindex]");
  if (heading) heading.focus({ preventScroll: true });
  else field.blur();
  return true;
}

function typing(target) {
  return Boolean(target.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable], [role=combobox]"));
}

/** What a key says whatever the layout: its sign; where letters are Greek, Cyrillic or others, the Latin one in its place. */
function signOf(event) {
  if (event.key.length !== 1) return "";
  const latin = /^[a-z]$/i.test(event.key);
  const placed = /^Key([A-Z])$/.exec(event.code);
  if (placed && !latin && /\p{L}/u.test(event.key)) foreign = true;
  else if (latin) foreign = false;
  if (placed && event.shiftKey && (latin || foreign)) return ""; // a capital is another key, and none of ours
  return letter(event);
}

function letter(event) {
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  const placed = /^Key([A-Z])$/.exec(event.code);
  if (placed && (foreign || /\p{L}/u.test(event.key))) return placed[1].toLowerCase();
  return event.key.toLowerCase();
}

// What a key does is told to whoever hears the page.
onShown((part) => {
  if (!single) return;
  for (const one of all(part, "[data-key]")) {
    const named = one.dataset.key.split(" ").map((code) => keys.get(code)).filter(Boolean);
    if (named.length) one.setAttribute("aria-keyshortcuts", named.map((key) => key.replace("Ctrl", "Control")).join(" "));
  }
});

does("sheet", () => toggle(sheet));
does("search", () => {
  const field = bearer("search");
  if (!field) return false;
  field.focus();
  field.select?.();
});
for (const kind of ["answer", "note"]) {
  does(kind, () => {
    const choice = document.getElementById(`write-${kind}`);
    if (!choice) return false;
    if (!choice.checked) choice.click();
    const text = document.getElementById(kind);
    text.focus();
    text.scrollIntoView({ block: "nearest" });
  });
}
for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => act(button.dataset.opens));
}
does("others-needed", () => {
  const summary = bearer("others-needed");
  if (!summary) return false;
  const form = summary.closest("details");
  form.open = true;
  form.querySelector("input[type=checkbox]").focus();
});
does("assign", () => {
  const summary = bearer("assign");
  if (!summary) return false;
  const menu = summary.closest("details");
  menu.open = true;
  (menu.querySelector("input:checked") ?? menu.querySelector("input, select, button") ?? summary).focus();
});

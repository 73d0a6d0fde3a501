// A ticket of the list is opened beside it, without the page being made anew: only the ticket comes over the line.
import { keepAll, unkept } from "./drafts.js";
import { all, shown } from "./parts.js";

const panes = document.querySelector(".panes");
const first = { pane: panes?.querySelector(".ticket.blank"), title: document.title }; // what stands there while nothing is opened
const PATIENCE = 1500; // milliseconds that a draft may take before one goes on: it is on its way all the same
let asking;

/** Whether this address can be opened beside the list. */
export function fits(url) {
  return Boolean(panes) && /\/tickets\/\d+$/.test(new URL(url, location.href).pathname);
}

/** Opens the ticket at this address; where that is not possible the browser goes there. */
export async function open(url, { remember = true } = {}) {
  asking?.abort();
  const mine = asking = new AbortController();
  mark(url);
  const pane = panes.querySelector(".ticket");
  pane.setAttribute("aria-busy", "true");
  await Promise.race([keepAll(), new Promise((done) => setTimeout(done, PATIENCE))]);
  const made = await ask(url, mine.signal);
  if (mine.signal.aborted) return;
  if (!made && unkept()) return stay(pane); // the browser would lose what is written here
  if (!made) return location.assign(url);
  if (remember) history.pushState({}, "", url);
  put(made);
  made.querySelector("#ticket-title")?.focus({ preventScroll: true });
}

function stay(pane) {
  pane.removeAttribute("aria-busy");
  mark(location.href);
  dispatchEvent(new Event("offline")); // who watches the connection says so
}

/** Asks for a ticket alone; null where there is none to be had. */
export async function ask(url, signal) {
  try {
    const answer = await fetch(url, { headers: { "X-Part": "ticket" }, redirect: "manual", signal });
    if (!answer.ok) return null;
    const made = document.createElement("article");
    made.className = "ticket";
    made.setAttribute("aria-labelledby", "ticket-title");
    made.innerHTML = await answer.text();
    const { ticket } = made.querySelector(".ticket-top").dataset;
    made.dataset.title = `${ticket}. Balie`;
    return made;
  } catch {
    return null;
  }
}

function put(made) {
  panes.querySelector(".ticket").replaceWith(made);
  panes.classList.toggle("one-open", !made.matches(".blank"));
  document.title = made.dataset.title ?? first.title;
  made.scrollTop = 0;
  if (getComputedStyle(panes).overflow === "visible") scrollTo(0, 0);
  lower();
  shown(made);
}

/** The line of what is opened is marked at once, as it will be when the page is made anew. */
function mark(url) {
  const path = new URL(url, location.href).pathname;
  for (const line of panes.querySelectorAll(".row")) {
    const link = line.querySelector(".subject");
    const at = new URL(link.href).pathname === path;
    const states = new Set((line.dataset.state ?? "").split(" ").filter(Boolean));
    states.delete("current");
    if (at) {
      states.delete("unread");
      states.add("current");
      link.setAttribute("aria-current", "true");
      link.querySelector(".sr")?.remove();
    } else link.removeAttribute("aria-current");
    if (states.size) line.dataset.state = [...states].join(" ");
    else delete line.dataset.state;
  }
}

/** Beside a ticket the list's own title is one of the second order. */
function lower() {
  const title = document.getElementById("list-title");
  if (!title || title.localName !== "h1") return;
  const made = document.createElement("h2");
  made.id = title.id;
  made.append(...title.childNodes);
  title.replaceWith(made);
}

if (panes) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".rows .subject");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!panes.contains(link) || !fits(link.href)) return;
    event.preventDefault();
    open(link.href);
  });
  addEventListener("popstate", () => {
    if (fits(location.href)) return open(location.href, { remember: false });
    if (!first.pane) return location.reload();
    asking?.abort();
    mark(location.href);
    put(first.pane);
    (panes.querySelector(".rows .subject") ?? panes).focus();
  });
}

/** Shows what is new on the ticket that is open: its head and what was said; no field in which somebody writes is touched. */
export async function refresh() {
  const here = document.querySelector(".ticket:not(.blank)");
  const made = await ask(location.href);
  if (!here || !made || !here.isConnected) return false;
  replaceTop(here, made);
  const added = replaceMessages(here, made);
  replaceContext(here, made);
  (added ?? here.querySelector("#ticket-title"))?.focus();
  return true;
}

function replaceTop(here, made) {
  const top = made.querySelector(".ticket-top");
  here.querySelector(".ticket-top").replaceWith(top);
  for (const field of all(here, "input[name=seen]")) field.value = top.dataset.seen;
  shown(top);
}

function replaceMessages(here, made) {
  const talk = here.querySelector(".talk");
  const before = new Map(all(talk, ".msg").map((one) => [one.id, one]));
  const last = talk.querySelector(".composer") ?? talk.lastElementChild;
  let added = null;
  for (const message of all(made, ".msg")) {
    const old = before.get(message.id);
    before.delete(message.id);
    if (old && same(old, message)) continue;
    if (old) old.replaceWith(message);
    else last.before(message);
    message.tabIndex = -1;
    if (!old) added ??= message;
    shown(message);
  }
  for (const gone of before.values()) gone.remove();
  if (added) talk.querySelector(".empty")?.remove();
  return added;
}

const said = (node) => node.textContent.replace(/\s+/g, " ");
const same = (one, other) => said(one) === said(other);

function replaceContext(here, made) {
  const [old, fresh] = [here, made].map((one) => one.querySelector(".context"));
  if (!old || !fresh || same(old, fresh)) return;
  const typed = all(old, "input, textarea, select").some((one) => one.type !== "hidden" && one.value !== one.defaultValue);
  if (typed || old.contains(document.activeElement)) return;
  old.replaceWith(fresh);
  shown(fresh);
}

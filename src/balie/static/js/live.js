// What happens elsewhere while a page is open: asked for now and then, and put in its place without touching what one does.
import { refresh } from "./opening.js";
import { does } from "./keys.js";
import { all, shown } from "./parts.js";

const OFTEN = 10000;
const SELDOM = 30000; // while the page is out of sight
const AGAIN = [2000, 5000, 10000, 20000]; // after the connection was lost
const HERE = 25000; // so often it is said that one is still at the ticket: others hear of it for a minute
const PAUSE = 20000; // without a key for so long, one does not write

const live = document.getElementById("live");
let place = live?.dataset.place;
let waiting = 0;
let failed = 0;
let asking = false;
let again = false;
let told = { at: 0, writing: "", ticket: "" }; // what was said last of being here
let typed = { at: 0, kind: "" };

const top = () => document.querySelector(".ticket-top[data-ticket]");
const lines = () => [...document.querySelectorAll(".rows > .row[id]")];

function question() {
  const list = document.querySelector(".list[data-view]");
  const asked = new URLSearchParams({ since: place });
  const shownNow = lines().map((one) => one.id.slice(1));
  if (shownNow.length) asked.set("rows", shownNow.join("."));
  if (list) {
    asked.set("view", list.dataset.view);
    const at = new URLSearchParams(location.search).get("at");
    if (at) asked.set("at", at);
  }
  ticketIn(asked);
  return asked;
}

function ticketIn(asked) {
  const ticket = top();
  if (!ticket) return;
  asked.set("ticket", ticket.dataset.ticket);
  asked.set("seen", ticket.dataset.seen);
  asked.set("others", ticket.dataset.others ?? "");
  const writing = writes();
  const now = Date.now();
  if (document.hidden && writing === "no") return; // who looks at something else is not there
  if (told.ticket === ticket.dataset.ticket && told.writing === writing && now - told.at < HERE) return;
  told = { at: now, writing, ticket: ticket.dataset.ticket };
  asked.set("writing", writing);
}

function writes() {
  return Date.now() - typed.at < PAUSE ? typed.kind : "no";
}

async function ask() {
  clearTimeout(waiting);
  if (asking) return void (again = true); // what happens now is asked for as soon as this is told
  asking = true;
  try {
    const answer = await fetch(`${live.dataset.url}?${question()}`, { headers: { "X-Part": "live" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") return gone("out");
    if (!answer.ok) throw new Error(answer.status);
    if (answer.status !== 204) put(await answer.text());
    else sweep();
    place = answer.headers.get("X-Place") ?? place;
    back();
  } catch {
    gone("lost");
  } finally {
    asking = false;
    waiting = setTimeout(ask, again ? 0 : pause());
    again = false;
  }
}

function pause() {
  if (failed) return AGAIN[Math.min(failed, AGAIN.length) - 1];
  return document.hidden ? SELDOM : OFTEN;
}

function gone(how) {
  failed += 1;
  told.at = 0;
  if (how === "lost" && failed < 2) return; // once may be chance
  say(how);
}

function back() {
  failed = 0;
  say("");
}

function say(how) {
  for (const one of all(live, "[data-lost], [data-out]")) {
    const hide = !(how === "lost" ? "lost" in one.dataset : how === "out" && "out" in one.dataset);
    if (one.hidden !== hide) one.hidden = hide;
  }
}

function put(html) {
  const news = document.createElement("template");
  news.innerHTML = html;
  const part = (name) => news.content.querySelector(`[data-news=${name}]`);
  putLines(part("rows"));
  putCounts(part("counts"));
  putTabs(part("tabs"));
  document.querySelector("[data-calls]")?.replaceChildren(...part("calls").childNodes);
  putTicket(part("ticket"));
}

// Lines: each in its place. One that has the focus, is chosen or opened stays though it left the view.
function putLines(news) {
  const list = document.querySelector(".rows");
  const order = news.dataset.order?.split(" ").filter(Boolean);
  if (order && !list !== !order.length) return listAnew();
  for (const fresh of [...news.children]) {
    const old = document.getElementById(fresh.id);
    if (old) renew(old, fresh);
    else if (list && order) list.append(keep(fresh));
  }
  if (list && order) {
    list.dataset.order = order.join(" ");
    arrange(list, order);
  }
}

/** Where all is gone, or the first has come, the list is another one: with its words, or with its lines. */
async function listAnew() {
  const old = document.querySelector(".list[data-view]");
  const answer = await fetch(`${listUrl()}?view=${old.dataset.view}`, { headers: { "X-Part": "list" }, redirect: "manual" });
  if (!answer.ok) return;
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  const fresh = made.content.querySelector(".list");
  if (!fresh || old.contains(document.activeElement)) return;
  old.replaceWith(fresh);
  shown(fresh);
}

function listUrl() {
  return location.pathname.replace(/\/tickets.*$/, "/tickets");
}

/** What had left the view while one was at it goes once one has left it too. */
function sweep() {
  const list = document.querySelector(".rows[data-order]");
  if (list) arrange(list, list.dataset.order.split(" "));
}

function keep(fresh) {
  queueMicrotask(() => shown(fresh));
  return fresh;
}

function renew(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const selector = focused?.matches("input") ? "input" : ".subject";
  const ticked = old.querySelector("input[type=checkbox]")?.checked;
  old.replaceWith(keep(fresh));
  const box = fresh.querySelector("input[type=checkbox]");
  if (box) box.checked = Boolean(ticked);
  if (focused) fresh.querySelector(selector)?.focus({ preventScroll: true });
}

function arrange(list, order) {
  const held = (line) => line.contains(document.activeElement) || line.matches(":hover") ||
    line.querySelector(".subject[aria-current]") || line.querySelector("input:checked");
  const wanted = new Set(order.map((number) => `t${number}`));
  for (const line of lines()) if (!wanted.has(line.id) && !held(line)) line.remove();
  const before = scrolled(list);
  let at = null;
  for (const number of order) {
    const line = document.getElementById(`t${number}`);
    if (!line) continue;
    const next = at ? at.nextElementSibling : list.firstElementChild;
    const passed = next && !wanted.has(next.id) ? after(next, wanted) : next;
    if (line !== passed) move(list, line, passed);
    at = line;
  }
  before();
}

function after(line, wanted) {
  while (line && !wanted.has(line.id)) line = line.nextElementSibling;
  return line;
}

function move(list, line, next) {
  const focused = line.contains(document.activeElement) ? document.activeElement : null;
  list.insertBefore(line, next);
  focused?.focus({ preventScroll: true });
}

/** What one reads stays where it is: the line at the top of what is in sight does not move on the screen. */
function scrolled(list) {
  const scroller = list.closest(".list");
  const holds = [document.activeElement?.closest?.(".row"), ...lines()];
  const edge = scroller.getBoundingClientRect().top;
  const anchor = scroller.scrollTop > 0 ? holds.find((one) => one && one.getBoundingClientRect().bottom > edge) : null;
  const top = anchor?.getBoundingClientRect().top;
  return () => {
    if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - top;
  };
}

function putCounts(news) {
  for (const count of news.children) {
    for (const one of document.querySelectorAll(`#count-${count.dataset.view}, [data-count="${count.dataset.view}"]`)) {
      if (one.textContent !== count.textContent) one.textContent = count.textContent;
    }
  }
}

function putTabs(news) {
  const numbers = [...news.children].map((one) => one.textContent);
  for (const one of all(document, "[data-tab-news]")) {
    const hide = !numbers.includes(one.dataset.tabNews);
    if (one.hidden !== hide) one.hidden = hide;
  }
}

function putTicket(news) {
  const ticket = top();
  if (!news || ticket?.dataset.ticket !== news.dataset.ticket) return; // another one is open by now
  ticket.dataset.others = news.dataset.others;
  const company = document.getElementById("company");
  const fresh = news.querySelector("#company");
  if (company.textContent !== fresh.textContent) company.replaceChildren(...fresh.childNodes);
  const arrived = news.querySelector("#arrived > *");
  if (arrived) {
    document.getElementById("arrived").replaceChildren(arrived);
    shown(arrived);
  }
}

does("news", () => {
  if (!document.querySelector("[data-refresh]")) return false;
  refresh();
});

if (live) {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-refresh]")) refresh();
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form.write");
    if (!form) return;
    const first = writes() === "no";
    typed = { at: Date.now(), kind: form.matches(".note") ? "note" : "answer" };
    if (first) ask(); // that somebody began to write is news to others at once
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  addEventListener("online", ask);
  addEventListener("offline", () => { failed = 1; gone("lost"); });
  waiting = setTimeout(ask, 1000);
}

// Conveniences only: every page does its whole work without this file.
"use strict";

for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;

// The clock of a call.
for (const clock of document.querySelectorAll("[role=timer][data-since]")) {
  const since = Date.parse(clock.dataset.since);
  const tick = () => {
    const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
    const two = (figure) => String(figure).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    clock.textContent = (hours ? hours + ":" : "") + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
    clock.dateTime = "PT" + seconds + "S";
  };
  tick();
  setInterval(tick, 1000);
}

// Phone mode: Enter registers and closes, Shift + Enter makes a new line.
for (const text of document.querySelectorAll("textarea[data-enter]")) {
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (text.form.reportValidity()) text.form.requestSubmit(text.form.querySelector("[name=then][value=close]"));
  });
}

// Drafts: kept on the server shortly after one stops typing, and when the page goes out of sight.
for (const form of document.querySelectorAll("form[data-draft]")) {
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
    const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    said.textContent = said.dataset.kept + " " + now;
  };
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 1500);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  form.addEventListener("submit", () => { sent = true; clearTimeout(waiting); });
}

// Files: each is named with its size once chosen; too much together is said before it is sent.
for (const input of document.querySelectorAll("input[type=file][data-most]")) {
  const list = input.parentElement.querySelector("[data-chosen]");
  const size = (bytes) => {
    const [figure, unit] = bytes < 1e6 ? [Math.max(1, Math.round(bytes / 1024)), "kilobyte"] : [bytes / 1048576, "megabyte"];
    return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(figure);
  };
  const row = (words, over) => {
    const made = document.createElement("li");
    made.textContent = words;
    if (over) made.className = "warn";
    return made;
  };
  const tell = () => {
    const files = [...input.files];
    const over = files.reduce((sum, file) => sum + file.size, 0) > input.dataset.most * 1048576;
    list.replaceChildren(...files.map((file) => row(file.name + " · " + size(file.size))));
    if (over) list.append(row(input.dataset.over, true));
    list.hidden = !files.length;
    input.setCustomValidity(over ? input.dataset.over : "");
  };
  input.addEventListener("change", tell);
  tell();
}

// A form is sent once, however often the button is pressed.
for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  });
}
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) delete form.dataset.sent;
});

// Menus close on Escape and on a press beside them.
const menus = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) { menu.open = false; menu.querySelector("summary").focus(); }
});
document.addEventListener("pointerdown", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

// On a narrow screen the views are one row: the one that one is in stands in sight, the others on either side of it.
const view = document.querySelector(".views [aria-current]");
if (view) {
  const row = view.closest(".views");
  const beyond = view.getBoundingClientRect().left + view.offsetWidth / 2 - row.getBoundingClientRect().left - row.clientWidth / 2;
  row.scrollLeft += beyond;
}

// What went wrong is read first; what was just added is shown.
const first = document.querySelector("[data-focus]") || (location.hash && document.querySelector(location.hash + "[tabindex]"));
if (first) first.focus();

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

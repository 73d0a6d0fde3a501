// What may stand next in a question, listed under the field while one types: arrows choose, Enter or Tab takes, Escape leaves.
// Without this file the field is a field.
import { all, onShown } from "./parts.js";

const PAUSE = 120; // milliseconds without a key before it is asked

function complete(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}-completions`;
  list.className = "completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.listed);
  list.hidden = true;
  field.after(list);
  field.parentElement.classList.add("completed");
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) field.setAttribute(name, value);
  let waiting = 0;
  let asking;
  let at = null;

  const options = () => [...list.children];

  function choose(option) {
    at?.setAttribute("aria-selected", "false");
    at = option ?? null;
    if (!at) return field.removeAttribute("aria-activedescendant");
    at.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", at.id);
    at.scrollIntoView({ block: "nearest" });
  }

  function show(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) {
      clearTimeout(waiting);
      asking?.abort();
      choose(null);
    }
  }

  async function ask() {
    asking?.abort();
    const mine = asking = new AbortController();
    const body = new FormData();
    body.set("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    body.set("words", field.value);
    body.set("cursor", [...field.value.slice(0, field.selectionStart)].length); // signs, not the browser's halves of them
    try {
      const answer = await fetch(field.dataset.completions, { method: "POST", body, signal: mine.signal, redirect: "manual" });
      if (!answer.ok || mine.signal.aborted) return;
      list.innerHTML = await answer.text();
    } catch {
      return; // overtaken by the next key, or no connection: the field does without
    }
    if (mine.signal.aborted) return;
    choose(null);
    show(list.children.length > 0 && document.activeElement === field);
  }

  function take(option) {
    const signs = [...field.value];
    const { text, start, end } = option.dataset;
    const before = signs.slice(0, start).join("");
    const rest = signs.slice(end).join("");
    const goesOn = text.endsWith(":");
    const space = goesOn || /^[\s,]/.test(rest) ? "" : " ";
    field.value = before + text + space + rest;
    const place = before.length + text.length + space.length;
    field.setSelectionRange(place, place);
    field.focus();
    show(false);
    if (goesOn) ask();
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "ArrowDown" && list.hidden) {
      event.preventDefault();
      ask();
    } else if (list.hidden) {
      return;
    } else if (event.key in moves) {
      event.preventDefault();
      const all = options();
      const place = all.indexOf(at);
      const next = place < 0 ? (moves[event.key] > 0 ? 0 : all.length - 1) : place + moves[event.key];
      choose(all[(next + all.length) % all.length]);
    } else if ((event.key === "Enter" || event.key === "Tab") && at && !event.shiftKey) {
      event.preventDefault();
      take(at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    }
  });
  field.addEventListener("blur", () => show(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

onShown((part) => {
  for (const field of all(part, "input[data-completions]")) complete(field);
});

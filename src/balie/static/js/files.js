// Files: each is kept with the draft as soon as it is chosen, with a bar that says how far it is; too much together is said first.
import { all, onShown, shown } from "./parts.js";

const MEBIBYTE = 1048576;

onShown((part) => {
  for (const input of all(part, "input[type=file][data-most]")) watch(input);
  for (const button of all(part, "button[data-file]")) button.addEventListener("click", leaveOut);
});

function watch(input) {
  const place = input.closest(".attach");
  input.addEventListener("change", () => {
    const files = [...input.files];
    const over = files.reduce((sum, file) => sum + file.size, 0) > input.dataset.most * MEBIBYTE;
    name(input, place, over);
    if (files.length && !over && input.dataset.upload) keep(input, place);
  });
}

/** Says what was chosen and has not been kept: it goes along with the form. */
function name(input, place, over) {
  const list = place.querySelector("[data-chosen]");
  const files = [...input.files];
  list.replaceChildren(...files.map((file) => row(file.name + " · " + size(file.size))));
  if (over) list.append(row(input.dataset.over, true));
  list.hidden = !files.length;
  input.setCustomValidity(over ? input.dataset.over : "");
}

function keep(input, place) {
  const goOn = waitsFor(input.form);
  const bar = place.querySelector("progress");
  const sending = new XMLHttpRequest();
  const body = new FormData();
  body.append("csrfmiddlewaretoken", input.form.elements.csrfmiddlewaretoken.value);
  for (const file of input.files) body.append("files", file);
  sending.upload.addEventListener("progress", ({ loaded, total }) => { bar.value = total ? (100 * loaded) / total : 0; });
  sending.addEventListener("loadend", () => {
    bar.hidden = true;
    place.removeAttribute("aria-busy");
    if (sending.status === 200) kept(input, place, sending.responseText);
    else tell(place, sending.status === 403 || sending.status === 422 ? sending.responseText : words(input.dataset.away));
    goOn();
  });
  bar.value = 0;
  bar.hidden = false;
  place.setAttribute("aria-busy", "true");
  sending.open("POST", input.dataset.upload);
  sending.setRequestHeader("X-Part", "files");
  sending.send(body);
}

/** A form that is sent while a file of it is on its way waits for that: else the file would go along twice, or be left behind. */
function waitsFor(form) {
  let held = false;
  let button = null;
  const hold = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    held = true;
    button = event.submitter;
    button?.setAttribute("aria-busy", "true");
  };
  form.addEventListener("submit", hold, true);
  return () => {
    form.removeEventListener("submit", hold, true);
    button?.removeAttribute("aria-busy");
    if (held) form.requestSubmit(button);
  };
}

function kept(input, place, html) {
  input.value = "";
  name(input, place, false);
  tell(place, "");
  list(place, html);
}

async function leaveOut(event) {
  const button = event.currentTarget;
  const place = button.closest(".attach");
  event.preventDefault();
  const body = new URLSearchParams({ csrfmiddlewaretoken: button.form.elements.csrfmiddlewaretoken.value });
  try {
    const answer = await fetch(button.formAction, { method: "POST", body, headers: { "X-Part": "files" } });
    if (!answer.ok) return;
    list(place, await answer.text());
    place.querySelector("input[type=file]").focus();
  } catch {
    return; // no line: the file stays, and can be left out later
  }
}

function list(place, html) {
  const waiting = place.querySelector("[data-waiting]");
  waiting.innerHTML = html;
  shown(waiting);
}

function tell(place, html) {
  place.querySelector("[data-kept-told]").innerHTML = html;
}

function words(text) {
  const said = document.createElement("p");
  said.className = "warn";
  said.textContent = text;
  return said.outerHTML;
}

function size(bytes) {
  const [figure, unit] = bytes < 1e6 ? [Math.max(1, Math.round(bytes / 1024)), "kilobyte"] : [bytes / MEBIBYTE, "megabyte"];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(figure);
}

function row(said, over) {
  const made = document.createElement("li");
  made.textContent = said;
  if (over) made.className = "warn";
  return made;
}

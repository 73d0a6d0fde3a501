// Files: each is named with its size once chosen; too much together is said before it is sent.
import { all, onShown } from "./parts.js";

const MEBIBYTE = 1048576;

onShown((part) => {
  for (const input of all(part, "input[type=file][data-most]")) name(input);
});

function name(input) {
  const list = input.parentElement.querySelector("[data-chosen]");
  const tell = () => {
    const files = [...input.files];
    const over = files.reduce((sum, file) => sum + file.size, 0) > input.dataset.most * MEBIBYTE;
    list.replaceChildren(...files.map((file) => row(file.name + " · " + size(file.size))));
    if (over) list.append(row(input.dataset.over, true));
    list.hidden = !files.length;
    input.setCustomValidity(over ? input.dataset.over : "");
  };
  input.addEventListener("change", tell);
  tell();
}

function size(bytes) {
  const [figure, unit] = bytes < 1e6 ? [Math.max(1, Math.round(bytes / 1024)), "kilobyte"] : [bytes / MEBIBYTE, "megabyte"];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(figure);
}

function row(words, over) {
  const made = document.createElement("li");
  made.textContent = words;
  if (over) made.className = "warn";
  return made;
}

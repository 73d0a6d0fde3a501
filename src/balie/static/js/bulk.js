// Several tickets of the list at once: how many are ticked, a stretch of them with Shift, none with one press.
import { all, onShown } from "./parts.js";

const boxes = (list) => all(list, ".row input[name=ticket]");
let last = null; // the one that was ticked last: with Shift all between it and this one follow

function tell(list) {
  const said = list.querySelector("[data-chosen]");
  if (!said) return;
  const many = boxes(list).filter((one) => one.checked).length;
  said.textContent = many === 1 ? said.dataset.one : said.dataset.many.replace("{n}", many);
  if (!many) said.textContent = "";
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("input[name=ticket]");
  if (!box?.closest(".row")) return;
  const found = boxes(box.closest(".list"));
  if (event.shiftKey && last?.isConnected) {
    const [from, to] = [found.indexOf(last), found.indexOf(box)].sort((one, other) => one - other);
    for (const one of found.slice(from, to + 1)) one.checked = box.checked;
  }
  last = box;
  tell(box.closest(".list"));
});

document.addEventListener("reset", (event) => {
  if (event.target.id !== "together") return;
  const list = event.target.closest(".list");
  setTimeout(() => {
    for (const one of boxes(list)) one.checked = false; // also those that a refusal gave back ticked
    tell(list);
  });
});

onShown((part) => {
  for (const list of all(part, ".list")) tell(list);
  // What can be undone says so as long as it can be.
  for (const done of all(part, ".toast[data-done], .others [data-done]")) setTimeout(() => done.remove(), done.dataset.done * 1000);
});

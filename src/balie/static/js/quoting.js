// Quoting: what is chosen in a message, or the whole of what it says now, stands in the answer with a mark before each line.
import { all, onShown } from "./parts.js";

onShown((part) => {
  for (const button of all(part, "[data-quote]")) button.addEventListener("click", () => quote(button.dataset.quote));
});

function quote(id) {
  const box = document.getElementById("answer");
  const message = document.getElementById(id);
  const text = chosen(message) || said(message);
  if (!box || !text) return;
  document.getElementById("write-answer").checked = true;
  const lines = text.split("\n").map((line) => ("> " + line).trimEnd()).join("\n");
  const before = box.value.slice(0, box.selectionStart).replace(/\n*$/, "");
  const after = box.value.slice(box.selectionEnd).replace(/^\n*/, "");
  const head = (before ? before + "\n\n" : "") + lines + "\n\n";
  box.value = head + after;
  box.focus();
  box.setSelectionRange(head.length, head.length);
  box.dispatchEvent(new Event("input", { bubbles: true })); // so that it is kept like all that is typed
}

/** What somebody has chosen in this very message. */
function chosen(message) {
  const selection = getSelection();
  const text = message.querySelector(".msg-text");
  if (!text || selection.isCollapsed || !selection.rangeCount) return "";
  const range = selection.getRangeAt(0);
  return text.contains(range.commonAncestorContainer) ? selection.toString().trim() : "";
}

/** What its writer says now, without what is folded away. */
function said(message) {
  return [...message.querySelectorAll(".said-now")].map((one) => one.innerText.trim()).join("\n\n");
}

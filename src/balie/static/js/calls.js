// Phone mode: Enter registers and closes, Shift + Enter makes a new line.
import { all, onShown } from "./parts.js";

onShown((part) => {
  for (const text of all(part, "textarea[data-enter]")) {
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      if (text.form.reportValidity()) text.form.requestSubmit(text.form.querySelector("[name=then][value=close]"));
    });
  }
});

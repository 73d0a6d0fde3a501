// What only a script can do is there once there is one; what went wrong is read first; what was just added is shown.
import { all, onShown } from "./parts.js";

onShown((part) => {
  for (const hidden of all(part, "[data-script]")) hidden.hidden = false;
  for (const button of all(part, "[data-print]")) button.addEventListener("click", () => print());
  const added = part === document && location.hash && document.querySelector(location.hash + "[tabindex]");
  const first = all(part, "[data-focus]")[0] || added;
  if (first) first.focus();
});

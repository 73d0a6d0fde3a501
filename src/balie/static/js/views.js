// On a narrow screen the views are one row: the one that one is in stands in sight, the others on either side of it.
import { all, onShown } from "./parts.js";

onShown((part) => {
  for (const view of all(part, ".views [aria-current]")) {
    const row = view.closest(".views");
    const middle = view.getBoundingClientRect().left + view.offsetWidth / 2;
    row.scrollLeft += middle - row.getBoundingClientRect().left - row.clientWidth / 2;
  }
});

// Moving in a list of tickets by key: the focus goes from line to line, so that whoever hears the page hears where they are.
import { bearer, does } from "./keys.js";

const links = () => [...document.querySelectorAll(".rows .row .subject")].filter((one) => one.checkVisibility());
const lineOf = (node) => node?.closest?.(".row");

/** The line that one is at: with the focus, else the one that is opened. */
export function here() {
  return lineOf(document.activeElement) ?? lineOf(document.querySelector(".row .subject[aria-current]"));
}

function move(by) {
  const found = links();
  if (!found.length) return false;
  const at = found.indexOf(here()?.querySelector(".subject"));
  const to = at < 0 ? (by > 0 ? 0 : found.length - 1) : Math.min(Math.max(at + by, 0), found.length - 1);
  found[to].focus();
}

does("next", () => move(1));
does("previous", () => move(-1));
does("open", () => {
  const link = here()?.querySelector(".subject");
  if (!link) return false;
  link.click();
});
does("tick", () => {
  const box = here()?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.click();
});
does("together", () => {
  const button = document.querySelector(".bulk button");
  if (!button?.checkVisibility()) return false;
  button.focus();
});
does("back", () => {
  const line = document.querySelector(".row .subject[aria-current]") ?? links()[0];
  if (line?.checkVisibility()) return line.focus();
  const way = bearer("back") ?? bearer("go-queue");
  if (!way) return false;
  way.click();
});

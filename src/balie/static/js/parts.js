// A page, and the parts that are put on it later: what one module does to the first it does to the others too.

const starters = [];

/** Does `start` to the page as it stands, and to every part that is shown from now on. */
export function onShown(start) {
  starters.push(start);
  start(document);
}

/** Tells every module that this part is new on the page. */
export function shown(part) {
  for (const start of starters) start(part);
}

/** All that fit a selector, the part itself among them. */
export function all(part, selector) {
  const own = part instanceof Element && part.matches(selector) ? [part] : [];
  return [...own, ...part.querySelectorAll(selector)];
}

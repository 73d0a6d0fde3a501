// The clock of a call: it runs, and is not read out.
import { all, onShown } from "./parts.js";

const two = (figure) => String(figure).padStart(2, "0");

onShown((part) => {
  for (const clock of all(part, "[role=timer][data-since]")) run(clock);
});

function run(clock) {
  const since = Date.parse(clock.dataset.since);
  const tick = () => {
    const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
    const hours = Math.floor(seconds / 3600);
    clock.textContent = (hours ? hours + ":" : "") + two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
    clock.dateTime = "PT" + seconds + "S";
  };
  tick();
  setInterval(tick, 1000);
}

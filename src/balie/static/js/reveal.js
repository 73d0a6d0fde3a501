// What was covered is shown where it stands when somebody asks, and covered again after a while. The server writes the asking down.
import { all, onShown } from "./parts.js";

onShown((part) => {
  for (const form of all(part, "form[data-reveal]")) watch(form);
});

function watch(form) {
  const told = form.querySelector("[data-covered]");
  const button = form.querySelector("button");
  if (told.textContent !== told.dataset.covered) coverLater(form, told, button); // it came in clear with the page
  form.addEventListener("submit", async (event) => {
    event.preventDefault(); // forms.js lets it be then, so that it can be asked for again
    const answer = await fetch(form.action, {
      method: "POST", body: new FormData(form), headers: { "X-Part": "contact" },
    }).catch(() => null);
    if (!answer || !answer.ok) return form.submit(); // the whole page says what is wrong
    told.textContent = await answer.text();
    button.hidden = true;
    coverLater(form, told, button);
  });
}

function coverLater(form, told, button) {
  setTimeout(() => {
    told.textContent = told.dataset.covered;
    button.hidden = false;
    const held = document.querySelector("#field-" + form.elements.item.value);
    const value = held && held.querySelector(".value");
    if (value) value.textContent = told.dataset.covered;
    for (const input of held ? held.querySelectorAll("input[name=value]") : []) {
      if (input.value === input.defaultValue) input.value = "";
    }
  }, Number(form.dataset.reveal) * 1000);
}

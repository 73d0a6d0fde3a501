// What is ticked in a list: how many are chosen is said where they are acted on.
const count = () => {
  const said = document.querySelector(".bulk [data-chosen]");
  if (!said) return;
  const n = document.querySelectorAll(".row input[type=checkbox]:checked").length;
  if (n) said.textContent = n === 1 ? said.dataset.one : said.dataset.many.replace("{n}", n);
};
document.addEventListener("change", (event) => { if (event.target.closest(".row")) count(); });
document.addEventListener("reset", (event) => { if (event.target.matches(".bulk")) setTimeout(count); });
count();

// Dialogs: shown over the page, closed by Escape, their button or a press beside them; the focus goes back where it was.

/** Shows a dialog, or closes it when it is open. */
export function toggle(dialog) {
  if (dialog.open) return dialog.close();
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const dialog = event.target.closest("dialog");
  if (!dialog) return;
  if (event.target.closest("[data-close]") || (event.target === dialog && beside(dialog, event))) dialog.close();
});

function beside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

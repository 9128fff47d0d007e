/* F8 goes to the next red cell of the preview, Shift+F8 to the one before. */
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "F8") return;
  const cells = [...document.querySelectorAll(".sheet td.err")];
  if (!cells.length) return;
  event.preventDefault();
  const here = cells.indexOf(document.activeElement);
  const next = cells[(here + (event.shiftKey ? -1 : 1) + cells.length) % cells.length];
  next.focus();
  next.scrollIntoView({ block: "center", inline: "center" });
});

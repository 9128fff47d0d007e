/* Adds rows to a table of forms; without script the page offers two empty ones. */
"use strict";

for (const button of document.querySelectorAll("[data-add-row]")) {
  const prefix = button.dataset.addRow;
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const template = document.querySelector(`template[data-row-of="${prefix}"]`);
  const body = document.querySelector(`table[data-rows="${prefix}"] tbody`);
  button.hidden = false;
  button.addEventListener("click", () => {
    const row = document.createElement("tbody");
    row.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
    const added = row.firstElementChild;
    body.append(added);
    total.value = Number(total.value) + 1;
    added.querySelector("input, select").focus();
  });
}

/* Ticking rows of a list: the bar above says how many, one box ticks the page. */
"use strict";

for (const form of document.querySelectorAll("form[data-selection]")) {
  const boxes = [...form.querySelectorAll("input[name=id]")];
  const all = form.querySelector("[data-all]");
  const count = form.querySelector("[data-count]");
  const idle = count ? count.textContent : "";
  const say = () => {
    const ticked = boxes.filter((box) => box.checked);
    for (const box of boxes) box.closest("tr").classList.toggle("picked", box.checked);
    if (count) count.textContent = ticked.length ? `已选 ${ticked.length} 人` : idle;
    if (all) { all.checked = ticked.length === boxes.length; all.indeterminate = ticked.length > 0 && !all.checked; }
  };
  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes) box.checked = all.checked;
    say();
  });
  document.addEventListener("keydown", (event) => {   // X ticks the row that has the focus
    if (event.key !== "x" || event.ctrlKey || event.metaKey || /^(input|textarea|select)$/i.test(event.target.tagName)) return;
    const box = document.activeElement.closest("tr")?.querySelector("input[name=id]");
    if (box) { box.checked = !box.checked; say(); }
  });
  window.addEventListener("pageshow", say);
}

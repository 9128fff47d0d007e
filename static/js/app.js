/* What every page needs and HTML cannot do alone: toasts that go, keys in lists, a click that is sent once. */
"use strict";

// Which button sent a form, for browsers before 2022 that do not say it: the one pressed last. kept.js reads it too.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (button?.form) button.form.pressed = button;
}, true);

// A form is sent once: the second click of a double click finds the button disabled.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  const pressed = "submitter" in event ? event.submitter : form.pressed;
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    if (button === pressed && button.name) {   // a disabled button would not be sent
      const kept = document.createElement("input");
      kept.type = "hidden"; kept.name = button.name; kept.value = button.value;
      form.append(kept);
    }
    button.disabled = true;
    if ("sending" in form.dataset) { button.dataset.label = button.textContent; button.textContent = "正在提交……"; }
  }
});
window.addEventListener("pageshow", () => {   // the back button brings the form back usable
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) {
      button.disabled = false;
      if (button.dataset.label) button.textContent = button.dataset.label;
    }
  }
});

// What a form says is wrong comes into view, on a long page and on a phone too.
document.querySelector("form .is-invalid, form .notice.bad:not([hidden])")?.scrollIntoView({ block: "center" });

// Toasts leave after six seconds, not while they are hovered or focused.
for (const toast of document.querySelectorAll("[data-toast]")) {
  let timer = setTimeout(() => toast.remove(), 6000);
  toast.addEventListener("mouseenter", () => clearTimeout(timer));
  toast.addEventListener("mouseleave", () => { timer = setTimeout(() => toast.remove(), 2000); });
}

// J and K walk the rows of a list, Enter opens; "/" goes to the search field.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable) return;
  if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
  } else if (event.key === "j" || event.key === "k") {
    const links = [...document.querySelectorAll("[data-row]")];
    const here = links.indexOf(document.activeElement);
    const next = links[event.key === "j" ? Math.min(here + 1, links.length - 1) : Math.max(here - 1, 0)];
    if (next) next.focus();
  }
});

// Filters apply as soon as one is chosen; without script the button beside them does it.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-filters]");
  if (form) form.requestSubmit();
});

// Amounts in 万元 show the yuan on tap; Escape folds them again.
document.addEventListener("click", (event) => {
  const amount = event.target.closest(".amount[data-yuan]");
  for (const open of document.querySelectorAll(".amount.open")) if (open !== amount) open.classList.remove("open");
  if (amount) amount.classList.toggle("open");
});

// A copy button puts the field it names on the clipboard and says so; without https the browser has no clipboard to offer.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    const copied = navigator.clipboard ? await navigator.clipboard.writeText(field.value).then(() => true, () => false) : document.execCommand("copy");
    button.querySelector("span").textContent = copied ? "已复制" : "请按 Ctrl+C 复制";
  });
}

// A print button prints; an article's text opens beside its button, not in the middle of a wide screen.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const law = event.target.closest("[popovertarget]");
  const text = law && document.getElementById(law.getAttribute("popovertarget"));
  if (text && !("popover" in text)) text.scrollIntoView({ block: "center" });   // an old browser: it stands at the foot of the page
  if (!text || window.innerWidth < 768) return;
  const box = law.getBoundingClientRect();
  text.style.setProperty("--pop-top", `${Math.min(box.bottom + 6, window.innerHeight - 220)}px`);
  text.style.setProperty("--pop-left", `${Math.min(box.left, window.innerWidth - 360)}px`);
});

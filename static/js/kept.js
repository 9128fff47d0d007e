/* A form that survives a cut network: what is typed is kept in this browser until it has arrived, and is sent once.

   form[data-keep="key"]; in it [data-kept] is the text, [data-offline] the message, [data-phrases] ready words, and a field with
   data-needed="value value" must be filled for the buttons of these values. The form's token travels with the text, so that
   what was recorded although its answer was lost is not sent as something new; data-arrived names the tokens of the page. */
"use strict";

(() => {   // an answer is written into this very window and runs this file again: no name may stay behind
  for (const form of document.querySelectorAll("form[data-forget]")) {   // who leaves leaves no words behind
    form.addEventListener("submit", () => localStorage.removeItem(`kept:${form.dataset.forget}`));
  }
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const text = form.querySelector("[data-kept]");
    const token = form.elements.token;
    const key = `kept:${form.dataset.keep}`;
    const offline = form.querySelector("[data-offline]");

    if (text) {
      const kept = JSON.parse(localStorage.getItem(key) || "null");
      if (kept && (form.dataset.arrived || "").split(" ").includes(kept.token)) localStorage.removeItem(key);
      else if (kept && !text.value) { text.value = kept.text; token.value = kept.token; }
      text.addEventListener("input", () => localStorage.setItem(key, JSON.stringify({ text: text.value, token: token.value })));
    }

    const phrases = form.querySelector("[data-phrases]");
    if (phrases) {
      phrases.hidden = false;
      phrases.addEventListener("click", (event) => {
        if (event.target.tagName !== "BUTTON") return;
        text.value = event.target.textContent;
        text.dispatchEvent(new Event("input"));
      });
    }

    // The first field that this button needs and that is empty gets its words and the cursor.
    const lacks = (value) => {
      const empty = [...form.querySelectorAll("[data-needed]")].filter(
        (field) => field.dataset.needed.split(" ").includes(value) && !field.value.trim());
      for (const field of empty) {
        field.classList.add("is-invalid");
        if (field.nextElementSibling?.dataset.says === undefined) {
          const words = document.createElement("div");
          words.className = "field-error"; words.dataset.says = ""; words.textContent = field.dataset.words;
          field.after(words);
        }
      }
      empty[0]?.focus();
      return empty.length > 0;
    };

    form.addEventListener("input", ({ target }) => {   // captured: a ready phrase does not bubble
      if (target.dataset.needed === undefined || !target.value.trim()) return;
      target.classList.remove("is-invalid");
      if (target.nextElementSibling?.dataset.says !== undefined) target.nextElementSibling.remove();
    }, true);

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      const button = "submitter" in event ? event.submitter : form.pressed;
      if (!button?.name || lacks(button.value)) return;   // no named button, no decision
      const sent = new FormData(form), label = button.innerHTML;
      sent.set(button.name, button.value);
      const usable = (yes) => { for (const each of form.querySelectorAll("button")) each.disabled = !yes; };
      usable(false);
      button.textContent = "正在提交……";
      if (offline) offline.hidden = true;
      try {
        const answer = await fetch(window.location.href, { method: "POST", body: sent, headers: { "X-CSRFToken": sent.get("csrfmiddlewaretoken") } });
        if (answer.redirected && answer.url.includes("/sign-in")) {
          window.location.assign(answer.url);   // the text waits in this browser
          return;
        }
        const page = await answer.text();
        if (answer.redirected) {
          localStorage.removeItem(key);
          if (answer.url !== window.location.href) history.pushState(null, "", answer.url);
        }
        window.scrollTo({ top: 0, behavior: "instant" });   // what happened stands at the top
        document.open();   // the answer holds what just happened; asking for the page again would lose it
        document.write(page);
        document.close();
      } catch {
        button.innerHTML = label;
        usable(true);
        offline.hidden = false;
        offline.scrollIntoView({ block: "center" });
      }
    }, true);
  }
})();

/* The decision bar: phrases, an opinion that is kept until it has arrived, a return that asks for its reason, a cut network. */
"use strict";

const bar = document.querySelector("form[data-decide]");
if (bar) {
  const opinion = bar.querySelector("[data-kept]");
  const key = `opinion:${bar.dataset.decide}`;
  if (!opinion.value) opinion.value = localStorage.getItem(key) || "";
  opinion.addEventListener("input", () => localStorage.setItem(key, opinion.value));

  const phrases = bar.querySelector("[data-phrases]");
  phrases.hidden = false;
  phrases.addEventListener("click", (event) => {
    if (event.target.tagName !== "BUTTON") return;
    opinion.value = event.target.textContent;
    opinion.dispatchEvent(new Event("input"));
  });

  const usable = (yes) => { for (const button of bar.querySelectorAll("button")) button.disabled = !yes; };

  bar.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    const kind = event.submitter ? event.submitter.value : "approve";
    if (kind !== "approve" && !opinion.value.trim()) {
      opinion.classList.add("is-invalid");
      opinion.placeholder = "请写明意见，经办人才知道改什么";
      opinion.focus();
      return;
    }
    const sent = new FormData(bar);
    sent.set("kind", kind);
    usable(false);
    try {
      const answer = await fetch(window.location.href, { method: "POST", body: sent, headers: { "X-CSRFToken": sent.get("csrfmiddlewaretoken") } });
      if (answer.redirected && answer.url.includes("/sign-in")) {
        window.location.assign(answer.url);   // the opinion waits in this browser
        return;
      }
      if (answer.redirected) {
        localStorage.removeItem(key);
        history.pushState(null, "", answer.url);
      }
      document.open();   // the answer holds what just happened; asking for the page again would lose it
      document.write(await answer.text());
      document.close();
    } catch {
      bar.querySelector("[data-offline]").hidden = false;
      usable(true);
    }
  }, true);
}

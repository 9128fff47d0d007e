/* Text that saves itself: on a pause, on leaving the field, on Ctrl+S; kept on this machine until the server has it. */
"use strict";

const editor = document.querySelector("form[data-autosave]");
if (editor) {
  const text = editor.querySelector("[data-section-text]");
  const revision = editor.querySelector("[name=revision]");
  const status = editor.querySelector("[data-status]");
  const conflict = editor.querySelector("[data-conflict]");
  const key = editor.dataset.key;
  let saved = text.value, timer = null, sending = false, again = false;

  const keep = () => localStorage.setItem(key, text.value);
  const clock = () => new Date().toTimeString().slice(0, 5);

  const kept = localStorage.getItem(key);
  if (kept === text.value) localStorage.removeItem(key);
  if (kept !== null && kept !== text.value) {
    const restore = editor.querySelector("[data-restore]");
    restore.hidden = false;
    restore.querySelector("[data-take]").addEventListener("click", () => { text.value = kept; restore.hidden = true; save(); });
    restore.querySelector("[data-drop]").addEventListener("click", () => { localStorage.removeItem(key); restore.hidden = true; });
  }

  async function save() {
    if (sending) { again = true; return; }
    if (text.value === saved) return;
    const sent = text.value;
    sending = true;
    status.textContent = "正在保存……";
    try {
      const body = new FormData(editor);
      body.set("text", sent);
      const answer = await fetch(editor.dataset.autosave, { method: "POST", body, headers: { "X-CSRFToken": body.get("csrfmiddlewaretoken") } });
      if (answer.redirected || !(answer.headers.get("content-type") || "").includes("json")) {
        status.textContent = "登录已过期，内容存在本机。请在新标签页登录，再回来按 Ctrl+S。";
      } else if (answer.status === 409) {
        const other = await answer.json();
        conflict.hidden = false;
        conflict.querySelector("b").textContent = other.message;
        conflict.querySelector(".theirs").textContent = other.theirs;
        conflict.querySelector("[data-keep-mine]").onclick = () => { revision.value = other.revision; conflict.hidden = true; save(); };
        status.textContent = "没有保存，请先处理两份内容。";
      } else if (!answer.ok) {
        status.textContent = (await answer.json()).message;
      } else {
        revision.value = (await answer.json()).revision;
        saved = sent;
        if (text.value === sent) localStorage.removeItem(key);
        status.textContent = `${clock()} 已自动保存`;
      }
    } catch {
      status.textContent = "没有送到，网络好像断了；内容存在本机，连上后自动再送。";
      setTimeout(save, 5000);
    }
    sending = false;
    if (again) { again = false; save(); }
  }

  text.addEventListener("input", () => { keep(); clearTimeout(timer); timer = setTimeout(save, 1500); });
  text.addEventListener("blur", save);
  window.addEventListener("online", save);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(); }
  });
  editor.addEventListener("submit", () => clearTimeout(timer));   // kept until the next visit finds it on the server

  const use = editor.querySelector("[data-use-draft]");
  if (use) {
    use.hidden = false;
    use.addEventListener("click", () => {
      text.value = editor.querySelector("[data-draft-text]").content.textContent;
      text.dispatchEvent(new Event("input"));
      text.focus();
    });
  }
}

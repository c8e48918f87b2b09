// Starts Blazor with patient reconnection: a server that restarts within minutes gets its pages back.
// A refused circuit (the server is a new process) is answered by a reload: the page shows the same, from the store.
const modal = document.getElementById("components-reconnect-modal");
new MutationObserver(() => {
  if (modal.classList.contains("components-reconnect-rejected")) location.reload();
}).observe(modal, { attributeFilter: ["class"] });

document.addEventListener("click", event => {
  if (event.target.closest("[data-reload]")) location.reload();
  if (event.target.closest("a.skip")) {
    event.preventDefault();   // Blazor would scroll there, but leave the focus behind
    document.getElementById("content").focus();
  }
});

// A field takes a pasted or dropped text whole or not at all, and says which: the browser would cut it at the field's limit without a word.
const limit = document.getElementById("field-limit");
function whole(event, given) {
  const field = event.target.closest?.("textarea, input");
  const text = given?.getData("text/plain") ?? "";
  if (!field || !text || field.type === "file") return;
  const longest = field.maxLength > 0 ? field.maxLength : Number(limit.dataset.longest);
  const chosen = event.type === "paste" ? Math.abs((field.selectionEnd ?? 0) - (field.selectionStart ?? 0)) : 0;
  if (field.value.length - chosen + text.replaceAll("\r\n", "\n").length <= longest) return;
  event.preventDefault();
  event.stopPropagation();
  limit.textContent = `Nothing was inserted: the text has ${text.length.toLocaleString("en")} letters, and this field holds `
    + `${longest.toLocaleString("en")} in all. Shorten it and insert it again.`;
  limit.hidden = false;
}
document.addEventListener("paste", event => whole(event, event.clipboardData), true);
document.addEventListener("drop", event => whole(event, event.dataTransfer), true);
document.addEventListener("input", () => { limit.hidden = true; }, true);

Blazor.start({
  circuit: {
    reconnectionOptions: {
      maxRetries: 200,
      retryIntervalMilliseconds: tries => Math.min(250 * 2 ** Math.min(tries, 4), 3000),
    },
  },
});

// The labelling page: keys after the server's one table, fields that take the focus at once, and what is typed kept in this browser
// until the server has it. A key carries the item that stood on the screen, so a press that was meant for it never decides the next one.
const fields = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]";
const pressable = "button, a[href], summary, input[type=checkbox], input[type=radio], [role=button]";

function chordOf(event) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  // On a keyboard without Latin letters the place of the key counts.
  const place = event.key.length === 1 && event.key > "\x7f" ? /^Key([A-Z])$/.exec(event.code)?.[1] : null;
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : place;
  const key = digit && !event.ctrlKey ? digit : event.key === " " ? "Space" : letter ?? event.key;
  const shift = event.shiftKey && (letter || key === digit || key.length > 1);   // a sign such as ? brings its own shift
  return (event.ctrlKey || event.metaKey ? "Control+" : "") + (shift ? "Shift+" : "") + key;
}

export function listen(component, place, table) {
  const root = document.getElementById(place);
  let chords = new Map();
  let capture = null;
  const learn = bindings => {
    chords = new Map(bindings.flatMap(binding => binding.chords.map(chord => [chord, binding])));
  };
  learn(table);

  const item = () => Number(root.querySelector("[data-item]")?.dataset.item ?? 0);
  const open = name => {
    const field = root.querySelector(`[data-field="${name}"]`);
    if (!field) return;
    field.closest("details")?.setAttribute("open", "");
    field.focus();
    field.scrollIntoView({ block: "nearest" });
  };
  const step = by => {
    const questions = [...root.querySelectorAll("[data-question]")];
    const at = questions.findIndex(question => question.contains(document.activeElement));
    const next = questions[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : questions.length - 1) : at + by, 0), questions.length - 1)];
    (next?.querySelector("[aria-pressed=true]") ?? next?.querySelector("button, select, input, textarea"))?.focus();
  };

  const pressed = event => {
    if (event.altKey || event.isComposing || ["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
    const chord = chordOf(event);
    if (capture) {
      event.preventDefault();
      event.stopPropagation();
      const wanted = capture;
      capture = null;
      component.invokeMethodAsync("Captured", wanted, chord);
      return;
    }
    const binding = chords.get(chord);
    if (!binding || event.repeat && !["Previous", "Next"].includes(binding.action)) return;
    const target = event.target;
    const typing = target.closest(fields);
    if (typing && !binding.inFields) return;
    if (target.closest("[role=menu], [role=listbox], .rz-dialog")) return;
    if (document.querySelector("dialog[open]") && !["Leave", "Sheet"].includes(binding.action)) return;
    // Enter and Space belong to the button that the keyboard has moved to.
    if ((chord === "Enter" || chord === "Space") && target.closest(pressable)) return;
    event.preventDefault();
    if (binding.action === "Leave" && typing) { typing.blur(); return; }
    if (binding.field) { open(binding.field); return; }
    if (binding.action === "QuestionUp" || binding.action === "QuestionDown") { step(binding.action === "QuestionUp" ? -1 : 1); return; }
    component.invokeMethodAsync("Press", binding.action, item());
  };

  // A click leaves no focus behind on a label: the next Enter is meant for the item, not for the button.
  const clicked = event => {
    if (event.detail > 0) event.target.closest("[data-release]")?.blur();
    const opener = event.target.closest("[data-opens]");
    if (opener) open(opener.dataset.opens);
  };

  document.addEventListener("keydown", pressed, true);
  root.addEventListener("click", clicked);
  root.dataset.listens = "true";
  return {
    learn,
    capture(action) { capture = action; },
    focus: open,
    remove() {
      document.removeEventListener("keydown", pressed, true);
      root.removeEventListener("click", clicked);
    },
  };
}

// Typed text outlives a lost connection, a reload and a restarted server.
export function keep(run, within) {
  const root = document.getElementById(within);
  const place = `seas-review-draft:${run}`;
  const earlier = JSON.parse(localStorage.getItem(place) ?? "null");   // of a page before this one, never what is typed on it
  const typed = event => {
    const field = event.target.closest("[data-field]");
    const item = Number(root.querySelector("[data-item]")?.dataset.item ?? 0);
    if (!field || !item) return;
    const kept = JSON.parse(localStorage.getItem(place) ?? "null");
    const texts = kept?.item === item ? kept.texts : {};
    localStorage.setItem(place, JSON.stringify({ item, texts: { ...texts, [field.dataset.field]: field.value } }));
  };
  root.addEventListener("input", typed);
  return {
    read: () => earlier,
    forget() { localStorage.removeItem(place); },
    remove() { root.removeEventListener("input", typed); },
  };
}

export const name = () => localStorage.getItem("seas-annotator");
export const setName = value => value ? localStorage.setItem("seas-annotator", value) : localStorage.removeItem("seas-annotator");

/**
 * Opens evidence in one second window, over and over. What is opened must never get hold of our page through
 * `window.opener`, and browsers do not let a page use a window again that has no opener. So the two are tied the other way
 * round: the second window, while it is still empty and ours, becomes the opener of this page, and has none itself. A
 * page may send its opener elsewhere; whoever is shown there knows nothing of us. Where a browser does not play along,
 * each press opens a window of its own.
 */
function secondWindow(address) {
  const tied = sessionStorage.getItem("second-window") === "tied" && window.opener && !window.opener.closed;
  if (tied) {
    try { window.opener.location.href = address; return; } catch { /* It is no longer ours to send. */ }
  }
  const second = window.open("", "_blank");
  if (!second) return;
  // Found by a name that nobody can guess, and that is gone before anything foreign is shown.
  window.name = `marking-${crypto.randomUUID()}`;
  second.open("", window.name);
  window.name = "";
  second.opener = null;
  sessionStorage.setItem("second-window", window.opener === second ? "tied" : "loose");
  second.location.href = address;
}

/** Shows one piece of evidence at a time under tabs; answers how to go to another. */
function evidenceTabs(page) {
  const nav = page.querySelector("[data-tabs]");
  const pieces = [...page.querySelectorAll("[data-piece]")];
  if (!nav || pieces.length === 0) return { move: () => {}, current: () => null };
  const tabs = [...nav.querySelectorAll("a")];
  let place = 0;
  const show = (next) => {
    place = Math.max(0, Math.min(pieces.length - 1, next));
    pieces.forEach((piece, index) => { piece.hidden = index !== place; });
    tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", index === place);
      tab.tabIndex = index === place ? 0 : -1;
    });
  };
  nav.querySelector("ul").setAttribute("role", "tablist");
  for (const row of nav.querySelectorAll("li")) row.setAttribute("role", "presentation");
  tabs.forEach((tab, index) => {
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", pieces[index].id);
    tab.id = `tab-${pieces[index].id}`;
    pieces[index].setAttribute("role", "tabpanel");
    tab.addEventListener("click", (event) => { event.preventDefault(); show(index); });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      show(place + step);
      tabs[place].focus();
    });
  });
  page.classList.add("is-tabbed");
  const asked = pieces.findIndex((piece) => `#${piece.id}` === location.hash);
  show(Math.max(0, asked));
  return { move: (step) => show(place + step), current: () => pieces[place], go: (piece) => show(pieces.indexOf(piece)) };
}

/** Ticks of elements make the verdict, and the verdict ticks of what was not looked at, as the rubric says. */
function markingVerdict(form) {
  const shape = form.dataset.mark;
  const yes = [...form.querySelectorAll("[data-element=yes]")];
  const no = [...form.querySelectorAll("[data-element=no]")];
  const verdict = (value) => form.querySelector(`[data-verdict="${value}"]`);
  const count = form.querySelector("[data-found]");
  const code = form.elements.reason_code;
  const links = { not_found: "unreachable", unreachable: "unreachable", closed: "not_public", wrong_document: "wrong_document" };
  const suggest = (value) => { if (code && !code.value) code.value = value; };
  const ill = () => [...form.querySelectorAll("[data-look]")].map((look) => links[look.value]).find(Boolean);
  const show = () => {
    if (count) count.textContent = count.dataset.found.replace("%count%", yes.filter((box) => box.checked).length);
  };
  const warning = form.querySelector("[data-seen-ill]");
  const warn = () => {
    const looks = [...form.querySelectorAll("[data-look]")].map((look) => look.value).filter(Boolean);
    const isFull = Boolean(verdict("met")?.checked);
    if (warning) warning.hidden = !isFull || looks.length === 0 || looks.includes("opened");
  };
  const below = () => suggest(ill() || (no.every((box) => box.checked) ? "absent" : "incomplete"));
  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.dataset.element && shape !== "options") {
      const found = yes.filter((each) => each.checked).length;
      const missing = no.filter((each) => each.checked).length;
      if (found === yes.length) verdict("met").checked = true;
      else if (missing > 0 && (shape === "all" || missing === yes.length)) verdict("not_met").checked = true;
      else for (const each of [verdict("met"), verdict("not_met")]) each.checked = false;
      if (found === yes.length && code) code.value = "";
      else if (missing > 0) below();
    } else if (box.dataset.verdict === "met") {
      for (const each of yes) each.checked = true;
      if (code) code.value = "";
    } else if (box.dataset.verdict === "not_met") {
      yes.forEach((each, index) => { if (shape === "share" || !each.checked) no[index].checked = true; });
      below();
    }
    if (box.dataset.look) {
      const said = box.closest(".look").querySelector("[data-look-said]");
      said.textContent = box.value ? box.selectedOptions[0].textContent : "";
      said.hidden = !box.value;
      said.classList.toggle("is-well", box.value === "opened");
      said.classList.toggle("is-ill", Boolean(box.value) && box.value !== "opened");
    }
    show();
    warn();
  });
}

/** An unfinished mark saves itself, and says who else is at it. */
function markingDraft(form) {
  const met = document.querySelector("[data-met]");
  const kept = (reply) => {
    met.hidden = !reply.met;
    met.querySelector("[data-met-text]").textContent = reply.met || "";
  };
  autosave(form, { version: "sighting", apart: ["form", "over", "capture", "comment", "next"], wait: 1000, kept });
}

/** What was changed on this page can be taken back, one change after another. */
function markingUndo(form) {
  const state = () => [...form.elements].filter((each) => each.name && !["hidden", "file"].includes(each.type)).map(
    (each) => [each, ["radio", "checkbox"].includes(each.type) ? each.checked : each.value]);
  const before = [];
  let last = state();
  form.addEventListener("change", () => { before.push(last); last = state(); });
  return () => {
    const then = before.pop();
    if (!then) return false;
    for (const [each, value] of then) {
      if (["radio", "checkbox"].includes(each.type)) each.checked = value; else each.value = value;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    const count = form.querySelector("[data-found]");
    const found = form.querySelectorAll("[data-element=yes]:checked").length;
    if (count) count.textContent = count.dataset.found.replace("%count%", found);
    last = state();
    return true;
  };
}

/** One's own sentences by their numbers. */
function commentBank(form) {
  const bank = form.querySelector("[data-bank]");
  if (!bank) return { isOpen: () => false, press: () => false, toggle: () => {} };
  const list = bank.querySelector("[data-bank-list]");
  const plain = bank.querySelector("[data-bank-plain]");
  if (list) { list.hidden = false; plain.hidden = true; plain.querySelector("select").disabled = true; }
  const insert = (button) => {
    const reason = form.elements.reason;
    reason.value = [reason.value.trim(), button.dataset.comment].filter(Boolean).join("\n");
    if (button.dataset.code) form.elements.reason_code.value = button.dataset.code;
    bank.open = false;
    reason.dispatchEvent(new Event("change", { bubbles: true }));
    // At once: nobody types here who would be waited for.
    reason.dispatchEvent(new Event("keep", { bubbles: true }));
    form.querySelector("[data-finish]").focus();
  };
  bank.addEventListener("click", (event) => {
    const button = event.target.closest("[data-comment]");
    if (button) insert(button);
  });
  return {
    isOpen: () => bank.open,
    toggle: () => { bank.open = !bank.open; if (bank.open) bank.querySelector("summary").focus(); },
    press: (digit) => {
      const button = bank.querySelector(`[data-bank-key="${digit}"]`);
      if (button) insert(button);
      return Boolean(button);
    },
  };
}

/** Which key it was, whatever the keyboard writes: a Thai keyboard has the same keys in the same places. */
function keyOf(event) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit) return (event.shiftKey ? "shift+" : "") + digit[1];
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "?";
  if (event.shiftKey) return null;
  if (/^[a-z[\]]$/.test(event.key)) return event.key;
  const letter = /^Key([A-Z])$/.exec(event.code);
  if (letter) return letter[1].toLowerCase();
  return { BracketLeft: "[", BracketRight: "]" }[event.code] || null;
}

/** Marking by key alone; a key does nothing while somebody types in a field. */
function marking() {
  const page = document.querySelector("[data-marking]");
  if (!page) return;
  const form = page.querySelector("form[data-mark]");
  const tabs = evidenceTabs(page);
  const openers = [...page.querySelectorAll("[data-second]")];
  let opened = -1;
  const look = (link) => {
    const choice = link.closest("[data-piece]").querySelector("[data-look]");
    if (choice && choice.value === "") {
      choice.value = "opened";
      choice.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  const open = (link) => { secondWindow(link.href); look(link); opened = openers.indexOf(link); };
  for (const link of openers) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) { look(link); return; }
      event.preventDefault();
      open(link);
    });
  }
  const openNext = () => {
    // What stands in front first, and at the next press the one after it.
    const here = tabs.current()?.querySelector("[data-second]");
    const isNew = here && openers.indexOf(here) !== opened;
    const link = isNew ? here : openers[(opened + 1) % openers.length];
    if (!link) return;
    tabs.go?.(link.closest("[data-piece]"));
    open(link);
  };
  const nextState = () => {
    const choice = tabs.current()?.querySelector("[data-look]") ?? page.querySelector("[data-look]");
    if (!choice) return;
    // What is changed is shown.
    tabs.go?.(choice.closest("[data-piece]"));
    choice.scrollIntoView({ block: "nearest" });
    choice.selectedIndex = (choice.selectedIndex + 1) % choice.options.length;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const press = (element) => {
    if (element.type === "radio") {
      if (element.checked) return;
      element.checked = true;
      element.dispatchEvent(new Event("change", { bubbles: true }));
    } else {
      element.click();
    }
  };
  const keys = page.querySelector("[data-keys]");
  const choice = page.querySelector("[data-keys-on]");
  const areOn = () => localStorage.getItem("keys") !== "off";
  const showKeys = () => page.classList.toggle("has-keys", areOn());
  if (keys) {
    keys.hidden = false;
    choice.checked = areOn();
    choice.addEventListener("change", (event) => {
      event.stopPropagation();
      localStorage.setItem("keys", choice.checked ? "on" : "off");
      showKeys();
    });
  }
  showKeys();
  // What follows from a tick is taken back with it, so it is noted after it has followed.
  page.classList.add("has-script");
  if (form) markingVerdict(form);
  const back = form ? markingUndo(form) : () => false;
  const bank = form ? commentBank(form) : null;
  if (form) markingDraft(form);
  const undo = () => { if (!back()) page.querySelector("[data-undo]")?.click(); };
  const acts = {
    o: openNext, s: nextState, "[": () => tabs.move(-1), "]": () => tabs.move(1), u: undo, b: () => bank?.toggle(),
    r: () => form?.elements.reason.focus(),
    "?": () => { if (keys) { keys.open = !keys.open; keys.querySelector("summary").focus(); } },
  };

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    const isTyping = field.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");
    if (event.ctrlKey && event.key === "Enter" && form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-finish]"));
      return;
    }
    if (event.key === "Escape") { if (isTyping) field.blur(); else if (bank?.isOpen()) bank.toggle(); return; }
    if (isTyping || event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.code === "KeyZ" && !event.shiftKey) { event.preventDefault(); undo(); }
      return;
    }
    if (!areOn() || event.repeat) return;
    const key = keyOf(event);
    if (!key) return;
    if (bank?.isOpen() && bank.press(key)) { event.preventDefault(); return; }
    const target = page.querySelector(`[data-key~="${key}"]`);
    if (target) { event.preventDefault(); press(target); return; }
    if (acts[key]) { event.preventDefault(); acts[key](); }
  });
}

marking();

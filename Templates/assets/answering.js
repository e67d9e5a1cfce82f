// What makes answering quicker and safer on a bad line; every page works without it. Nothing is stored on the device.
"use strict";

/** What is kept in memory while the page is open: nothing of it outlives the tab. */
const memory = { opening: null, draft: null, slip: "", isBusy: false };

/** Takes a code from the address's fragment, which no server ever sees, and wipes it from the address. */
function codeFromFragment() {
  const field = document.querySelector("[data-slip]");
  if (!field || location.hash.length < 2) return;
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(history.state, "", location.pathname + location.search);
}

/** Works a little while the page is read: the open link is then no way to answer for many. */
function working() {
  const form = document.querySelector("form[data-begin]");
  const field = form?.elements.work;
  if (!field || field.value || !globalThis.crypto?.subtle) return;
  const [nonce, bits] = [form.elements.nonce.value, Number(form.elements.bits.value)];
  const encoder = new TextEncoder();
  const isFound = (digest) => {
    const bytes = new Uint8Array(digest);
    for (let bit = 0; bit < bits; bit += 1) if (bytes[bit >> 3] & (128 >> (bit & 7))) return false;
    return true;
  };
  const search = async () => {
    for (let number = 0; field.isConnected; number += 64) {
      const tries = Array.from({ length: 64 }, (_, place) =>
        crypto.subtle.digest("SHA-256", encoder.encode(`${nonce}:${number + place}`)));
      const place = (await Promise.all(tries)).findIndex(isFound);
      if (place >= 0) { field.value = number + place; return; }
    }
  };
  field.worked = search();
}

/** Counts answers as they are chosen. */
function counting() {
  const line = document.querySelector("[data-answered]");
  const form = document.querySelector("form[data-at]");
  if (!line || !form) return;
  const bar = document.querySelector("[data-share]");
  const show = () => {
    const count = Number(line.dataset.before) + form.querySelectorAll("input[type=radio]:checked").length;
    line.textContent = line.dataset.answered.replace("%", count);
    bar.setAttribute("width", `${count * 100 / Number(bar.dataset.share)}%`);
  };
  form.addEventListener("change", show);
  show();
}

/** Shows another page in this one's place, so that the way back asks nobody to send a form again. */
function show(page) {
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.body.replaceWith(document.adoptNode(page.body));
  begin();
  scrollTo(0, 0);
  (document.querySelector("[data-focus]") || document.querySelector("[data-heading]") || document.querySelector("h1")).focus();
}

/** Sends a form and shows what comes back. Where the line is down the page stays as it is. */
async function send(address, body, isWayBack = false) {
  if (memory.isBusy) return;
  memory.isBusy = true;
  const lost = document.querySelector("[data-lost]");
  if (lost) lost.hidden = true;
  try {
    const answer = await fetch(address, { method: "POST", body });
    if (answer.redirected) { memory.draft = null; location.replace(answer.url); return; }
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    const at = document.querySelector("form[data-at]")?.dataset.at;
    if (at && !isWayBack && history.state?.at !== at) history.pushState({ at }, "", address);
    else if (at) history.replaceState({ at: history.state?.at ?? at }, "", address);
  } catch {
    if (lost) lost.hidden = false;
  } finally {
    memory.isBusy = false;
  }
}

/** What a form holds now, with the button that was pressed. */
function content(form, button) {
  const data = new FormData(form);
  if (button?.name) data.set(button.name, button.value);
  return new URLSearchParams(data);
}

function sending() {
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await form.elements.work?.worked;
      const body = content(form, event.submitter);
      const address = event.submitter?.getAttribute("formaction") || form.getAttribute("action");
      if (form.matches("[data-begin]")) {
        memory.opening = document.body.cloneNode(true);
        // Whoever went back to the first page and comes again finds what was chosen.
        if (memory.draft && body.get("dealt") !== "no" && memory.slip === (body.get("slip") ?? "")) {
          memory.draft.set("to", "1");
          return send(address, memory.draft);
        }
        [memory.draft, memory.slip] = [null, body.get("slip") ?? ""];
      }
      send(address, body);
    });
  }
}

/** The browser's own way back and forward leads from page to page of the form, with everything that was chosen. */
addEventListener("popstate", (event) => {
  const form = document.querySelector("form[data-at]");
  if (form) memory.draft = content(form);
  if (!event.state?.at) {
    if (!memory.opening) { location.reload(); return; }
    document.body.replaceWith(memory.opening.cloneNode(true));
    const slip = document.querySelector("[data-slip]");
    if (slip) slip.value = memory.slip;
    begin();
  } else if (memory.draft) {
    memory.draft.set("to", event.state.at);
    send(location.pathname + location.search, memory.draft, true);
  } else {
    location.reload();
  }
});

/** Links within the page lead to their place without a step in the browser's history, which is the form's. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  const place = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!place) return;
  event.preventDefault();
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus();
  place.scrollIntoView({ block: "center" });
});

/** Tries again by itself where too many send at once, not at the same moment as everybody else. */
function retrying() {
  const card = document.querySelector("[data-retry]");
  if (!card) return;
  let left = Math.round(Number(card.dataset.retry) * (1 + Math.random()));
  const lead = document.querySelector("[data-while-retrying]");
  lead.textContent = lead.dataset.whileRetrying;
  const line = card.querySelector("[data-left]");
  line.hidden = false;
  const tell = () => { line.firstElementChild.textContent = card.dataset.countdown.replace("%count%", left); };
  tell();
  const clock = setInterval(() => {
    left -= 1;
    tell();
    if (left > 0 && card.isConnected) return;
    clearInterval(clock);
    if (!card.isConnected) return;
    const form = card.querySelector("form");
    if (form) form.requestSubmit(); else location.reload();
  }, 1000);
}

/** The end keeps nothing: what was behind it is out of the tab's memory. */
function ending() {
  if (!document.querySelector("[data-thanks]")) return;
  [memory.opening, memory.draft, memory.slip] = [null, null, ""];
  document.querySelector("[data-heading]").focus();
}

function begin() {
  document.querySelector("[data-focus]")?.focus();
  codeFromFragment();
  working();
  counting();
  sending();
  retrying();
  ending();
}

begin();

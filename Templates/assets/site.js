// What makes the portal quicker to use; every page works without it. Each behaviour is found by an attribute of its own.
"use strict";

/** Takes the focus to what is wrong, or to what was asked for. */
function focusFirst() {
  const target = document.querySelector("[data-focus]");
  if (target) target.focus();
}

/** Brings the place where one is into sight, where the places are wider than a phone. */
function showingPlace() {
  const places = document.querySelector(".places");
  const here = places?.querySelector("[aria-current]");
  if (here && places.scrollWidth > places.clientWidth) {
    places.scrollLeft = here.offsetLeft - (places.clientWidth - here.offsetWidth) / 2;
  }
}

/** Closes the menu under the person's name when something else is chosen, or on Escape. */
function closingMenu() {
  const menu = document.querySelector("details.menu");
  if (!menu) return;
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

/** The tick that shows the passwords of its form, and hides them again when it is sent. */
function showPassword() {
  for (const label of document.querySelectorAll("[data-show-password]")) {
    const form = label.closest("form");
    const tick = label.querySelector("input");
    const fields = [...form.querySelectorAll("input[type=password]")];
    const show = (isShown) => { for (const field of fields) field.type = isShown ? "text" : "password"; };
    label.hidden = false;
    tick.addEventListener("change", () => show(tick.checked));
    form.addEventListener("submit", () => show(false));
  }
}

/** Folds search away on a phone where nothing is searched for. */
function foldingFilter() {
  const phone = window.matchMedia("(max-width: 760px)");
  for (const fold of document.querySelectorAll("details[data-fold]")) {
    const fit = () => { fold.open = !phone.matches || fold.hasAttribute("data-filtered"); };
    phone.addEventListener("change", fit);
    fit();
  }
}

/** Counts the ticks of a checklist where it says how many there are. */
function countingTicks() {
  for (const count of document.querySelectorAll("[data-count]")) {
    const boxes = [...count.closest("section").querySelectorAll("input[type=checkbox]")];
    const show = () => {
      count.textContent = count.dataset.count.replace("%count%", boxes.filter((box) => box.checked).length);
    };
    for (const box of boxes) box.addEventListener("change", show);
  }
}

/** Rows of links are added and taken away in place; one is always there. */
function linkRows() {
  const card = document.querySelector("[data-links]");
  if (!card) return;
  const rows = () => [...card.querySelectorAll(".link-row")];
  const blank = rows()[0].cloneNode(true);
  const clear = (row) => {
    for (const field of row.querySelectorAll("input")) { field.value = ""; field.removeAttribute("aria-invalid"); }
    for (const choice of row.querySelectorAll("select")) choice.selectedIndex = 0;
    for (const fault of row.querySelectorAll(".wrong, .open-link")) fault.remove();
    for (const field of row.querySelectorAll(".is-wrong")) field.classList.remove("is-wrong");
    for (const more of row.querySelectorAll("details")) more.open = false;
  };
  const number = () => rows().forEach((row, index) => {
    for (const place of row.querySelectorAll("[data-number]")) place.textContent = index + 1;
    for (const name of ["id", "for", "aria-describedby"]) {
      for (const part of row.querySelectorAll(`[${name}]`)) {
        part.setAttribute(name, part.getAttribute(name).replace(/-\d+/, `-${index + 1}`));
      }
    }
    row.querySelector("[value^=remove_]").value = `remove_${index + 1}`;
  });
  const changed = () => card.dispatchEvent(new Event("input", { bubbles: true }));
  clear(blank);
  blank.classList.remove("is-spare");
  blank.removeAttribute("data-spare");
  for (const spare of card.querySelectorAll("[data-spare]")) spare.remove();
  card.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.value === "add_link") {
      event.preventDefault();
      const row = blank.cloneNode(true);
      rows().at(-1).after(row);
      number();
      row.querySelector("input").focus();
    } else if (button.value.startsWith("remove_")) {
      event.preventDefault();
      const row = button.closest(".link-row");
      const place = rows().indexOf(row);
      if (rows().length > 1) row.remove(); else clear(row);
      number();
      rows()[Math.min(place, rows().length - 1)].querySelector("input").focus();
      changed();
    }
  });
}

/** Buttons that print the page; without the script the browser's own menu does it. */
function printing() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** The tick above a list that ticks all of it. */
function pickingAll() {
  for (const label of document.querySelectorAll("[data-pick-all]")) {
    const all = label.querySelector("input");
    const ticks = [...label.parentElement.querySelectorAll(".picks input[type=checkbox]")];
    const show = () => { all.checked = ticks.every((tick) => tick.checked); };
    label.hidden = false;
    all.addEventListener("change", () => { for (const tick of ticks) tick.checked = all.checked; });
    for (const tick of ticks) tick.addEventListener("change", show);
    show();
  }
}

/** Says that something is under way once its form is sent, so that nobody presses twice. */
function tellingBusy() {
  for (const form of document.querySelectorAll("form[data-busy]")) {
    form.addEventListener("submit", () => {
      const note = document.createElement("p");
      note.className = "busy-note";
      note.setAttribute("role", "status");
      note.textContent = form.dataset.busy;
      form.querySelector(".busy-note")?.remove();
      form.append(note);
    });
  }
  // Whoever comes back finds the page as it was.
  window.addEventListener("pageshow", () => { for (const note of document.querySelectorAll(".busy-note")) note.remove(); });
}

/** Looks every second how far an errand is, and goes on to what came of it. */
function watchingErrand() {
  const place = document.querySelector("[data-errand]");
  const said = place?.querySelector("[data-errand-said]");
  if (!said) return;
  const bar = place.querySelector("[data-errand-share]");
  place.querySelector("[data-errand-again]").hidden = true;
  const look = async () => {
    try {
      const state = await (await fetch(place.dataset.errand)).json();
      if (state.path) { location.replace(state.path); return; }
      if (state.fault) { location.reload(); return; }
      if (said.textContent !== state.said) said.textContent = state.said;
      if (Number.isInteger(state.share)) bar.value = state.share; else bar.removeAttribute("value");
    } catch { /* The server may be busy: it is asked again. */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
}

/** Tries again by itself where the site was too busy, later each time and not at the same moment as everybody else. */
function retrying() {
  const card = document.querySelector("[data-retry]");
  if (!card) return sessionStorage.removeItem("retrying");
  const before = JSON.parse(sessionStorage.getItem("retrying") || "{}");
  const address = card.dataset.address;
  const attempt = before.address === address ? before.attempt + 1 : 1;
  sessionStorage.setItem("retrying", JSON.stringify({ address, attempt }));
  const seconds = Number(card.dataset.retry);
  let left = Math.min(60, Math.round(seconds * (attempt + Math.random())));
  const [line, bar, form] = [card.querySelector(".retry-line"), card.querySelector("progress"), card.querySelector("form")];
  const lead = document.querySelector("[data-while-retrying]");
  lead.textContent = lead.dataset.whileRetrying;
  bar.max = left;
  line.querySelector("span").textContent = line.dataset.attempt.replace("%count%", attempt);
  const show = () => {
    line.querySelector("b").textContent = line.dataset.countdown.replace("%count%", left);
    bar.value = bar.max - left;
  };
  [line.hidden, bar.hidden] = [false, false];
  show();
  const clock = setInterval(() => {
    left -= 1;
    show();
    if (left > 0) return;
    clearInterval(clock);
    if (form) form.submit(); else location.replace(address);
  }, 1000);
}

/** Shows how far a report is that is being made, and the page anew when it is there. */
function watchingReport() {
  const job = document.querySelector("[data-under-way]");
  if (!job) return;
  const look = async () => {
    try {
      const response = await fetch(job.dataset.underWay);
      if (!response.ok) { location.reload(); return; }
      const report = await response.json();
      if (report.is_over) { location.reload(); return; }
      job.querySelector("[data-state]").textContent = report.text;
      job.querySelector("[data-share]").setAttribute("width", `${report.share}%`);
    } catch { /* The line is down: the next look may find it up. */ }
    setTimeout(look, 1000);
  };
  setTimeout(look, 400);
}

focusFirst();
showingPlace();
foldingFilter();
closingMenu();
showPassword();
countingTicks();
linkRows();
printing();
pickingAll();
tellingBusy();
watchingErrand();
retrying();
watchingReport();

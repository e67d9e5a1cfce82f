/** What is under way with a form that saves itself: a file being sent, a draft being saved. */
const underWay = { files: 0, saving: null, waiting: null };

/**
 * Saves a form by itself: soon after the last change, and on leaving; nothing is sent where nothing is new. `version` is the
 * field that says what was read before it was changed, `apart` those that are no part of it; `kept` is told what came back.
 */
function autosave(form, { version, apart, wait, kept }) {
  const status = form.querySelector("[data-saved]");
  const read = () => {
    const data = new FormData(form);
    for (const name of apart) data.delete(name);
    return new URLSearchParams(data);
  };
  const content = () => { const data = read(); data.delete("token"); data.delete(version); return data.toString(); };
  // What came back from a save that was refused is kept nowhere yet.
  let saved = "unsaved" in form.dataset ? null : content();
  // A form that asks whether to save over somebody else's asks a person.
  let isStopped = form.elements.over !== undefined;
  let timer;
  const say = (text, isFailed) => { status.textContent = text; status.classList.toggle("is-failed", isFailed); };

  const send = async (isLeaving) => {
    const now = content();
    const body = read();
    body.set("auto", "1");
    try {
      const response = await fetch(form.action, { method: "POST", body, keepalive: isLeaving });
      if (response.status === 401 && form.dataset.ended) { isStopped = true; say(form.dataset.ended, true); return; }
      const reply = await response.json();
      if (response.ok) {
        saved = now;
        form.elements[version].value = reply[version];
        say(reply.saved, false);
        kept(reply);
      } else {
        isStopped = reply.isStale;
        say(`${form.dataset.wrong} ${reply.faults.join(" ")}`, true);
      }
    } catch {
      say(form.dataset.failed, true);
      timer = setTimeout(save, 5000);
    }
  };

  const save = async (isLeaving = false) => {
    clearTimeout(timer);
    if (isStopped || content() === saved) return;
    if (!isLeaving && (underWay.saving || underWay.files > 0)) { timer = setTimeout(save, 300); return; }
    underWay.saving = send(isLeaving);
    await underWay.saving;
    underWay.saving = null;
  };

  const soon = () => { clearTimeout(timer); timer = setTimeout(save, wait); };
  if (saved === null) soon();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("keep", () => save());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(true); });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    isStopped = true;
    if (underWay.files > 0) {
      event.preventDefault();
      underWay.waiting = event.submitter;
      say(form.dataset.wait, false);
    } else if (underWay.saving) {
      event.preventDefault();
      await underWay.saving;
      form.requestSubmit(event.submitter);
    }
  });
}

/** A disclosure saves itself, and says what it still lacks. */
function savingDraft() {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const advice = form.querySelector("[data-advice]");
  const kept = (reply) => {
    advice.replaceChildren(...reply.advice.map((piece) => {
      if (!piece.href) return document.createTextNode(piece.text);
      const link = document.createElement("a");
      link.href = piece.href;
      link.textContent = piece.text;
      return link;
    }));
  };
  autosave(form, { version: "revision", apart: ["form", "current", "upload", "reason"], wait: 3000, kept });
}

/** Files are sent as soon as they are chosen or dropped, one after another, each with its progress. */
function sendingFiles() {
  const zone = document.querySelector("[data-upload]");
  if (!zone) return;
  const form = zone.closest("form");
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector(".file-list");
  const told = zone.querySelector("[data-told]");
  const copy = (name, file) => {
    const row = zone.querySelector(`template[${name}]`).content.firstElementChild.cloneNode(true);
    for (const place of row.querySelectorAll("[data-name]")) place.textContent = file;
    return row;
  };
  const mega = (bytes) => (bytes / 1e6).toFixed(1);
  const fail = (row, text) => {
    const place = row.querySelector("[data-progress]");
    place.textContent = text;
    place.classList.add("wrong");
    row.querySelector("progress").remove();
    told.textContent = `${row.querySelector("[data-name]").textContent}: ${text}`;
  };
  const done = (row, reply) => {
    const address = `drop_${reply.file.digest}`;
    if (list.querySelector(`[value="${address}"]`)) { row.remove(); return; }
    const kept = copy("data-file", reply.file.name);
    kept.querySelector("a").href = reply.file.href;
    kept.querySelector("[data-size]").textContent = reply.file.size;
    kept.querySelector("[data-drop]").value = address;
    row.replaceWith(kept);
    told.textContent = kept.querySelector("p").textContent;
    // Where somebody else has saved in between, saving says so.
    if (Number(form.elements.revision.value) === reply.before) form.elements.revision.value = reply.revision;
  };

  const send = (file, row) => new Promise((resolve) => {
    const data = new FormData();
    data.append("token", form.elements.token.value);
    data.append("auto", "1");
    data.append("upload", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", zone.dataset.upload);
    request.upload.addEventListener("progress", (event) => {
      row.querySelector("progress").value = event.loaded / event.total;
      row.querySelector("[data-progress]").textContent = zone.dataset.sending
        .replace("%sent%", mega(event.loaded)).replace("%all%", mega(event.total));
    });
    row.querySelector("[data-cancel]").onclick = () => { request.abort(); row.remove(); input.focus(); };
    request.addEventListener("loadend", () => {
      let reply = null;
      try { reply = JSON.parse(request.responseText); } catch { /* Not an answer of this page. */ }
      if (reply?.file) done(row, reply);
      else if (row.isConnected) fail(row, reply?.faults?.join(" ") || zone.dataset.sendFailed);
      resolve();
    });
    request.send(data);
  });

  let queue = Promise.resolve();
  const take = (files) => {
    for (const file of files) {
      const row = copy("data-file-sending", file.name);
      list.append(row);
      row.querySelector("[data-cancel]").onclick = () => row.remove();
      if (file.size > Number(zone.dataset.largest)) {
        fail(row, zone.dataset.tooLarge.replace("%most%", zone.dataset.largest >> 20));
        continue;
      }
      underWay.files += 1;
      queue = queue.then(() => underWay.saving).then(() => (row.isConnected ? send(file, row) : null)).then(() => {
        underWay.files -= 1;
        if (underWay.files > 0) return;
        if (underWay.waiting) form.requestSubmit(underWay.waiting);
        else form.dispatchEvent(new Event("keep"));
      });
    }
  };

  zone.classList.add("is-live");
  input.multiple = true;
  input.addEventListener("change", () => { const files = [...input.files]; input.value = ""; take(files); });
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("is-over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    take([...event.dataTransfer.files]);
  });
}

savingDraft();
sendingFiles();

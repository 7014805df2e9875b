// Evidence in the entry form: chosen, dropped, pasted or photographed files are looked at before they are sent, and sent
// with a bar that shows how far they are. Without this file the browser's own field for files still works.
"use strict";

const evidence = document.querySelector("[data-evidence]");
const field = evidence?.querySelector("[name=files]");
const camera = evidence?.querySelector("[data-camera]");
const previews = evidence?.querySelector("[data-previews]");
const MEGABYTE = 1024 * 1024;
let chosen = [];
let onItsWay = false;

function sayOf(file, size = file.size) {
  const amount = size >= MEGABYTE ? `${(size / MEGABYTE).toFixed(1)} MB` : `${Math.ceil(size / 1024)} KB`;
  return `${file.name}　${amount}`;
}

function words(name, file = "") {
  return evidence.dataset[name].replace("{name}", file.name ?? "");
}

function refuse(sentences) {
  const place = evidence.querySelector("[data-refused]");
  place.hidden = sentences.length === 0;
  place.textContent = sentences.join(" ");
}

// What was refused here is never sent, so the answer to the form does not know of it: this page tells the next one.
const REFUSED = "lianze-refused";

function keepRefused() {
  const place = evidence.querySelector("[data-refused]");
  if (!place.hidden) sessionStorage.setItem(REFUSED, place.textContent);
}

function showRefused() {
  const said = sessionStorage.getItem(REFUSED);
  sessionStorage.removeItem(REFUSED);
  if (said && "answer" in form.dataset) refuse([said]);
}

function refusalOf(file) {
  if (file.size === 0) return words("empty", file);
  if (file.size > Number(evidence.dataset.limit)) return words("large", file);
  if (evidence.dataset.programs.split(" ").some((end) => file.name.toLowerCase().endsWith(end))) return words("program", file);
  const same = (other) => other.name === file.name && other.size === file.size && other.lastModified === file.lastModified;
  return chosen.some(same) ? words("twice", file) : "";
}

function addFiles(more) {
  const refused = [];
  for (const file of more) {
    const reason = refusalOf(file);
    if (reason) refused.push(reason);
    else chosen.push(file);
  }
  refuse(refused);
  showFiles();
}

// The field holds what is chosen, so that the form is right even if it is sent without this file's help.
function showFiles() {
  const all = new DataTransfer();
  for (const file of chosen) all.items.add(file);
  field.files = all.files;
  for (const item of previews.querySelectorAll("[data-new]")) {
    const picture = item.querySelector("img");
    if (picture) URL.revokeObjectURL(picture.src);
    item.remove();
  }
  for (const file of chosen) previews.append(itemOf(file));
}

function itemOf(file) {
  const item = document.createElement("li");
  item.dataset.new = "";
  const mark = document.createElement("span");
  mark.className = "mark";
  mark.textContent = file.name.includes(".") ? file.name.split(".").pop().slice(0, 5).toUpperCase() : "?";
  if (file.type.startsWith("image/")) {
    const picture = Object.assign(new Image(), { src: URL.createObjectURL(file), alt: "" });
    picture.addEventListener("error", () => picture.replaceWith(mark)); // HEIC and the like
    item.append(picture);
  } else {
    item.append(mark);
  }
  const drop = Object.assign(document.createElement("button"), { type: "button", className: "second", textContent: words("drop") });
  drop.setAttribute("aria-label", `${words("drop")} ${file.name}`);
  drop.addEventListener("click", () => {
    chosen = chosen.filter((other) => other !== file);
    refuse([]);
    showFiles();
    field.focus();
  });
  item.append(Object.assign(document.createElement("span"), { textContent: sayOf(file) }), drop);
  return item;
}

// ---- Sending: each file by itself, then the form with what was kept of them.
function showProgress(file, done, total) {
  const place = evidence.querySelector("[data-progress]");
  place.hidden = !file;
  if (!file) return;
  place.querySelector("progress").value = total ? done / total : 0;
  place.querySelector("span").textContent = `${words("sending", file)} ${total ? Math.floor(100 * done / total) : 0} %`;
}

function sendFile(file) {
  return new Promise((resolve) => {
    const body = new FormData();
    body.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", evidence.dataset.send);
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    request.upload.addEventListener("progress", (event) => showProgress(file, event.loaded, event.total));
    request.addEventListener("loadend", () => resolve(answerOf(request, file)));
    evidence.querySelector("[data-stop]").onclick = () => request.abort();
    showProgress(file, 0, file.size);
    request.send(body);
  });
}

function answerOf(request, file) {
  if (request.status === 413) return { refused: words("large", file) };
  try {
    return JSON.parse(request.responseText);
  } catch {
    return { refused: words("lost", file) };
  }
}

function keepSent(kept) {
  const item = document.createElement("li");
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "kept", value: kept.token, checked: true });
  label.append(box, ` ${kept.name}`);
  item.append(label);
  previews.append(item);
}

async function sendAll(submitter) {
  onItsWay = true;
  const buttons = form.querySelectorAll(".bar button");
  buttons.forEach((button) => { button.disabled = true; });
  let refused = "";
  while (chosen.length && !refused) {
    const answer = await sendFile(chosen[0]);
    refused = answer.refused ?? "";
    if (!refused) {
      answer.kept.forEach(keepSent);
      chosen.shift();
      showFiles();
    }
  }
  showProgress(null);
  buttons.forEach((button) => { button.disabled = false; });
  onItsWay = false;
  refuse(refused ? [refused] : []);
  if (!refused) form.requestSubmit(submitter);
  else evidence.scrollIntoView({ block: "center" });
}

function named(file) {
  if (file.name !== "image.png") return file;
  const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString();
  return new File([file], `${words("pasted")} ${now.slice(0, 10)} ${now.slice(11, 19).replaceAll(":", "")}.png`, { type: file.type });
}

if (evidence) {
  showRefused();
  if (field.files.length) addFiles([...field.files]); // chosen before this file was there
  field.addEventListener("change", () => {
    const more = [...field.files];
    showFiles();
    addFiles(more);
  });
  const open = evidence.querySelector("[data-camera-open]");
  open.hidden = false;
  open.addEventListener("click", () => camera.click());
  camera.addEventListener("change", () => { addFiles([...camera.files]); camera.value = ""; });
  const zone = evidence.querySelector("[data-drop-zone]");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", kind === "dragover");
      if (kind === "drop") addFiles([...event.dataTransfer.files]);
    });
  }
  document.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    // Words copied from an office program come with a picture of themselves: then the words are meant.
    if (!data?.files.length || data.types.includes("text/plain")) return;
    event.preventDefault();
    addFiles([...data.files].map(named));
  });
  form.addEventListener("submit", (event) => {
    keepRefused();
    if (!chosen.length && !onItsWay) return;
    event.preventDefault();
    if (!onItsWay) sendAll(event.submitter);
  }, true);
}

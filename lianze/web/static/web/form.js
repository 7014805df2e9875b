// The entry form: pickers, drafts, what is not saved yet. Without this file the form still works: names are typed.
"use strict";

// ---- Pickers of people and entries: type, arrow down, Enter; each choice becomes a chip with a hidden value.
const WAIT_MS = 120;
const LONGEST_ASKED = 40; // what is longer is no name to look up

function addChip(field, value, text) {
  const input = field.querySelector("[role=combobox]");
  const chips = field.querySelector(".chips");
  if ([...chips.querySelectorAll("input")].some((known) => known.value === value)) return;
  if (!field.hasAttribute("data-many")) chips.replaceChildren();
  const chip = document.createElement("li");
  const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: input.name, value });
  const drop = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  drop.dataset.drop = "";
  drop.setAttribute("aria-label", "× " + text);
  chip.append(hidden, text.split("　")[0] === value ? value : text, drop);
  chips.append(chip);
  keepDraft();
}

function closeList(input) {
  const list = input.parentElement.querySelector("[role=listbox]");
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function showList(input, found) {
  const list = input.parentElement.querySelector("[role=listbox]");
  list.replaceChildren(...found.map((one, at) => {
    const option = document.createElement("li");
    Object.assign(option, { id: `${input.id}-${at}`, textContent: one.text });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(at === 0));
    option.dataset.value = one.value;
    return option;
  }));
  list.hidden = found.length === 0;
  input.setAttribute("aria-expanded", String(found.length > 0));
  if (found.length) input.setAttribute("aria-activedescendant", `${input.id}-0`);
}

async function suggest(input) {
  const field = input.closest("[data-picker]");
  const day = document.querySelector("[name=happened_on]")?.value ?? "";
  const asked = input.value.trim();
  if (asked.length > LONGEST_ASKED || !asked && field.dataset.picker === "/people/") return closeList(input);
  const response = await fetch(`${field.dataset.picker}?q=${encodeURIComponent(asked)}&on=${day}`);
  if (response.ok && input.value.trim() === asked) showList(input, (await response.json()).found);
}

// ---- Pasted names, as from a column of a workbook: each becomes a chip, as saving would read them.
const BETWEEN_NAMES = /[、，,;；/\n\r\t|]+(?![^（(]*[)）])/;
const CHINESE_NAME = /^\p{Script=Han}{2,4}$/u;
const NAMES_AT_ONCE = 60; // an address has a longest length

async function peopleAmong(names) {
  const known = new Set();
  for (let at = 0; at < names.length; at += NAMES_AT_ONCE) {
    const asked = new URLSearchParams(names.slice(at, at + NAMES_AT_ONCE).map((name) => ["name", name]));
    const response = await fetch(`/people/?${asked}`);
    if (response.ok && !response.redirected) (await response.json()).found.forEach((one) => known.add(one.value));
  }
  return known;
}

function bareName(text) {
  return text.replace(/[（(].*$/u, "").trim(); // without the position taken
}

// A guest is nobody of the organisation. The chip says so, for it may be a slip of the pen.
async function markGuests(field) {
  if (!field.dataset.guest) return;
  const nameOf = (chip) => bareName(chip.querySelector("input").value);
  const chips = [...field.querySelectorAll(".chips li:not(:has(.guest))")];
  const own = await peopleAmong(chips.map(nameOf).filter((name) => name.length <= LONGEST_ASKED));
  for (const chip of chips.filter((one) => !own.has(nameOf(one)) && !one.querySelector(".guest"))) {
    chip.querySelector("button").before(Object.assign(document.createElement("span"), { className: "guest quiet", textContent: field.dataset.guest }));
  }
  await tellNear(field);
}

// One character from a colleague's name: likely that colleague, taken with one click.
async function tellNear(field) {
  const guests = [...field.querySelectorAll(".chips li:has(.guest)")].map((chip) => bareName(chip.querySelector("input").value));
  field.querySelectorAll("[data-near-told]").forEach((told) => guests.includes(told.dataset.nearTold) || told.remove());
  const asked = guests.filter((name) => name.length <= LONGEST_ASKED && !field.querySelector(`[data-near-told="${CSS.escape(name)}"]`));
  if (!asked.length) return;
  const response = await fetch(`/people/?${new URLSearchParams(asked.slice(0, NAMES_AT_ONCE).map((name) => ["near", name]))}`);
  if (!response.ok || response.redirected) return;
  for (const { value, near } of (await response.json()).found) near.forEach((name) => addNear(field, value, name));
}

function addNear(field, guest, name) {
  const words = (text) => text.replace("{guest}", guest).replace("{name}", name);
  const told = Object.assign(document.createElement("p"), { className: "fault", textContent: words(field.dataset.near) + " " });
  const take = Object.assign(document.createElement("button"), { type: "button", className: "plain noprint", textContent: words(field.dataset.takeWord) });
  told.setAttribute("role", "status");
  told.dataset.nearTold = guest;
  Object.assign(take.dataset, { take: name, instead: guest });
  told.append(take);
  field.append(told);
}

function takeColleague(button) {
  const field = button.closest("[data-picker]");
  for (const chip of field.querySelectorAll(".chips li")) {
    if (bareName(chip.querySelector("input").value) === button.dataset.instead) chip.remove();
  }
  addChip(field, button.dataset.take, button.dataset.take);
  tellNear(field);
  field.querySelector("[role=combobox]").focus();
}

async function pasteNames(input, pasted) {
  const listOf = (text) => text.split(BETWEEN_NAMES).map((piece) => piece.trim()).filter(Boolean);
  const pieces = listOf(pasted);
  const words = (piece) => piece.split(/\s+/);
  const asked = pieces.flatMap(words).filter((word) => CHINESE_NAME.test(word));
  const known = await peopleAmong([...new Set(asked)]);
  const names = pieces.flatMap((piece) => words(piece).every((word) => known.has(word)) ? words(piece) : [piece]);
  if (names.length > 1 || known.has(names[0])) {
    const field = input.closest("[data-picker]");
    for (const name of [...listOf(input.value), ...names]) addChip(field, name, name);
    markGuests(field);
    input.value = "";
    closeList(input);
  } else {
    input.setRangeText(names[0] ?? "", input.selectionStart, input.selectionEnd, "end");
    suggest(input);
  }
  keepDraft();
}

document.addEventListener("paste", (event) => {
  const input = event.target;
  const text = event.clipboardData?.getData("text/plain");
  if (!text || !input.matches?.("[data-picker='/people/'][data-many] [role=combobox]")) return;
  event.preventDefault();
  pasteNames(input, text);
});

function choose(input, option) {
  input.value = "";
  addChip(input.closest("[data-picker]"), option.dataset.value, option.textContent);
  closeList(input);
  input.focus();
}

// Enter before the list came: its first line, or where nobody is found the name as it stands.
let dismissed = null; // the field whose list was sent away with Escape
async function takeName(input, isAsTyped) {
  clearTimeout(waiting);
  if (!isAsTyped) await suggest(input);
  const field = input.closest("[data-picker]");
  const first = input.parentElement.querySelector("[role=listbox]:not([hidden]) [role=option]");
  const typed = input.value.trim();
  if (first) choose(input, first);
  else if (typed && field.dataset.picker === "/people/") await addTyped(input, field, typed);
}

// Names nobody was suggested for become chips as they stand. Where no guests belong, only people do: the others stay, and are told.
async function addTyped(input, field, typed) {
  const names = typed.split(BETWEEN_NAMES).map((name) => name.trim()).filter(Boolean);
  const known = field.dataset.nobody ? await peopleAmong(names.map(bareName).filter((name) => name.length <= LONGEST_ASKED)) : null;
  const left = names.filter((name) => known && !known.has(bareName(name)));
  for (const name of names.filter((one) => !left.includes(one))) addChip(field, name, name);
  input.value = left.join("、");
  markGuests(field);
  tellNobody(field, left);
}

function tellNobody(field, names) {
  field.querySelector("[data-told]")?.remove();
  if (!names.length) return;
  const told = Object.assign(document.createElement("p"), { className: "fault", textContent: `${names.join("、")}${field.dataset.nobody}` });
  told.setAttribute("role", "alert");
  told.dataset.told = "";
  field.append(told);
}

function move(input, by) {
  const options = [...input.parentElement.querySelectorAll("[role=option]")];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  options.forEach((option) => option.setAttribute("aria-selected", "false"));
  const next = options[(at + by + options.length) % options.length];
  next.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

let waiting;
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-picker] [role=combobox]")) {
    clearTimeout(waiting);
    dismissed = null;
    tellNobody(event.target.closest("[data-picker]"), []);
    waiting = setTimeout(() => suggest(event.target), WAIT_MS);
  }
  if (event.target.form?.id === "entry-form") keepDraft();
});
document.addEventListener("focusin", (event) => {
  const field = event.target.closest?.("[data-picker]");
  if (field && field.dataset.picker !== "/people/" && event.target.matches("[role=combobox]")) suggest(event.target);
});
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-picker] [role=combobox]") || event.isComposing) return;
  const open = input.getAttribute("aria-expanded") === "true";
  if (event.key === "ArrowDown" && open) { event.preventDefault(); move(input, 1); }
  if (event.key === "ArrowUp" && open) { event.preventDefault(); move(input, -1); }
  if (event.key === "Escape") { closeList(input); dismissed = input; }
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && (open || input.value.trim())) {
    event.preventDefault(); // a name half typed never sends the form
    if (open) choose(input, input.parentElement.querySelector("[aria-selected=true]"));
    else takeName(input, input === dismissed);
  }
  if (event.key === "Backspace" && input.value === "") {
    input.closest("[data-picker]").querySelector(".chips li:last-child")?.remove();
    keepDraft();
  }
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-picker] [role=combobox]")) setTimeout(() => closeList(event.target), 200);
});
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest("[data-picker] [role=option]");
  if (!option) return;
  event.preventDefault();
  choose(option.closest(".people").querySelector("[role=combobox]"), option);
});
document.addEventListener("click", async (event) => {
  const drop = event.target.closest(".chips [data-drop]"); // not the words of the evidence field
  if (drop) {
    const field = drop.closest("[data-picker]");
    drop.closest("li").remove();
    if (field.dataset.guest) tellNear(field);
    keepDraft();
  }
  const take = event.target.closest("[data-take]");
  if (take) takeColleague(take);
  const group = event.target.closest("[data-population]");
  if (group) {
    const day = document.querySelector("[name=happened_on]")?.value ?? "";
    const response = await fetch(`/people/?population=${group.dataset.population}&on=${day}`);
    for (const one of (await response.json()).found) addChip(group.closest("[data-picker]"), one.value, one.text);
  }
});

// ---- Drafts: what was typed outlives a closed browser, on this machine only, until a page says that it was saved
// (lianze.js) or it is thrown away.
const form = document.getElementById("entry-form");
const draftKey = form?.dataset.draft ? `lianze-draft:${form.dataset.draft}` : "";
let changed = Boolean(form?.querySelector("[aria-invalid]")) || form !== null && typedControls().length > 0;
let leaving = false;

function keepDraft() {
  changed = true;
  if (!draftKey) return;
  const pairs = [...new FormData(form)].filter(([name, value]) =>
    typeof value === "string" && value && !["csrfmiddlewaretoken", "kept", "confirmed"].includes(name));
  localStorage.setItem(draftKey, JSON.stringify(pairs));
}

// What differs from how the page came: typed before this file was there, or while a draft is fetched.
function typedControls() {
  return [...form.elements].filter((one) => {
    if (!one.name || ["file", "hidden"].includes(one.type)) return false;
    if (one.tagName === "SELECT") return isChosen(one);
    return ["checkbox", "radio"].includes(one.type) ? one.checked !== one.defaultChecked : one.value !== one.defaultValue;
  });
}

function isChosen(select) {
  const first = [...select.options].find((option) => option.defaultSelected) ?? select.options[0];
  return !select.multiple && select.selectedOptions[0] !== first;
}

function putBack(typed) {
  for (const one of typed) {
    const isBox = ["checkbox", "radio"].includes(one.type);
    const now = [...form.elements].find((other) => other.name === one.name && other.type === one.type && (!isBox || other.value === one.value));
    if (!now || now === one) continue;
    if (isBox) now.checked = one.checked;
    else now.value = one.value;
  }
}

async function restoreDraft() {
  if (!draftKey || "answer" in form.dataset) return; // an answer to what was just sent shows that already
  if (typedControls().length && !localStorage.getItem(draftKey)) return keepDraft();
  const pairs = JSON.parse(localStorage.getItem(draftKey) ?? "[]");
  if (!pairs.some(([name]) => name === "title")) return;
  const kind = form.elements.kind;
  const kept = pairs.find(([name]) => name === "kind")?.[1];
  const isAsked = new URLSearchParams(location.search).get("kind") || kind?.tagName === "SELECT" && isChosen(kind);
  if (isAsked && kept !== kind?.value) return;
  const body = new URLSearchParams([["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value], ...pairs]);
  const response = await fetch(form.dataset.fields, { method: "POST", body });
  if (!response.ok) return;
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  const typed = typedControls(); // newer than the draft
  const isFocused = document.activeElement?.name ?? "";
  document.getElementById("fields").replaceWith(parsed.getElementById("fields"));
  htmx.process(document.getElementById("fields"));
  // The version that an amendment began from comes back too: what was saved meanwhile is then not overwritten unseen.
  for (const [name, value] of pairs) {
    if (["also_on", "why", "version"].includes(name) && !typed.includes(form.elements[name])) form.elements[name].value = value;
  }
  putBack(typed);
  if (isFocused) form.querySelector(`[name="${CSS.escape(isFocused)}"]:not([type=hidden])`)?.focus();
  form.querySelector("[data-draft-note]").hidden = false;
}

// From here on names are read by this file, and what was held back for it (early.js) goes on.
if (typeof holdBack === "function") {
  document.removeEventListener("keydown", holdBack);
  document.removeEventListener("paste", holdBack);
}

if (form) {
  restoreDraft();
  // A kind chosen before htmx was there has not brought its fields yet.
  addEventListener("DOMContentLoaded", () => {
    const { kind } = form.elements;
    if (kind?.tagName === "SELECT" && isChosen(kind)) kind.dispatchEvent(new Event("change", { bubbles: true }));
    // Pressed before htmx was there, it would do nothing.
    for (const copy of document.querySelectorAll("[data-copy]")) copy.disabled = false;
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return; // files go first; the form is sent again once they are there
    leaving = true;
  });
  // A draft outlives the page; what has none, and files that were chosen, would be lost with it.
  addEventListener("beforeunload", (event) => {
    if (!leaving && (changed && !draftKey || form.querySelector("[data-new]"))) event.preventDefault();
  });
  addEventListener("pageshow", () => { leaving = false; });
  document.querySelector("[data-draft-leave]")?.addEventListener("click", () => localStorage.removeItem(draftKey));
  form.querySelector("[data-draft-drop]")?.addEventListener("click", () => {
    leaving = true;
    localStorage.removeItem(draftKey);
    location.reload();
  });
}

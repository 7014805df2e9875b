// What pages do beyond links and forms. No inline code anywhere, so this file finds its work by data- attributes.
"use strict";

// Drafts go when their owner logs out or somebody else logs in, and when the page that follows says that they were
// saved. A log-in page that comes because the session ran out, a refusal and an error leave them where they are.
function forgetDrafts(isGone) {
  for (const key of Object.keys(localStorage)) if (key.startsWith("lianze-draft:") && isGone(key)) localStorage.removeItem(key);
}

const { account, forgetDrafts: isLoggedOut } = document.body.dataset;
if (isLoggedOut !== undefined) forgetDrafts(() => true);
if (account) forgetDrafts((key) => !key.startsWith(`lianze-draft:${account}:`));
for (const note of document.querySelectorAll("[data-saved]")) localStorage.removeItem(`lianze-draft:${note.dataset.saved}`);

// A select or checkbox that sends its form when it changes.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
  if (event.target.matches("[data-all]")) {
    for (const box of document.querySelectorAll(event.target.dataset.all)) box.checked = event.target.checked;
  }
});

// Ticked before this file was there.
for (const box of document.querySelectorAll("[data-all]:checked")) box.dispatchEvent(new Event("change", { bubbles: true }));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-print]");
  if (button) window.print();
});

// A link to something folded away opens it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-opens]");
  if (!link) return;
  const box = document.querySelector(link.hash);
  box.open = true;
  setTimeout(() => box.querySelector("input:not([type=hidden])")?.focus());
});

// ---- Keys. Single keys work only while nobody types, and can be switched off on this machine.
const KEYS_OFF = "lianze-keys-off";
const panel = document.getElementById("keys");

function isTyping(target) {
  return Boolean(target.closest?.("input, textarea, select, [contenteditable], dialog"));
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const button = event.target.closest?.("main form[method=post]")?.querySelector("button:not([type=button], [disabled])");
    if (!button) return;
    event.preventDefault();
    button.click();
  }
  if (event.ctrlKey || event.metaKey || isTyping(event.target) || localStorage.getItem(KEYS_OFF)) return;
  const search = document.getElementById("find");
  // The same keys under a Chinese input method.
  if (["/", "、"].includes(event.key) && search) { event.preventDefault(); search.focus(); search.select(); }
  if (["?", "？"].includes(event.key) && panel) { event.preventDefault(); panel.showModal(); }
});

if (panel) {
  const open = document.querySelector("[data-keys-open]");
  const single = panel.querySelector("[data-keys-single]");
  open.hidden = false;
  open.addEventListener("click", () => panel.showModal());
  single.checked = !localStorage.getItem(KEYS_OFF);
  single.addEventListener("change", () => {
    if (single.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });
}

// Asks the browser for a security key and sends its answer with the form. webauthn-json.js comes with allauth.
"use strict";

const keyForm = document.querySelector("[data-key]");
if (keyForm) {
  const say = (name) => {
    for (const text of keyForm.querySelectorAll("[data-say]")) text.hidden = text.dataset.say !== name;
  };
  // Keys are made out to a name; an address of digits is none.
  const hasName = !/^[\d.]+$|:/.test(location.hostname);
  const can = hasName && window.isSecureContext && window.webauthnJSON && window.webauthnJSON.supported();
  keyForm.addEventListener("submit", async (event) => {
    const answer = keyForm.elements.namedItem("credential");
    if (answer.value) return;
    event.preventDefault();
    say("touch");
    try {
      const options = JSON.parse(keyForm.dataset.options);
      answer.value = JSON.stringify(await window.webauthnJSON[keyForm.dataset.key](options));
      keyForm.requestSubmit();
    } catch (error) {
      say(error.name === "InvalidStateError" ? "known" : "failed");
    }
  });
  // The page comes with its button disabled: pressed before this line, it would send the form without a key's answer.
  for (const button of keyForm.querySelectorAll("button")) {
    button.disabled = !can;
    if (can && button.autofocus) button.focus();
  }
  if (!can) say("unable");
}

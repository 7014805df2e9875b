// The one script that is read before the form is drawn. The others may come seconds later, and until then a file dropped
// beside its field would open in the form's place, Enter would send a name half typed, and a pasted column of names would
// become one name. Without scripts at all the form is sent as it is.
"use strict";

function holdBack(event) {
  const isName = event.target.matches?.("[data-picker] [role=combobox]");
  if (isName && (event.type === "paste" || event.key === "Enter" && event.target.value)) event.preventDefault();
}

// Until form.js reads names itself.
document.addEventListener("keydown", holdBack);
document.addEventListener("paste", holdBack);

// Always: only a field for files takes a file.
for (const kind of ["dragover", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (event.dataTransfer?.types.includes("Files") && !event.target.matches?.("[type=file]")) event.preventDefault();
  });
}

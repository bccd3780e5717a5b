// Writing a mailing: times in the reader's zone, and fields put into the words by a click. Without it times are UTC, as the page says.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const field = document.querySelector("[data-time-zone]");
// Times that were typed as UTC stay UTC.
const typed = [...document.querySelectorAll("input[type=datetime-local]")].some(input => input.value !== "");
if (field && zone && (field.value === zone || (field.value === "" && !typed))) {
  field.value = zone;
  for (const name of document.querySelectorAll("[data-zone-name]")) {
    name.textContent = zone;
  }
}

let written = document.getElementById("Text");
document.addEventListener("focusin", event => {
  if (event.target.matches?.("[data-mergeable]")) {
    written = event.target;
  }
});

/** Makes each field a button that writes itself where the cursor was. */
for (const chip of document.querySelectorAll("[data-chip]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.textContent = chip.textContent;
  button.setAttribute("aria-label", `Insert ${chip.textContent}`);
  button.addEventListener("click", () => {
    written.setRangeText(chip.textContent, written.selectionStart, written.selectionEnd, "end");
    written.focus();
  });
  chip.replaceWith(button);
}

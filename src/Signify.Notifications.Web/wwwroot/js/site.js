// Small comforts for every page. Nothing needs them to work.

import { tellTimes } from "./times.js";

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  const label = button.querySelector("span") ?? button;
  const words = (button.dataset.words ??= label.textContent);
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    label.textContent = "Copied";
  } catch {
    // Without the right to write to the clipboard, mark the text so that one key copies it.
    getSelection().selectAllChildren(source);
    source.select?.();
    label.textContent = "Marked: press Ctrl+C";
  }
  button.setAttribute("aria-live", "polite");
  setTimeout(() => { label.textContent = words; }, 2500);
}

document.addEventListener("click", event => {
  const button = event.target.closest("[data-copy]");
  if (button) {
    copy(button);
  }
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

document.addEventListener("keydown", event => {
  const menu = event.key === "Escape" && document.activeElement?.closest("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

tellTimes();
document.querySelector("[autofocus]")?.focus();

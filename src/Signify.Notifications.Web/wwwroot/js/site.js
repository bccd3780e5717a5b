// Small comforts for every page. Nothing needs them to work.

// The page speaks English, and so do its times; the zone is the reader's.
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "long" });

/** Says each time of the server in the reader's zone: "today at 08:14", the exact one on hover. */
export function tellTimes(root = document) {
  for (const element of root.querySelectorAll("time[datetime]:not([title])")) {
    const at = new Date(element.dateTime);
    const today = new Date();
    const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
    const near = at.toDateString() === today.toDateString() ? "today" : at.toDateString() === yesterday.toDateString() ? "yesterday" : day.format(at);
    element.textContent = "dayOnly" in element.dataset ? near : `${near} at ${clock.format(at)}`;
    element.title = exact.format(at);
    if (element.parentElement.firstElementChild === element && (element.previousSibling?.textContent ?? "").trim() === "" && near !== day.format(at)) {
      element.textContent = element.textContent[0].toUpperCase() + element.textContent.slice(1);
    }
  }
}

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

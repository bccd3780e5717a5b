// Questions in a dialog over the page instead of on a page of their own. The link is the same, and so is what it asks.

async function ask(link) {
  const response = await fetch(link.href, { headers: { accept: "text/html" }, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const question = page.querySelector("[data-confirmation]");
  if (!response.ok || !question) {
    location.assign(link.href);
    return;
  }
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "confirmation-title");
  dialog.append(question);
  dialog.addEventListener("close", () => {
    dialog.remove();
    // The row may have been drawn anew meanwhile: its link is known by name.
    (link.isConnected ? link : document.getElementById(link.id))?.focus();
  });
  dialog.addEventListener("click", event => {
    if (event.target === dialog || event.target.closest("[data-close]")) {
      event.preventDefault();
      dialog.close();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("[data-close]").focus();
}

document.addEventListener("click", event => {
  const link = event.target.closest("a[data-confirm]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    ask(link);
  }
});

// One press is one press.
document.addEventListener("submit", event => {
  if (event.defaultPrevented || !event.target.matches("form[data-once], .dialog form")) {
    return;
  }
  if (event.target.dataset.sent) {
    event.preventDefault();
  }
  event.target.dataset.sent = "true";
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(form => delete form.dataset.sent));

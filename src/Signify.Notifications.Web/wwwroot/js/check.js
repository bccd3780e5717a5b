// The check while it runs: rows fill in as the server tells them; at the end the finished card takes the place of the
// running one. What somebody types meanwhile stays. Without this script the page works by forms and looks again by itself.

import { ofThisRuleset } from "./ruleset.js";
import { follow } from "./stream.js";
import { tellTimes } from "./times.js";

const say = words => {
  const news = document.getElementById("check-news");
  if (news) {
    news.textContent = words;
  }
};

function fill(change) {
  const row = document.querySelector(`[data-step="${CSS.escape(change.name)}"]`);
  if (!row || row.dataset.state === change.state) {
    return;
  }
  row.dataset.state = change.state;
  row.toggleAttribute("data-fresh", true);
  row.querySelector("use").setAttribute("href", `#icon-${change.icon}`);
  row.querySelector("[data-part=word]").textContent = change.stateWord;
  row.querySelector("[data-part=time]").textContent = change.time;
  row.querySelector("[data-part=summary]").textContent = change.summary;
  const rows = [...document.querySelectorAll("#check [data-step]")];
  const bar = document.querySelector("#check progress");
  if (bar) {
    bar.value = rows.filter(r => r.dataset.state !== "waiting" && r.dataset.state !== "running").length;
  }
  if (change.state !== "running" && change.state !== "waiting") {
    say(`${change.label}: ${change.stateWord}.`);
  }
}

/** The actions name the revision that they are for: a check can put another one in use. */
function swapActions(page) {
  const [old, fresh] = [document.getElementById("revision-actions"), page.getElementById("revision-actions")];
  if (!old || !fresh || old.isEqualNode(fresh)) {
    return;
  }
  const [typed, focused] = [old.querySelector("#to")?.value, old.contains(document.activeElement) ? document.activeElement.id : null];
  const open = old.querySelector("details")?.open;
  old.replaceWith(fresh);
  const [to, details] = [fresh.querySelector("#to"), fresh.querySelector("details")];
  if (to && typed) {
    to.value = typed;
  }
  if (details && open) {
    details.open = true;
  }
  if (focused) {
    document.getElementById(focused)?.focus();
  }
}

/** Takes from a freshly served page what the check has changed; fields keep what was typed. */
function swap(page) {
  for (const id of ["check", "status-line", "test-result"]) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh) {
      old.replaceWith(fresh);
    }
  }
  swapActions(page);
  for (const fresh of page.querySelectorAll("[data-messages-of]")) {
    const field = fresh.dataset.messagesOf;
    document.getElementById(fresh.id)?.replaceWith(fresh);
    const input = document.getElementById(field);
    const invalid = page.getElementById(field)?.getAttribute("aria-invalid");
    if (invalid) {
      input?.setAttribute("aria-invalid", invalid);
    } else {
      input?.removeAttribute("aria-invalid");
    }
  }
  tellTimes();
}

async function read(response) {
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

async function finish() {
  const response = await fetch(ofThisRuleset(location.pathname), { headers: { accept: "text/html" }, credentials: "same-origin" });
  if (!response.ok || response.redirected) {
    location.reload();
    return;
  }
  swap(await read(response));
  if (document.querySelector("#check[data-state=running]")) {
    watch();
    return;
  }
  say(`The check ended: ${document.querySelector("#check .badge").textContent.trim()}.`);
  const failed = document.querySelector("li#first-failed");
  if (failed && !document.activeElement?.closest("#settings")) {
    failed.scrollIntoView({ block: "nearest" });
  }
}

function watch() {
  const close = follow(ofThisRuleset("?handler=Progress"), {
    step: event => fill(JSON.parse(event.data)),
    done: () => {
      close();
      finish();
    },
  }, { refused: finish });
}

/** Posts a form of the action bar without leaving the page, so that unsaved typing stays. */
async function post(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    const page = await read(response);
    // A refusal is a page too, which says why.
    if (!page.getElementById("check")) {
      location.reload();
      return;
    }
    swap(page);
    document.getElementById("test-result")?.scrollIntoView({ block: "nearest" });
    if (document.querySelector("#check[data-state=running]")) {
      say("The check runs.");
      watch();
    }
  } finally {
    button.disabled = false;
  }
}

document.addEventListener("submit", event => {
  if (event.target.matches("[data-check-again], [data-test-message]")) {
    event.preventDefault();
    post(event.target);
  }
});

if (document.querySelector("#check[data-state=running]")) {
  watch();
}

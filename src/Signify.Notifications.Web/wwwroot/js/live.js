// Pages that follow what happens: when the server tells of a change, the page is fetched again and its live parts change
// places with the fresh ones. The server alone draws; what somebody types, opens or has in focus stays.

import { ofThisRuleset } from "./ruleset.js";
import { follow } from "./stream.js";
import { tellTimes } from "./times.js";

const pause = 1000;
let last = 0;
let planned = 0;
let fetching = false;
let again = false;

/** Hours under the chart in the reader's zone. */
function tellHours(root = document) {
  for (const label of root.querySelectorAll("[data-hour]")) {
    const at = new Date(label.dataset.hour);
    const minutes = at.getMinutes();
    label.textContent = String(at.getHours()).padStart(2, "0") + (minutes ? `:${String(minutes).padStart(2, "0")}` : "");
  }
  for (const title of root.querySelectorAll("title[data-from]")) {
    const at = new Date(title.dataset.from);
    title.textContent = `${at.toTimeString().slice(0, 5)}: ${title.dataset.words}`;
  }
}

function swap(page) {
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(old.id);
    if (!fresh || old.isEqualNode(fresh)) {
      continue;
    }
    const open = [...old.querySelectorAll("details")].map(details => details.open);
    const focused = old.contains(document.activeElement) ? document.activeElement.id : null;
    if (old.contains(document.activeElement) && !focused) {
      continue;
    }
    fresh.querySelectorAll("details").forEach((details, i) => { details.open = open[i] ?? details.open; });
    tellTimes(fresh);
    tellHours(fresh);
    // Bars grow from where they were.
    const bars = [...old.querySelectorAll("progress[id]")].map(bar => [bar.id, bar.value]);
    old.replaceWith(fresh);
    for (const [id, value] of bars) {
      const bar = document.getElementById(id);
      if (bar) {
        const target = bar.value;
        bar.value = value;
        requestAnimationFrame(() => { bar.value = target; });
      }
    }
    if (focused) {
      document.getElementById(focused)?.focus();
    }
  }
  const news = page.getElementById("live-news")?.textContent.trim();
  const heard = document.getElementById("live-news");
  if (heard && news !== undefined && heard.textContent.trim() !== news) {
    heard.textContent = news;
  }
}

async function look() {
  planned = 0;
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  last = performance.now();
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" }, credentials: "same-origin" });
    if (response.redirected) {
      location.reload();
    } else if (response.ok) {
      swap(new DOMParser().parseFromString(await response.text(), "text/html"));
    }
  } catch (reason) {
    // The program is away for a moment; the stream comes back by itself and with it the next look.
    if (!(reason instanceof TypeError)) {
      throw reason;
    }
  } finally {
    fetching = false;
    if (again) {
      again = false;
      plan();
    }
  }
}

function plan() {
  if (!planned && !document.hidden) {
    planned = setTimeout(look, Math.max(0, pause - (performance.now() - last)));
  }
}

tellHours();
if (document.querySelector("[data-live]")) {
  follow(ofThisRuleset("/api/v1/events"), { overview: plan, hold: plan, mailing: plan, check: plan }, { reconnected: plan });
  document.addEventListener("visibilitychange", plan);
}

// Times of the server in the reader's zone. A module of its own: pages load site.js under a name with a fingerprint, and an
// import of it would run it twice.

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

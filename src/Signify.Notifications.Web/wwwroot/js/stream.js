// The server's events of a page. While they do not arrive the page says so, as what it shows may be out of date.

const retryAfter = 5000;
const banner = document.getElementById("connection");

function show(state) {
  if (banner && banner.dataset.state !== state) {
    banner.dataset.state = state;
    banner.hidden = state === "open";
    for (const part of banner.querySelectorAll("[data-when]")) {
      part.hidden = part.dataset.when !== state;
    }
  }
}

/** Whether the server asks for a sign-in where it showed this page. False while it cannot be reached. */
async function signedOut() {
  try {
    const response = await fetch(location.href, { method: "HEAD", redirect: "manual", credentials: "same-origin" });
    return response.type === "opaqueredirect" || response.status === 401;
  } catch {
    return false;
  }
}

/**
 * Opens the stream and opens it again when it is lost.
 * @param {string} address
 * @param {Record<string, (event: MessageEvent) => void>} handlers by event name
 * @param {{reconnected?: () => void, refused?: () => Promise<void>}} when called when it is open after a loss, and when the server refuses it
 * @returns {() => void} closes it for good
 */
export function follow(address, handlers, when = {}) {
  let events;
  let timer;
  let lost = false;

  function open() {
    events = new EventSource(address);
    for (const [name, handler] of Object.entries(handlers)) {
      events.addEventListener(name, handler);
    }
    events.addEventListener("open", () => {
      show("open");
      if (lost) {
        when.reconnected?.();
      }
      lost = false;
    });
    events.addEventListener("error", async () => {
      lost = true;
      show("lost");
      // A lost connection is opened again by the browser; a refused one is not.
      if (events.readyState === EventSource.CLOSED) {
        if (await signedOut()) {
          show("ended");
        } else if (when.refused && await when.refused().then(() => true, () => false)) {
          show("open");
        } else {
          timer = setTimeout(open, retryAfter);
        }
      }
    });
  }

  open();
  return () => {
    clearTimeout(timer);
    events.close();
    show("open");
  };
}

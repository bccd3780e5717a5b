// Passkeys: shows the forms that need them, and fills in what the browser's dialog answers. Without it the forms stay hidden.

const supported = window.PublicKeyCredential?.parseCreationOptionsFromJSON !== undefined;

const asks = {
  "sign-in": options => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  add: options => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
};

const words = {
  NotAllowedError: "The dialog was closed or took too long. Try again.",
  InvalidStateError: "This device has a passkey for your account already.",
  SecurityError: "Passkeys need https and the address that this program is known by.",
};

async function fetchOptions(form) {
  const token = form.querySelector("[name=__RequestVerificationToken]").value;
  const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams({ __RequestVerificationToken: token }) });
  if (answer.redirected) {
    // The session has ended, or wants to be confirmed first: the page that asks for it leads back here.
    location.assign(answer.url);
    return new Promise(() => {});
  }
  if (!answer.ok) {
    throw new Error(answer.status === 429 ? "Too many attempts. Wait a minute." : "The program did not answer. Reload the page and try again.");
  }
  return answer.json();
}

async function submit(form) {
  const error = form.querySelector("[data-passkey-error]");
  error.hidden = true;
  try {
    const credential = await asks[form.dataset.passkey](await fetchOptions(form));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (reason) {
    error.textContent = words[reason.name] ?? reason.message;
    error.hidden = false;
  }
}

if (supported) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", event => {
      event.preventDefault();
      submit(form);
    });
  }
  for (const note of document.querySelectorAll("[data-passkey-unsupported]")) {
    note.hidden = true;
  }
}

// One-time links: the code is in the address after #, which browsers do not send. Posts it and takes it out of the address.

const form = document.getElementById("link-code");
const code = new URLSearchParams(location.hash.slice(1)).get("token");
if (form && code) {
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.Token.value = code;
  form.requestSubmit();
}

// Days in the search are the reader's days. Without it they are UTC's.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of document.querySelectorAll("[data-time-zone]")) {
  field.value ||= zone ?? "";
  // An address without a day needs no zone.
  field.form.addEventListener("submit", () => {
    for (const input of field.form.querySelectorAll("[name]")) {
      input.disabled = input.value === "" || (input === field && !field.form.elements.from.value && !field.form.elements.until.value);
    }
  });
  addEventListener("pageshow", () => field.form.querySelectorAll("[name]").forEach(input => { input.disabled = false; }));
}

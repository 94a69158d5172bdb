// Small helps; every page works without them.

// A form that came back: begin with what is still missing.
document.querySelector("[data-focus]")?.focus();

// A button that needs a script shows itself only here.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const input = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      // Plain http and old browsers: the older way.
      if (!document.execCommand("copy")) return;
    }
    button.textContent = button.dataset.done;
  });
}

// A second tap while the first is on its way sends nothing. The button stays
// as it is: a greyed one would drop its own name and value from the form.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
    form.setAttribute("aria-busy", "true");
  });
  // Back from the next page: the form may be sent again.
  window.addEventListener("pageshow", () => {
    sent = false;
    form.removeAttribute("aria-busy");
  });
}

// Titles offered while somebody types into a search box. Without this file the box
// is a form like any other; with it, arrow keys walk the list (ARIA 1.2 combobox).
for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  list.className = "suggest list plain";
  list.id = `suggest-${input.id || input.name}-${Math.random().toString(36).slice(2)}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  list.hidden = true;
  input.after(list);
  const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let waiting; // for the hand to rest
  let asked; // the request under way
  let chosen = -1;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const options = [...list.children];
    chosen = (index + options.length) % options.length;
    options.forEach((option, n) => option.setAttribute("aria-selected", n === chosen));
    input.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function show(titles) {
    list.replaceChildren(
      ...titles.map((title, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.textContent = title;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        // before the box loses the focus
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(title));
        return option;
      }),
    );
    list.hidden = !titles.length;
    input.setAttribute("aria-expanded", String(titles.length > 0));
  }

  function take(title) {
    input.value = title;
    close();
    input.form.requestSubmit();
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const typed = input.value.trim();
    if (!typed) return close();
    try {
      const address = `${input.dataset.suggest}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { signal: asked.signal });
      const { suggestions } = await answer.json();
      close();
      if (document.activeElement === input) show(suggestions.map((s) => s.title));
    } catch {
      close(); // offline, or a newer question: the box works without
    }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    // an input method is still composing: its letters are no question yet
    if (!event.isComposing) waiting = setTimeout(ask, 180);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 60);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen].textContent);
    else return;
    event.preventDefault();
  });
}

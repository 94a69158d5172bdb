// Reads <main> with a voice of the device. Where there is none of the page's
// language (WeChat's browser often has none) the button stays hidden.
(() => {
  const buttons = document.querySelectorAll("[data-read-aloud]");
  const synth = window.speechSynthesis;
  if (!buttons.length || !synth) return;

  const PARTS = "h1, h2, h3, h4, p, li, dt, dd, caption, th, td, figcaption, .date, .leaf";
  const SKIP = "button, nav, form, [aria-hidden=true], .no-print";
  const language = document.documentElement.lang;
  const reads = (voice) => voice.lang.slice(0, 2) === language.slice(0, 2);
  let run = 0; // grows with every start and stop: answers of an old run are late

  // The innermost parts in their order, cut at sentences: browsers fall silent
  // in the middle of a long text.
  function sentences() {
    return [...document.querySelectorAll(`main :is(${PARTS})`)]
      .filter((part) => !part.closest(SKIP) && !part.querySelector(PARTS))
      .filter((part) => part.offsetParent)
      .flatMap((part) => part.innerText.match(/[^。！？；.!?\n]+[。！？；.!?]?/g) || [])
      .filter((text) => text.trim());
  }

  function show(reading) {
    for (const button of buttons) {
      const label = button.querySelector("span");
      button.dataset.start ??= label.textContent;
      label.textContent = reading ? button.dataset.stop : button.dataset.start;
      button.toggleAttribute("data-reading", reading);
    }
  }

  function stop() {
    run += 1;
    synth.cancel();
    show(false);
  }

  function read(left, mine) {
    if (mine !== run) return;
    if (!left.length) return stop();
    const said = new SpeechSynthesisUtterance(left[0]);
    said.lang = language;
    said.voice = synth.getVoices().find(reads);
    said.rate = 0.9;
    said.onend = () => read(left.slice(1), mine);
    said.onerror = () => mine === run && stop();
    synth.speak(said);
  }

  function toggle(event) {
    const reading = event.currentTarget.hasAttribute("data-reading");
    stop();
    if (reading) return;
    show(true);
    read(sentences(), run);
  }

  function offer() {
    for (const button of buttons) button.hidden = !synth.getVoices().some(reads);
  }

  for (const button of buttons) button.addEventListener("click", toggle);
  window.addEventListener("pagehide", stop);
  synth.addEventListener?.("voiceschanged", offer);
  offer();
})();

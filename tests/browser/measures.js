// What axe does not look at. Each returns what is wrong, in words.

function sidewaysScroll() {
  const root = document.documentElement;
  return root.scrollWidth - root.clientWidth;
}

// A link inside a sentence is exempt (WCAG 2.5.8); a control of its own is not.
function smallTargets(minimum) {
  const controls = "button, .button, input:not([type=hidden]), select, summary, .header a";
  return [...document.querySelectorAll(controls)]
    .filter((one) => one.checkVisibility() && !one.closest(".vh"))
    .map((one) => [one, (one.closest("label") ?? labelOf(one) ?? one).getBoundingClientRect()])
    .filter(([, box]) => box.width > 1)
    .filter(([, box]) => Math.ceil(box.width) < minimum || Math.ceil(box.height) < minimum)
    .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}x${box.height}`);
}

// A tick box is pressed by its label, which fills the whole choice.
function labelOf(one) {
  if (!["checkbox", "radio"].includes(one.type)) return null;
  return one.closest(".choice") ?? one.labels[0];
}

function smallText(minimum) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
    if (element.closest("svg, script, style, .vh")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < minimum - 0.1) small.add(`${element.className || element.tagName} ${size}`);
  }
  return [...small];
}

window.measures = { sidewaysScroll, smallTargets, smallText };

"""Looks at one screen after the other; what is wrong comes together at the end."""

import json

from tests.browser.test_browser_accessibility import MEASURES, too_small, violations


class Look:
    """WCAG by axe, sizes and widths of the page as it stands, noted under a name."""

    def __init__(self, page, axe: str, version: str):
        self.page, self.axe, self.version = page, axe, version
        self.wrong: dict[str, list[str]] = {}
        page.add_init_script(MEASURES)

    def __call__(self, name: str) -> None:
        found = [
            *violations(self.page, self.axe),
            *too_small(self.page, self.version),
        ]
        if self.page.evaluate("measures.sidewaysScroll()") > 0:
            found.append("scrolls sideways")
        if found:
            self.wrong[f"{self.version} {name}"] = found

    def found_nothing(self) -> None:
        assert not self.wrong, json.dumps(self.wrong, ensure_ascii=False, indent=1)

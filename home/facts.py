"""What decides, as lines: the contract of components/facts.html."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    icon: str
    label: str
    text: str
    more: str = ""
    url: str = ""
    link: str = ""

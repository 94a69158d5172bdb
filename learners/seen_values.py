"""A form that was open while somebody else changed the same person."""

import datetime as dt

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from home.dates import long_date


class SeenValuesMixin(forms.Form):
    """Sends along which stored values its page showed, as a keyed hash of them.

    Where others are stored by then, nothing is saved: the form says what is stored
    now and keeps what was typed; sent once more, it is meant.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def keep_seen(self, stored: dict) -> None:
        """`stored` by the names of those fields that the page shows."""
        self._stored = {name: stored[name] for name in stored if name in self.fields}
        self.initial["seen"] = _hash_of(self._stored)

    def clean(self) -> dict:
        values = super().clean() or self.cleaned_data
        seen = values.pop("seen", "")
        if seen and seen != self.initial["seen"] and self._overwrites(values):
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.initial["seen"]
            self.add_error(None, self._sentence())
        return values

    def _overwrites(self, values: dict) -> bool:
        """A second click sends what the first has stored already."""
        return any(
            name in values and _plain(values[name]) != _plain(stored)
            for name, stored in self._stored.items()
        )

    def _sentence(self) -> str:
        words = [
            _("%(field)s：%(value)s") % {"field": self[name].label, "value": said}
            for name, value in self._stored.items()
            if (said := _said(value))
        ]
        return _(
            "您打开这一页以后，别人改过这个人的信息。现在写着：%(values)s。"
            "请核对下面的内容，再保存一次。"
        ) % {"values": _("；").join(words)}


def _hash_of(stored: dict) -> str:
    values = "\n".join(f"{name}={_plain(stored[name])}" for name in sorted(stored))
    return salted_hmac("learners.seen_values", values, algorithm="sha256").hexdigest()


def _plain(value) -> str:
    return str(getattr(value, "pk", value) or "")


def _said(value) -> str:
    if isinstance(value, dt.date):
        return long_date(value)
    return str(getattr(value, "short_name", value) or "")

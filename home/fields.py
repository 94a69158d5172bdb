"""A model field that stores several choices as a JSON list."""

from django import forms
from django.db import models


class MultipleChoiceField(models.JSONField):
    """A list of values, each one of `options` (an enumeration's `choices`).

    Edited as tick boxes. `options` is not called `choices`, since Django would then
    demand that the whole list be one of them.
    """

    def __init__(self, *args, options=(), **kwargs):
        self.options = options
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        # the options are no part of the column: a new word needs no migration
        return super().deconstruct()

    def formfield(self, **kwargs):
        kwargs = {
            "choices": self.options,
            "coerce": type(self.options[0][0]) if self.options else str,
            "widget": forms.CheckboxSelectMultiple,
            "required": not self.blank,
            "label": self.verbose_name,
            "help_text": self.help_text,
            "initial": list,
        }
        return forms.TypedMultipleChoiceField(**kwargs)

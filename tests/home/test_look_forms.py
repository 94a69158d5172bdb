"""Forms of the look: what is wrong is said at the top and at the field."""

import re

import pytest
from django import forms
from django.template import Context, engines

from home.style_samples import SampleFilterForm, SampleForm
from home.templatetags import look

PAGE = """
{% include "components/error_summary.html" with errors=form|errors_of only %}
{% include "components/form_fields.html" with form=form only %}
"""


class EveryKind(forms.Form):
    """One required field of every kind a page may hold."""

    name = forms.CharField(label="姓名", help_text="和证件上一样")
    born_on = forms.DateField(label="出生日期：")
    remark = forms.CharField(label="说明", widget=forms.Textarea)
    place = forms.ChoiceField(label="地方", choices=[("a", "甲"), ("b", "乙")])
    by = forms.ChoiceField(
        label="怎么通知您？",
        choices=[("sms", "短信"), ("call", "电话")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="哪几天?",
        choices=[("1", "周一"), ("2", "周二")],
        widget=forms.CheckboxSelectMultiple,
        help_text="可以选几天",
    )
    at = forms.SplitDateTimeField(label="时间")
    agreed = forms.BooleanField(label="我看过安全须知", help_text="在上面")

    def clean(self):
        raise forms.ValidationError("这一天不上课，请换一天。")


class Shut(forms.Form):
    by = forms.ChoiceField(
        choices=[("sms", "短信"), ("call", "电话")],
        initial="sms",
        disabled=True,
        widget=forms.RadioSelect,
    )


def shown(form) -> str:
    return engines["django"].engine.from_string(PAGE).render(Context({"form": form}))


def ids(html: str) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', html))


@pytest.mark.parametrize("prefix", [None, "a"])
@pytest.mark.parametrize("kind", [EveryKind, SampleForm, SampleFilterForm])
def test_every_line_of_the_summary_leads_to_a_field(kind, prefix):
    html = shown(kind({}, prefix=prefix))
    targets = re.findall(r'<a class="link" href="#([^"]+)"', html)
    required = [field for field in kind.base_fields.values() if field.required]
    assert len(targets) == len(required)
    assert set(targets) <= ids(html)


@pytest.mark.parametrize("data", [None, {}])
def test_hints_and_errors_are_read_out_with_their_field(data):
    html = shown(EveryKind(data))
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()
    assert set(described) <= ids(html)
    assert "id_name_helptext" in described
    assert ("id_name_error" in described) is (data is not None)
    assert ("id_days_error" in described) is (data is not None)


def test_a_form_not_yet_sent_has_no_summary():
    html = shown(EveryKind())
    assert 'role="alert"' not in html
    assert "field--bad" not in html


def test_the_summary_counts_and_takes_the_focus():
    html = shown(SampleForm({"name": "王建平", "birth_year": "56"}))
    assert "还差 3 处" in html
    assert 'role="alert" tabindex="-1" data-focus' in html


def test_what_belongs_to_no_field_comes_first_and_leads_nowhere():
    first, *others = look.errors_of(EveryKind({}))
    assert first == {"text": "这一天不上课，请换一天。", "href": ""}
    assert all(other["href"] for other in others)
    assert "<b>这一天不上课，请换一天。</b>" in shown(EveryKind({}))


def test_a_line_names_its_field_without_the_mark_after_it():
    texts = [error["text"] for error in look.errors_of(EveryKind({}))]
    assert [text.partition("：")[0] for text in texts[1:5]] == [
        "姓名",
        "出生日期",
        "说明",
        "地方",
    ]
    assert "怎么通知您：" in texts[5]
    assert "哪几天：" in texts[6]


def test_the_field_says_the_same_words_as_the_summary():
    html = shown(SampleForm({"name": "王建平", "birth_year": "56"}))
    assert html.count("请写四位数的年份，例如 1956") == 2


def test_what_was_typed_stays_and_cannot_do_harm():
    html = shown(SampleForm({"name": '"><script>alert(1)</script>'}))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_an_error_that_quotes_the_input_is_escaped():
    form = SampleForm({})
    form.add_error("name", "没有叫<b>王</b>的人")
    html = shown(form)
    assert "<b>王</b>" not in html
    assert html.count("没有叫&lt;b&gt;王&lt;/b&gt;的人") == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("name", "input"),
        ("remark", "input"),
        ("place", "input"),
        ("by", "choices"),
        ("days", "choices"),
        ("agreed", "checkbox"),
    ],
)
def test_a_field_is_shown_by_its_kind(name, kind):
    assert look.field_kind(EveryKind()[name]) == kind


@pytest.mark.parametrize(("name", "kind"), [("by", "radio"), ("days", "checkbox")])
def test_boxes_are_round_for_one_and_square_for_many(name, kind):
    field = EveryKind({"by": "call", "days": ["2"]})[name]
    assert look.choice_kind(field) == kind
    assert [choice["checked"] for choice in look.choices(field)] == [False, True]
    assert shown(field.form).count(f'<input type="{kind}"') >= 2


def test_a_choice_that_is_shut_stays_shut():
    assert all(choice["disabled"] for choice in look.choices(Shut()["by"]))


def test_the_control_keeps_its_own_class_and_has_no_placeholder():
    html = look.field_input(SampleForm()["birth_year"])
    assert 'class="input input--short"' in html
    assert "placeholder" not in html
    assert "class=" not in look.field_input(EveryKind()["agreed"])

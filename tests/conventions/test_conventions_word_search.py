"""The search for words in our sources finds what makemessages finds, and bare ones."""

import pytest

from tests.conventions import words
from tests.conventions.words import Message


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('_("好")', []),
        ('gettext_lazy("好")', []),
        ('translation.gettext("好" "的")', []),
        ('pgettext("时间", "好")', []),
        ('ngettext("好", "都好", count)', []),
        ('_(f"好{a}")', ["好"]),
        ('_("好" + a)', ["好"]),
        ('say(_("好"), "不好")', ["不好"]),
        ('label = "好"', ["好"]),
        ('f"{a}，{b}"', ["，"]),
        ('def f():\n    """好"""\n    return "不"', ["不"]),
        ('"""好"""\nclass A:\n    """好"""', []),
        ("a = 1  # 好", []),
        ('say("good")', []),
    ],
)
def test_chinese_in_python_is_found_where_it_is_bare(source, texts):
    assert [found.text for found in words.unmarked_in_python(source)] == texts


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('{% translate "好" %}', 0),
        ("{% translate '好' as good %}", 0),
        ("{% blocktranslate trimmed %}好 {{ a }}{% endblocktranslate %}", 0),
        ("{% blocktranslate count n=a %}好{% plural %}都好{% endblocktranslate %}", 0),
        ('{% include "a.html" with label=_("好") only %}', 0),
        ('{{ a|default:_("好") }}', 0),
        ("{# 好 #}{% comment %}好{% endcomment %}<!-- 好 -->", 0),
        ("<p>好</p>", 1),
        ('<p title="好">', 1),
        ("{{ a }}，{{ b }}", 1),
        ('{{ a|default:"好" }}', 1),
        ('{% include "a.html" with label="好" only %}', 1),
        ("{% translate 'a' %}好", 1),
        ("{% blocktranslate %}a{% endblocktranslate %}好", 1),
    ],
)
def test_chinese_in_a_template_is_found_where_it_is_bare(source, count):
    assert len(words.unmarked_in_template(source)) == count


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("好")', Message(None, "好", "")),
        ('pgettext_lazy("时", "好")', Message("时", "好", "")),
        ('ngettext("好", "都好", 2)', Message(None, "好", "都好")),
        ('npgettext("时", "好", "都好", 2)', Message("时", "好", "都好")),
    ],
)
def test_messages_of_python_are_found(source, found):
    assert words.marked_in_python(source) == {found}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "您\'好" %}', Message(None, "您'好", "")),
        ('{% translate "好" context "时" %}', Message("时", "好", "")),
        ('{{ a|default:_("好") }}', Message(None, "好", "")),
        (
            "{% blocktranslate trimmed %}\n  好\n  {{ a }}\n{% endblocktranslate %}",
            Message(None, "好 %(a)s", ""),
        ),
        (
            "{% blocktranslate count n=a %}好{% plural %}好{{ n }}"
            "{% endblocktranslate %}",
            Message(None, "好", "好%(n)s"),
        ),
        ('{% translate "100%" %}', Message(None, "100%%", "")),
    ],
)
def test_messages_of_templates_are_found(source, found):
    assert words.marked_in_template("{% load i18n %}" + source) == {found}

"""The words of the site: none forgotten, none half translated, none stale."""

import json
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils import translation
from django.views.i18n import JSONCatalog

from tests.conventions import words
from tests.conventions.words import Message

LOCALE = words.ROOT / "site" / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|%%|\{\w*\}|</?[a-z]+")

# Chinese that is meant to stay Chinese, whatever the language of the reader.
STAYS = {
    "activities/demo/": "demo data is about a Chinese city",
    "activities/feeds/": "a calendar is read in the language of its activities",
    "courses_catalog/bulk/columns.py": "what people write into tables, and samples",
    "courses_catalog/bulk/reading.py::columns_of": "a mark between names of columns",
    "courses_catalog/harvesting/mapping.py": "what other platforms write",
    "courses_catalog/management/": "the console of whoever runs the site",
    "home/context_processors.py::LANGUAGE_NAMES": "a language in its own words",
    "home/dates.py": "Chinese forms of dates, for Chinese pages",
    "activities/management/": "the console of whoever runs the site",
    "home/management/": "the console of whoever runs the site",
    "home/naming.py": "the rules by which Chinese places are named",
    "home/readings.py": "words whose reading has to be told",
    "home/roles.py::GROUPS": "names of rows that a migration makes",
    "home/style_page.py": "sample words of the page for developers",
    "home/style_samples.py": "sample words of the page for developers",
    "home/templatetags/look.py::errors_of": "marks that are taken away",
    "home/vocabulary.py::Theme": "the five marks are drawings",
    "learners/fields.py::BirthDateField": "what people type",
    "search/analysis.py": "what is looked for, not what is said",
    "search/pinned.py": "what is looked for, not what is said",
    "search/query.py": "what is looked for, not what is said",
    "search/vocabulary.py": "what is looked for, not what is said",
    "site/config/settings/base.py::SITE_NAME": "a setting of the city",
    "site/config/settings/base.py::CITY_NAME": "a setting of the city",
    "templates/styles.html": "sample words of the page for developers",
}

# The same in English and Chinese.
INTERNATIONAL = {"URL", "ID", "Wagtail API v2", "%(range_start)s - %(range_end)s"}


def entries(catalogue) -> dict[Message, tuple[str, ...]]:
    """What the catalogue says, by message; plural forms in order."""
    return {
        Message(entry.msgctxt, entry.msgid, entry.msgid_plural): tuple(forms(entry))
        for entry in catalogue
        if not entry.obsolete
    }


def forms(entry) -> list[str]:
    if entry.msgid_plural:
        return [text for _number, text in sorted(entry.msgstr_plural.items())]
    return [entry.msgstr]


def catalogue_id(path) -> str:
    return f"{path.parts[-3]}-{path.stem}"


each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=catalogue_id)


# --- Catalogues -------------------------------------------------------------------


@each_catalogue
def test_the_compiled_words_are_those_of_the_source(path):
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert entries(compiled) == entries(polib.pofile(str(path)))


@each_catalogue
def test_nothing_is_fuzzy_untranslated_or_left_over(path):
    catalogue = polib.pofile(str(path), check_for_duplicates=True)
    unfinished = [
        entry.msgid
        for entry in catalogue
        if entry.fuzzy or entry.obsolete or not all(forms(entry))
    ]
    assert not unfinished


@each_catalogue
def test_translations_keep_placeholders_and_tags(path):
    wrong = [
        (entry.msgid, form)
        for entry in polib.pofile(str(path))
        for form in forms(entry)
        if not keeps_placeholders(entry, form)
    ]
    assert not wrong


def keeps_placeholders(entry, form: str) -> bool:
    """A form of a plural may leave out only what one of the two sources leaves out."""
    singular = set(PLACEHOLDER.findall(entry.msgid))
    plural = set(PLACEHOLDER.findall(entry.msgid_plural)) or singular
    found = set(PLACEHOLDER.findall(form))
    return singular & plural <= found <= singular | plural


@pytest.mark.parametrize(
    ("source", "plural", "form", "kept"),
    [
        ("%(name)s已取消", "", "%(name)s is cancelled", True),
        ("%(name)s已取消", "", "Cancelled", False),
        ("%(name)s已取消", "", "%(nmae)s is cancelled", False),
        ("<b>好</b>", "", "Good", False),
        ("One place", "%(count)s places", "One place", True),
        ("One place", "%(count)s places", "还有 %(count)s 个名额", True),
        ("One place", "%(count)s places", "还有 %(n)s 个名额", False),
    ],
)
def test_a_lost_or_misspelt_placeholder_is_noticed(source, plural, form, kept):
    entry = polib.POEntry(msgid=source, msgid_plural=plural)
    assert keeps_placeholders(entry, form) is kept


# --- Chinese for editors ----------------------------------------------------------


def wagtail_messages(domain: str) -> dict[Message, str]:
    """What the installed packages of the editor can say, in English."""
    return {
        message: app.name
        for app in apps.get_app_configs()
        if app.name.startswith(("wagtail", "taggit"))
        for path in [Path(app.path, "locale/en/LC_MESSAGES", f"{domain}.po")]
        if path.exists()
        for message in entries(polib.pofile(str(path)))
    }


def test_everything_the_editor_says_is_said_in_chinese():
    with translation.override("zh-hans"):
        missing = {
            message: app
            for message, app in wagtail_messages("django").items()
            if message.text not in INTERNATIONAL and is_english(message)
        }
    assert not missing


def is_english(message: Message) -> bool:
    if message.plural:
        return translation.ngettext(message.text, message.plural, 2) == message.plural
    if message.context:
        return translation.pgettext(message.context, message.text) == message.text
    return translation.gettext(message.text) == message.text


def test_the_scripts_of_the_editor_speak_chinese_too(rf):
    packages = ["wagtail.admin", "wagtail_localize"]
    with translation.override("zh-hans"):
        answer = JSONCatalog.as_view(packages=packages)(rf.get("/"))
    said = json.loads(answer.content)["catalog"]
    asked = {message.text for message in wagtail_messages("djangojs")}
    assert not asked - set(said)


# --- Words nobody can translate ---------------------------------------------------


def exceptions(path: str, scope: str) -> set[str]:
    """The lines of STAYS that allow it: of its folder, its file or its scope."""
    places = {path, f"{path}::{scope}"}
    folders = {place for place in STAYS if place.endswith("/")}
    return places & set(STAYS) | {it for it in folders if path.startswith(it)}


def unmarked() -> list[tuple[str, words.Unmarked]]:
    """Every Chinese string that no catalogue can reach, with its file."""
    python = [(path, words.unmarked_in_python) for path in words.python_files()]
    pages = [(path, words.unmarked_in_template) for path in words.template_files()]
    return [
        (words.name_of(path), found)
        for path, search in [*python, *pages]
        for found in search(path.read_text())
    ]


def test_every_chinese_word_people_see_is_marked_for_translation():
    wrong = [
        f"{path}:{found.line} {found.text}"
        for path, found in unmarked()
        if not exceptions(path, found.scope)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_exception_is_left_over():
    used = [exceptions(path, found.scope) for path, found in unmarked()]
    assert set(STAYS) == set().union(*used)


# --- English ----------------------------------------------------------------------


def test_the_english_catalogue_knows_every_message():
    known = entries(polib.pofile(str(ENGLISH))) if ENGLISH.exists() else {}
    missing = {
        message: place
        for message, place in words.marked_anywhere().items()
        if message not in known
    }
    assert not missing


def test_the_english_catalogue_knows_nothing_nobody_says():
    known = entries(polib.pofile(str(ENGLISH))) if ENGLISH.exists() else {}
    assert not set(known) - set(words.marked_anywhere())

"""What a foreign record would be here: the values of our fields, by their names.

`oai_dc` is understood as most repositories write it, `lom` as our own provider does.
What we have no field for stays in the metadata, which is kept as it came.
"""

import re
from decimal import Decimal

from courses_catalog.harvesting.licences import licence_of
from courses_catalog.harvesting.plain_text import cut, link, plain
from courses_catalog.vocabulary import LearningLevel, ResourceKind
from home.vocabulary import Audience, Theme

DC = "{http://purl.org/dc/elements/1.1/}"
LOM = "{http://ltsc.ieee.org/xsd/LOM}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_TAGS, LONGEST_TAG = 20, 40
MOST_HOURS = 9999
# In the words of DCMI and of schema.org, and in those people write.
_KINDS = [
    (ResourceKind.MICRO_LECTURE, ["微课", "微视频"]),
    (ResourceKind.MOOC, ["慕课", "mooc"]),
    (ResourceKind.SLIDES, ["课件", "courseware", "slides", "presentation"]),
    ("course", ["collection", "course", "event", "课程"]),
    (ResourceKind.TEXTBOOK, ["教材", "textbook"]),
    (ResourceKind.EBOOK, ["电子书", "图书", "book"]),
    (ResourceKind.VIDEO, ["movingimage", "video", "视频"]),
    (ResourceKind.AUDIO, ["sound", "audio", "音频"]),
    (ResourceKind.TEXT, ["text", "article", "文章"]),
]
_FORMATS = {"video/": ResourceKind.VIDEO, "audio/": ResourceKind.AUDIO}
_DIFFICULTIES = {
    "very easy": LearningLevel.BEGINNER,
    "easy": LearningLevel.BEGINNER,
    "medium": LearningLevel.INTERMEDIATE,
    "difficult": LearningLevel.ADVANCED,
    "very difficult": LearningLevel.ADVANCED,
}
_DURATION = re.compile(r"P(?:\d+D)?T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:[\d.]+S)?")
_ISBN = re.compile(r"(?:urn:)?isbn[:\s]*([\d-]{9,16}[\dXx])", re.IGNORECASE)


def mapped(received) -> dict:
    """`model` is course or resource; raises ValueError where there is no name."""
    metadata = received.metadata
    read = _of_lom if metadata.tag.startswith(LOM) else _of_dublin_core
    said = read(metadata)
    title = cut(plain(said["title"]), 120)
    if not title:
        raise ValueError("There is no title.")
    types = " ".join(said["types"]).lower()
    kind = _kind(types, said["formats"], received.identifier)
    is_course = kind == "course"
    names = [plain(each) for each in said["subjects"]]
    rights = _first(map(plain, said["rights"]))
    values = {
        "model": "course" if is_course else "resource",
        "title": title,
        "summary": cut(plain(said["description"]), 200),
        "theme": _theme(names, received.sets),
        "audiences": _audiences([*names, *said["audiences"]]),
        "tags": _tags(names),
        "link": _first(link(each) for each in said["addresses"]),
        "contributor": cut(plain("、".join(said["creators"])), 120),
        "licence": licence_of(said["rights"]),
        "rights": cut(rights, 300),
        "language": said["language"],
        "level": _DIFFICULTIES.get(said["difficulty"], ""),
        "hours": _hours(said["learning_time"]),
    }
    if not is_course:
        values |= {
            "kind": kind,
            "isbn": _first(map(_isbn, said["addresses"])),
            "duration": _minutes(said["duration"]),
        }
    return values


def _of_dublin_core(metadata) -> dict:
    def all_of(name):
        return [each.text or "" for each in metadata.iterfind(f"{DC}{name}")]

    language = _first(all_of("language"))
    return {
        "title": _in_language(metadata.findall(f"{DC}title"), language),
        "description": _in_language(metadata.findall(f"{DC}description"), language),
        "language": language,
        "types": all_of("type"),
        "formats": all_of("format"),
        "subjects": all_of("subject"),
        "audiences": all_of("audience"),
        "addresses": [*all_of("identifier"), *all_of("source"), *all_of("relation")],
        "creators": all_of("creator") or all_of("contributor"),
        "rights": all_of("rights"),
        "difficulty": "",
        "learning_time": "",
        "duration": "",
    }


def _of_lom(metadata) -> dict:
    def element(path):
        return f".//{LOM}" + f"/{LOM}".join(path.split("/"))

    def texts(path):
        return [each.text or "" for each in metadata.iterfind(element(path))]

    language = _first(texts("general/language"))
    return {
        "title": _in_language(metadata.findall(element("title/string")), language),
        "description": _in_language(
            metadata.findall(element("general/description/string")), language
        ),
        "language": language,
        "types": texts("learningResourceType/value") or [_lom_type(texts)],
        "formats": texts("technical/format"),
        "subjects": texts("general/keyword/string"),
        "audiences": texts("typicalAgeRange/string"),
        "addresses": [
            *texts("technical/location"),
            *texts("general/identifier/entry"),
            *(f"isbn:{each}" for each in _isbn_entries(metadata)),
        ],
        "creators": _authors(metadata),
        "rights": texts("rights/description/string"),
        "difficulty": _first(texts("difficulty/value")),
        "learning_time": _first(texts("typicalLearningTime/duration")),
        "duration": _first(texts("technical/duration/duration")),
    }


def _lom_type(texts) -> str:
    """What has a time to be learned in and no file is a course."""
    has_time = texts("typicalLearningTime/duration")
    return "course" if has_time and not texts("technical/format") else ""


def _isbn_entries(metadata) -> list[str]:
    return [
        each.findtext(f"{LOM}entry") or ""
        for each in metadata.iterfind(f".//{LOM}general/{LOM}identifier")
        if each.findtext(f"{LOM}catalog") == "ISBN"
    ]


def _authors(metadata) -> list[str]:
    """The names on the cards of those who wrote it."""
    names = []
    for each in metadata.iterfind(f".//{LOM}lifeCycle/{LOM}contribute"):
        card = each.findtext(f"{LOM}entity") or ""
        if each.findtext(f"{LOM}role/{LOM}value") == "author":
            lines = [line for line in card.splitlines() if line.startswith("FN:")]
            names += [re.sub(r"\\(.)", r"\1", line[3:]) for line in lines]
    return names


def _in_language(elements, language: str) -> str:
    """The text in the language of the record, else the first there is."""
    said = [
        (each.get("language") or each.get(LANGUAGE), each.text) for each in elements
    ]
    own = [text for spoken, text in said if text and spoken == language]
    return _first([*own, *(text for _spoken, text in said)])


def _first(values) -> str:
    return next((each for each in values if each), "")


def _kind(types: str, formats: list[str], identifier: str) -> str:
    """course, or a ResourceKind. Our own identifiers tell it; others by their type."""
    if re.search(r":(course|series)/\d+$", identifier):
        return "course"
    is_resource = re.search(r":resource/\d+$", identifier)
    for kind, words in _KINDS:
        if any(word in types for word in words) and not (
            is_resource and kind == "course"
        ):
            return kind
    for prefix, kind in _FORMATS.items():
        if any(each.startswith(prefix) for each in formats):
            return kind
    return ResourceKind.LINK


def _theme(names: list[str], sets: list[str]) -> str:
    """As another Shexue names its sets, or by the name of the theme."""
    labels = {str(label): value for value, label in Theme.choices}
    specs = {f"theme:{value}": value for value in Theme.values}
    found = [labels.get(name) for name in names] + [specs.get(each) for each in sets]
    return _first(found)


def _audiences(names: list[str]) -> list[str]:
    labels = {str(label): value for value, label in Audience.choices}
    return sorted({labels[name.strip()] for name in names if name.strip() in labels})


def _tags(names: list[str]) -> list[str]:
    """Keywords, without what our own fields say."""
    known = {str(label) for _value, label in [*Theme.choices, *Audience.choices]}
    short = [name for name in names if 0 < len(name) <= LONGEST_TAG]
    return list(dict.fromkeys(name for name in short if name not in known))[:MOST_TAGS]


def _isbn(text: str) -> str:
    found = _ISBN.search(text)
    return found.group(1)[:17] if found else ""


def _minutes(text: str) -> int | None:
    found = _DURATION.fullmatch(text.strip())
    if not found:
        return None
    return int(found.group(1) or 0) * 60 + int(found.group(2) or 0) or None


def _hours(text: str) -> str | None:
    hours = round(Decimal(_minutes(text) or 0) / 60, 1)
    return str(hours) if 0 < hours < MOST_HOURS else None

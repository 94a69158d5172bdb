"""Resources, series and teachers are found beside courses, while they are public."""

import pytest
from django.test import Client

from courses_catalog.vocabulary import ShareScope
from search.documents import documents_of, subject_of
from search.models import OutboxEntry
from search.rebuild import rebuild
from tests.factories import (
    CourseFactory,
    ResourceFactory,
    SeriesFactory,
    TeacherFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

KINDS = [
    (CourseFactory, {"syllabus": "永字八法"}),
    (ResourceFactory, {"text": "永字八法"}),
    (SeriesFactory, {"summary": "永字八法"}),
    (TeacherFactory, {"introduction": "永字八法"}),
]


@pytest.fixture
def net():
    return small_network()


@pytest.mark.parametrize(("kind", "fields"), KINDS)
def test_a_record_is_found_by_its_title_and_its_text(net, kind, fields):
    record = kind(owner_node=net.village, title="书法入门", **fields)
    rebuild()
    for words in ("书法", "永字八法", "shufa"):
        page = Client().get("/search/", {"q": words}).content.decode()
        assert f'href="{record.get_absolute_url()}"' in page, words
        assert str(record._meta.verbose_name) in page


@pytest.mark.parametrize(("kind", "fields"), KINDS)
@pytest.mark.parametrize("scope", set(ShareScope) - {ShareScope.PUBLIC})
def test_what_is_not_shared_with_everybody_is_not_indexed(net, kind, fields, scope):
    record = kind(owner_node=net.village, share_scope=scope, **fields)
    assert documents_of([subject_of(record)]) == []


@pytest.mark.parametrize(("kind", "fields"), KINDS)
def test_publishing_leaves_an_entry_for_the_index(net, kind, fields):
    record = kind(owner_node=net.village, **fields)
    record.save_revision().publish()
    assert OutboxEntry.objects.filter(subject=subject_of(record)).exists()


def test_one_query_shows_records_of_every_kind(net, django_assert_max_num_queries):
    for kind, fields in KINDS:
        kind(owner_node=net.village, title="书法", **fields)
    rebuild()
    Client().get("/search/", {"q": "先问一次"})
    with django_assert_max_num_queries(12):
        page = Client().get("/search/", {"q": "书法"}).content.decode()
    assert all(f"/{name}/" in page for name in ("courses", "resources"))

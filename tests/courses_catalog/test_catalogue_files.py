"""Files of resources: what may be uploaded, and how they are handed out."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses_catalog.files import TYPES, check_file
from courses_catalog.ranges import Unsatisfiable, byte_range
from home.models import NodeRole, Role
from tests.factories import ResourceFactory, UserFactory, small_network

BODY = b"\x00\x00\x00\x18ftypisom" + bytes(range(256)) * 4
ZIP = b"PK\x03\x04"
BEGINNINGS = {
    ".mp4": BODY,
    ".m4a": BODY,
    ".webm": b"\x1a\x45\xdf\xa3...",
    ".mp3": b"ID3\x04",
    ".ogg": b"OggS\x00",
    ".pdf": b"%PDF-1.7",
    ".epub": ZIP,
    ".docx": ZIP,
    ".pptx": ZIP,
    ".xlsx": ZIP,
    ".txt": "一、坐正。".encode(),
    ".jpg": b"\xff\xd8\xff\xe0",
    ".png": b"\x89PNG\r\n\x1a\n",
}
HTML = b"<html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.RESOURCE_ROOT = tmp_path


@pytest.fixture
def net(db):
    return small_network()


def kept(net, name="lesson.mp4", body=BODY, **fields):
    resource = ResourceFactory.build(owner_node=net.township, title="第一讲", **fields)
    resource.locale = ResourceFactory(owner_node=net.township).locale
    resource.file.save(name, ContentFile(body), save=True)
    return resource


def address(resource) -> str:
    return reverse("resource_file", args=[resource.pk])


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("suffix", TYPES)
def test_a_file_that_is_what_its_name_says_may_be_uploaded(suffix):
    file = SimpleUploadedFile(f"a{suffix}", BEGINNINGS[suffix])
    check_file(file)
    assert file.read() == BEGINNINGS[suffix]


@pytest.mark.parametrize("suffix", [suffix for suffix in TYPES if suffix != ".txt"])
def test_a_page_under_the_name_of_another_kind_is_refused(suffix):
    with pytest.raises(ValidationError, match="文件的内容不是"):
        check_file(SimpleUploadedFile(f"a{suffix}", HTML))


def test_what_is_no_text_is_refused_as_text():
    with pytest.raises(ValidationError):
        check_file(SimpleUploadedFile("a.txt", b"MZ\x00\x00"))


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe", "a", "a.mp4.html"])
def test_no_other_kind_may_be_uploaded(name):
    with pytest.raises(ValidationError, match="不能上传这种文件"):
        check_file(SimpleUploadedFile(name, BODY))


def test_a_kept_file_that_is_missing_is_no_reason_to_refuse_the_rest(net):
    resource = kept(net)
    resource.file.storage.delete(resource.file.name)
    check_file(resource.file)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", (0, 0)),
        ("bytes=0-9", (0, 9)),
        ("bytes=10-", (10, 99)),
        ("bytes=90-200", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-200", (0, 99)),
        ("bytes=99-99", (99, 99)),
        ("bytes=100-", "none"),
        ("bytes=-0", "none"),
        # not understood: the whole file
        ("bytes=5-3", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
        ("bytes=" + "9" * 5000 + "-", None),
        ("", None),
    ],
)
def test_a_range_is_read_as_the_standard_has_it(header, part):
    if part == "none":
        with pytest.raises(Unsatisfiable):
            byte_range(header, 100)
    else:
        assert byte_range(header, 100) == part


def test_an_empty_file_has_no_part():
    with pytest.raises(Unsatisfiable):
        byte_range("bytes=0-", 0)


def test_the_whole_file_is_sent_as_its_kind_and_nothing_in_it_runs(client, net):
    response = client.get(address(kept(net)))

    assert response.status_code == 200
    assert body(response) == BODY
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Content-Length"] == str(len(BODY))
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("a.pdf", "inline"),
        ("a.png", "inline"),
        ("a.mp3", "inline"),
        ("a.txt", "attachment"),
        ("a.docx", "attachment"),
        ("a.epub", "attachment"),
    ],
)
def test_only_what_a_browser_shows_by_itself_is_shown(client, net, name, how):
    response = client.get(address(kept(net, name)))
    b"".join(response)  # a file is closed by its end
    assert response.headers["Content-Disposition"].startswith(how)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=4-11", 4, 11), ("bytes=-5", len(BODY) - 5, None)],
)
def test_a_part_is_sent_as_a_part(client, net, header, first, last):
    last = len(BODY) - 1 if last is None else last
    response = client.get(address(kept(net)), headers={"Range": header})

    assert response.status_code == 206
    assert body(response) == BODY[first : last + 1]
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/{len(BODY)}"
    assert response.headers["Content-Length"] == str(last - first + 1)


def test_a_part_past_the_end_is_refused_with_the_size(client, net):
    response = client.get(address(kept(net)), headers={"Range": "bytes=99999-"})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{len(BODY)}"


def test_the_head_has_the_size_and_no_body(client, net):
    response = client.head(address(kept(net)))
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Length"] == str(len(BODY))


def test_who_has_the_file_already_is_told_so(client, net):
    where = address(kept(net))
    etag = client.head(where).headers["ETag"]
    assert client.get(where, headers={"If-None-Match": etag}).status_code == 304


def test_a_part_of_another_state_of_the_file_is_not_mixed_in(client, net):
    where = address(kept(net))
    etag = client.head(where).headers["ETag"]
    asked = {"Range": "bytes=0-3"}
    same = client.get(where, headers=asked | {"If-Range": etag})
    other = client.get(where, headers=asked | {"If-Range": '"another"'})
    assert (same.status_code, body(same)) == (206, BODY[:4])
    assert (other.status_code, body(other)) == (200, BODY)


def test_players_get_their_bytes_uncompressed(client, net):
    response = client.get(
        address(kept(net)), headers={"Accept-Encoding": "gzip", "Range": "bytes=0-299"}
    )
    assert "Content-Encoding" not in response.headers
    assert body(response) == BODY[:300]


@pytest.mark.parametrize("hidden", [{"share_scope": "own"}, {"live": False}])
def test_what_is_not_public_is_for_its_editors_alone(client, net, hidden):
    resource = kept(net, **hidden)
    where = address(resource)
    assert client.get(where).status_code == 404

    for node, status in ((net.other_county, 404), (net.county, 200)):
        editor = UserFactory()
        NodeRole.objects.create(user=editor, node=node, role=Role.EDITOR)
        client.force_login(editor)
        response = client.get(where)
        b"".join(response)  # a file is closed by its end
        assert response.status_code == status
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in response.headers["Vary"]


def test_a_withdrawn_file_is_gone(client, net):
    resource = kept(net)
    resource.save_revision().publish()
    type(resource).objects.get(pk=resource.pk).unpublish()
    assert client.get(address(resource)).status_code == 410


def test_a_file_that_is_missing_is_not_found(client, net):
    resource = kept(net)
    resource.file.storage.delete(resource.file.name)
    assert client.get(address(resource)).status_code == 404
    html = client.get(resource.get_absolute_url()).content.decode()
    assert "这个文件暂时取不到" in html


def test_a_resource_without_a_file_has_none(client, net):
    resource = ResourceFactory(owner_node=net.county)
    assert client.get(address(resource)).status_code == 404

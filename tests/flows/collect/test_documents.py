from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.collect.documents import LIMIT, documents
from flows.errors import DocumentError
from storage.model import Authority, Entry


def taken(*paths: Path | str, **options: object) -> list[Entry | DocumentError]:
    return list(documents(paths, source="manual", **options))


def entry(path: Path, **options: object) -> Entry:
    (found,) = taken(path, **options)
    assert isinstance(found, Entry), found
    return found


def problem(path: Path) -> str:
    (found,) = taken(path)
    assert isinstance(found, DocumentError), found
    return str(found)


def test_a_text_is_known_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "naïve note.txt"
    path.write_text("Lenovo said so.\r\nTwice.", encoding="utf-8", newline="")
    found = entry(path)
    assert (found.url, found.guid, found.source) == (path.resolve().as_uri(), str(path), "manual")
    assert (found.body, found.media_type, found.published) == ("Lenovo said so.\nTwice.", "text/plain", None)


def test_a_sidecar_tells_what_the_text_does_not(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text.", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(
        "# a comment\ntitle: No end\nsource: Harbour Wire\nurl: seed:7\npublished: 2026-01-07\nlanguage: no\n"
        "authority: primary\ntimezone: Asia/Shanghai\nunknown: {to: us}\n",
        encoding="utf-8",
    )
    found = entry(path)
    assert (found.title, found.publisher, found.url, found.language) == ("No end", "Harbour Wire", "seed:7", "no")
    assert (found.published, found.published_on) == (datetime(2026, 1, 6, 16, tzinfo=UTC), date(2026, 1, 7))
    assert (found.authority, found.timezone) == (Authority.PRIMARY, "Asia/Shanghai")


def test_front_matter_and_a_sidecar_that_goes_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b'---\r\ntitle: "Old"\r\npublished: 2026-05-27T16:42:00-07:00\r\n---\r\n# Head\r\n\r\nBody --- here.\r\n')
    (tmp_path / "a.yaml").write_text("title: New\n", encoding="utf-8")
    found = entry(path)
    assert (found.title, found.media_type, found.body) == ("New", "text/markdown", "# Head\n\nBody --- here.\n")
    assert (found.published, found.published_on) == (datetime(2026, 5, 27, 23, 42, tzinfo=UTC), date(2026, 5, 27))


def test_a_text_that_begins_with_a_rule_has_no_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("---\nnot: yaml\n---\nBody", encoding="utf-8")
    assert entry(path).body.startswith("---\nnot")


def test_a_date_given_by_hand_is_for_documents_that_have_none(tmp_path: Path) -> None:
    dated, undated = tmp_path / "a.md", tmp_path / "b.md"
    dated.write_text("---\npublished: 2020-01-01\n---\nBody", encoding="utf-8")
    undated.write_text("---\ntimezone: Asia/Tokyo\n---\nBody", encoding="utf-8")
    by_hand = datetime(2026, 1, 7, 20, tzinfo=UTC)
    assert entry(dated, published=by_hand).published_on == date(2020, 1, 1)
    found = entry(undated, published=by_hand)
    assert (found.published, found.published_on) == (by_hand, date(2026, 1, 8))


def test_encodings_that_are_declared(tmp_path: Path) -> None:
    for name, data in {
        "bom.txt": b"\xef\xbb\xbfcaf\xc3\xa9",
        "utf16.txt": "café".encode("utf-16"),
        "latin.html": b'<html><head><meta charset="iso-8859-1"></head><body>caf\xe9</body></html>',
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert "café" in entry(path).body


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("binary.txt", b"PK\x03\x04\0\0data", "binary: a NUL at byte 4"),
        ("nul.md", b"A good text\0 with a NUL", "binary: a NUL at byte 11"),
        ("blob.bin", b"\x7fELF\0\0", "binary: a NUL at byte 4"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t ", "empty"),
        ("front.md", b"---\ntitle: x\n---\n\n", "empty after its front matter"),
        ("latin.txt", b"caf\xe9 au lait", "not UTF-8 at byte 3"),
        ("lie.html", b"<meta charset=utf-8>caf\xe9", "not UTF-8 at byte 23"),
        ("strange.html", b"<meta charset=klingon>x", "encoding that is not known: klingon"),
        ("large.txt", b"x" * (LIMIT + 1), "too large: 10.0 MB"),
        ("endless.md", b"---\ntitle: x\nno end", ":1: the front matter does not end"),
        ("broken.md", b"---\ntitle: x\nurl: [a\n---\nBody", "broken.md:4: not YAML"),
        ("list.md", b"---\n- a\n---\nBody", "list.md:2: not metadata"),
        ("date.md", b"---\ntitle: x\npublished: soon\n---\nBody", "date.md:3: published: a date or time"),
        ("zone.md", b"---\ntimezone: Mars/Olympus\n---\nBody", "zone.md:2: timezone: no such time zone: Mars/Olympus"),
        ("rank.md", b"---\n\nauthority: gossip\n---\nBody", "rank.md:3: authority: one of primary, press"),
        ("nested.md", b"---\ntitle: {a: b}\n---\nBody", "nested.md:2: title: one value"),
        ("paper.pdf", b"%PDF-1.7", "not a kind of document read here"),
        ("bad.json", b'{"title": "x",\n "text" "y"}', "bad.json:2: not JSON"),
        ("deep.json", b"[" * 200_000, "not JSON"),
        ("number.json", b"42", "an object with title"),
        ("textless.json", b'{"title": "x"}', "no text: one of the keys"),
        ("when.json", b'{"text": "x", "published": "soon"}', "published: a date or time"),
        ("nul.json", b'{"text": "a\\u0000b"}', "binary: a NUL at character 1"),
    ],
)
def test_each_bad_document_is_an_error_of_its_own(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    bad, good = tmp_path / name, tmp_path / "good.txt"
    bad.write_bytes(data)
    good.write_text("A good text.", encoding="utf-8")
    first, second = taken(bad, good)
    assert isinstance(first, DocumentError)
    assert str(first).startswith(str(bad))
    assert message in str(first)
    assert isinstance(second, Entry)


def test_a_missing_file_and_a_bad_sidecar(tmp_path: Path) -> None:
    assert problem(tmp_path / "none.txt").endswith("none.txt: no such file")
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("title: x\npublished: never\n", encoding="utf-8")
    assert "a.yaml:2: published" in problem(tmp_path / "a.txt")


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "too large: 50.0 MB" in problem(path)


def test_folders_are_taken_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.html", ".hidden.txt", ".git/x.txt", "b.yaml", "z.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Text." if not name.endswith("yaml") else "title: B", encoding="utf-8")
    found = taken(tmp_path)
    assert [one.guid.removeprefix(str(tmp_path)) for one in found if isinstance(one, Entry)] == ["/a.md", "/b.txt", "/sub/c.html"]
    assert [one.where for one in found if isinstance(one, DocumentError)] == [str(tmp_path / "z.png")]
    assert [one.title for one in found if isinstance(one, Entry)] == ["", "B", ""]


def test_json_documents(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"title": "T", "url": "https://x.example/1", "html": "<p>x</p>", "source": "S"}), encoding="utf-8")
    found = entry(path)
    assert (found.title, found.url, found.media_type, found.publisher) == ("T", "https://x.example/1", "text/html", "S")


def test_one_bad_record_does_not_stop_the_others(tmp_path: Path) -> None:
    lines, records = tmp_path / "many.jsonl", tmp_path / "many.json"
    lines.write_text('{"text": "one"}\n\n{"text": \n{"text": "two"}\n', encoding="utf-8")
    records.write_text('[{"text": "one"}, 7, {"text": "two"}]', encoding="utf-8")
    for path, bad in ((lines, f"{lines}:3"), (records, f"{records}#2")):
        found = taken(path)
        assert [one.body for one in found if isinstance(one, Entry)] == ["one", "two"]
        assert [one.where for one in found if isinstance(one, DocumentError)] == [bad]
        assert len({one.url for one in found if isinstance(one, Entry)}) == 2


def test_the_originals(shared: Path) -> None:
    found = taken(shared / "seeds")
    assert [one.url for one in found if isinstance(one, Entry)] == ["seed:000", "seed:001", "seed:002", "seed:003"]
    assert found[0].published_on == date(2026, 1, 7)

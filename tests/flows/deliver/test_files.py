"""Digests as files: whole or not at all, under plain names."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.deliver import files
from flows.deliver.files import safe_name, window_name, write_digest
from flows.digest.document import Document
from flows.digest.render import FORMATS, render
from flows.errors import DeltawireError
from storage.model import Window


def _document(profile: str = "default", upto: int = 9) -> Document:
    return Document(
        profile=profile,
        title="Deltawire",
        heading="What changed",
        subheading="",
        language="en",
        baseline=False,
        window=Window(after_seq=3, upto_seq=upto),
        made_at=datetime(2026, 1, 8, 7, 0, tzinfo=UTC),
    )


def _all(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_digest_is_written_to_its_window_and_as_the_latest(tmp_path: Path) -> None:
    document = _document()
    written = write_digest(document, tmp_path)
    window = "digests/default/2026-01-08-000004-000009"
    assert _all(tmp_path) == {f"{window}/digest.{kind}" for kind in FORMATS} | {
        f"digests/default/latest.{kind}" for kind in FORMATS
    }
    assert len(written) == 8
    assert all(path.read_text(encoding="utf-8") == render(document, path.suffix[1:]) for path in written)


def test_the_latest_is_replaced_and_windows_stay(tmp_path: Path) -> None:
    write_digest(_document(), tmp_path, formats=("md",))
    write_digest(_document(upto=20), tmp_path, formats=("md",))
    assert _all(tmp_path) == {
        "digests/default/2026-01-08-000004-000009/digest.md",
        "digests/default/2026-01-08-000004-000020/digest.md",
        "digests/default/latest.md",
    }


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    first = {path: path.read_bytes() for path in write_digest(_document(), tmp_path)}
    assert {path: path.read_bytes() for path in write_digest(_document(), tmp_path)} == first


def test_out_takes_the_place_of_the_home(tmp_path: Path) -> None:
    assert write_digest(_document(), tmp_path / "home", out=tmp_path / "out", formats=("txt", "json")) == [
        tmp_path / "out" / "digest.txt",
        tmp_path / "out" / "digest.json",
    ]
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", ["../../etc", "..", "/", "a/b", "", "Ünïcode", "nul\x00", "x" * 300, "con fig"])
def test_no_name_leaves_its_folder(tmp_path: Path, name: str) -> None:
    for path in write_digest(_document(name), tmp_path, formats=("json",)):
        assert path.resolve().is_relative_to(tmp_path / "digests")
    assert safe_name(name)
    assert "/" not in safe_name(name)


def test_windows_sort_by_time() -> None:
    names = [window_name(_document(upto=upto)) for upto in (9, 10, 100, 99_999)]
    assert names == sorted(names)


def test_a_failure_names_the_path_and_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path, latest) = write_digest(_document(), tmp_path, formats=("txt",))
    before = latest.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(DeltawireError, match=r"digest\.txt: cannot be written: No space left on device"):
        write_digest(_document(), tmp_path, formats=("txt",))
    assert latest.read_bytes() == before
    assert _all(tmp_path) == {path.relative_to(tmp_path).as_posix(), "digests/default/latest.txt"}


def test_a_file_in_the_way_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "digests").write_text("")
    with pytest.raises(DeltawireError, match="digests"):
        write_digest(_document(), tmp_path, formats=("txt",))


def test_an_unknown_format_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such format"):
        write_digest(_document(), tmp_path, formats=("txt", "pdf"))
    assert _all(tmp_path) == set()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_files_have_the_mode_that_new_files_have(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("")
    (path,) = write_digest(_document(), tmp_path, out=tmp_path, formats=("txt",))
    assert path.stat().st_mode == plain.stat().st_mode

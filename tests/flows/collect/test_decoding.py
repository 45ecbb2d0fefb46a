from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.collect.decoding import Broken, TooLarge, body_for


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS = {"": bytes, "gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}


def _through(encoding: str, packed: bytes, limit: int, step: int) -> bytes:
    body = body_for(encoding, limit)
    for at in range(0, len(packed), step):
        body.feed(packed[at : at + step])
    return body.finish()


@given(st.binary(max_size=3000), st.integers(1, 500), st.sampled_from(sorted(PACKERS)))
def test_what_was_packed_comes_out_however_it_is_cut(data: bytes, step: int, encoding: str) -> None:
    assert _through(encoding, PACKERS[encoding](data), len(data), step) == data


@given(st.binary(min_size=2, max_size=3000), st.sampled_from(sorted(PACKERS)))
def test_one_byte_over_the_limit_is_too_large(data: bytes, encoding: str) -> None:
    with pytest.raises(TooLarge):
        _through(encoding, PACKERS[encoding](data), len(data) - 1, 1000)


def test_several_gzip_members_and_padding_are_one_body() -> None:
    assert _through("gzip", gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 8, 100, 7) == b"one two"


def test_raw_deflate_is_understood() -> None:
    assert _through("deflate", _raw_deflate(b"servers do this"), 100, 1000) == b"servers do this"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_bomb_ends_at_the_limit(encoding: str) -> None:
    packed = PACKERS[encoding](bytes(8_000_000))
    with pytest.raises(TooLarge):
        _through(encoding, packed, 1_000_000, len(packed))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_body_that_breaks_off_or_is_damaged_is_said_to_be(encoding: str) -> None:
    packed = PACKERS[encoding](bytes(range(256)) * 40)
    with pytest.raises(Broken):
        _through(encoding, packed[: len(packed) // 2], 1_000_000, 100)
    with pytest.raises(Broken):
        _through(encoding, b"plainly no such thing" * 10, 1_000_000, 1000)


def test_an_encoding_that_was_not_asked_for() -> None:
    with pytest.raises(Broken, match="nobody asked for"):
        body_for("snappy", 10)


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate"])
def test_an_empty_body_is_empty(encoding: str) -> None:
    assert _through(encoding, b"", 10, 1) == b""

"""Decompression that stops at a limit: a body of a kilobyte may stand for a gigabyte."""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # ships no types; it ends in this module

_STEP = 64 * 1024

ACCEPTED = "gzip, deflate, br"


class TooLarge(Exception):
    """The body is larger than its limit."""


class Broken(Exception):
    """The body is not what its encoding promises, or breaks off."""


class Body(Protocol):
    """Takes a body in pieces and gives it back decoded, never holding more than its limit."""

    def feed(self, data: bytes) -> None:
        """Take the next piece; TooLarge or Broken."""

    def finish(self) -> bytes:
        """The decoded whole; Broken where it is not whole."""


def body_for(encoding: str, limit: int) -> Body:
    """The decoder for a Content-Encoding header; Broken where the encoding is none we asked for."""
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain(limit)
        case "gzip" | "x-gzip" | "deflate":
            return _Zlib(limit)
        case "br":
            return _Brotli(limit)
        case other:
            raise Broken(f"an encoding nobody asked for: {other[:40]!r}")


class _Plain:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._out = bytearray()

    def _take(self, data: bytes) -> None:
        self._out += data
        if len(self._out) > self._limit:
            raise TooLarge

    def feed(self, data: bytes) -> None:
        self._take(data)

    def finish(self) -> bytes:
        return bytes(self._out)


class _Zlib(_Plain):
    """gzip (one member or several), zlib, and the raw deflate that some servers send by mistake."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._inflate = zlib.decompressobj(47)
        self._begun = False

    def feed(self, data: bytes) -> None:
        while data:
            if self._inflate.eof:
                if not data.startswith(b"\x1f\x8b"):
                    return  # padding after the last member
                self._inflate = zlib.decompressobj(47)
            try:
                self._take(self._inflate.decompress(data, _STEP))
            except zlib.error as error:
                if self._begun:
                    raise Broken("its compression is damaged") from error
                self._inflate = zlib.decompressobj(-15)
                self._begun = True
                continue
            self._begun = True
            data = self._inflate.unconsumed_tail or self._inflate.unused_data

    def finish(self) -> bytes:
        if self._begun and not self._inflate.eof:
            raise Broken("it breaks off")
        return super().finish()


class _Brotli(_Plain):
    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._decompressor = brotli.Decompressor()
        self._begun = False

    def feed(self, data: bytes) -> None:
        self._begun = self._begun or bool(data)
        try:
            out = self._decompressor.process(data, output_buffer_limit=_STEP)
            self._take(out)
            # A full buffer may have more behind it even where the decompressor would take more input.
            while len(out) >= _STEP or not self._decompressor.can_accept_more_data():
                out = self._decompressor.process(b"", output_buffer_limit=_STEP)
                self._take(out)
        except brotli.error as error:
            raise Broken("its compression is damaged") from error

    def finish(self) -> bytes:
        if self._begun and not self._decompressor.is_finished():
            raise Broken("it breaks off")
        return super().finish()

"""Digests as they were looked at and found good. Look at the new ones before you commit them:
`pytest tests/flows/digest --update-golden`, then the difference of tests/data/digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.digest.document import Document
from flows.digest.render import FORMATS, render


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("which", ["news", "baseline"])
def test_digest_reads_as_approved(which: str, format: str, request: pytest.FixtureRequest, root: Path) -> None:
    document: Document = request.getfixturevalue(which)
    golden = root / "tests" / "data" / "digest" / f"{which}.{format}"
    text = render(document, format)
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_an_unknown_format_is_refused(news: Document) -> None:
    with pytest.raises(ValueError, match="no such format: pdf"):
        render(news, "pdf")

"""A document in one of its four formats."""

from __future__ import annotations

from flows.digest.document import Document

FORMATS = ("html", "md", "txt", "json")


def render(document: Document, format: str) -> str:
    """The document as text in `format`, one of FORMATS; ValueError for another. Each loads only what it needs."""
    match format:
        case "html":
            from flows.digest.html import render_html  # noqa: PLC0415 - Jinja2 and the inliner only where HTML is wanted

            return render_html(document)
        case "md":
            from flows.digest.markdown import render_markdown  # noqa: PLC0415

            return render_markdown(document)
        case "txt":
            from flows.digest.text import render_text  # noqa: PLC0415

            return render_text(document)
        case "json":
            from flows.digest.json import render_json  # noqa: PLC0415

            return render_json(document)
        case _:
            raise ValueError(f"no such format: {format} (there are {', '.join(FORMATS)})")

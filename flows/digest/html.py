"""The document as HTML that holds in mail clients: styles inlined, nothing remote, no script, dark mode."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.digest.document import Document
from flows.digest.rows import ASIDE, BADGES, answering, fold_words, groups, marks, rows, troubled

_TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(badges=BADGES, fold_words=fold_words, marks=marks, rows=rows)
    return environment


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True, minify_css=True, load_remote_stylesheets=False)


def render_html(document: Document) -> str:
    """The whole page. Every string of the document is escaped by the template engine, none is trusted."""
    page = (
        _environment()
        .get_template("digest.html.j2")
        .render(
            document=document,
            news=list(groups(document)),
            aside=[(title, list(groups(document, part))) for part, title in ASIDE.items()],
            troubled=troubled(document),
            answering=answering(document),
        )
    )
    return _inliner().inline(page).strip() + "\n"

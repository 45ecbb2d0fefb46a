"""What a model answered before: the same text, prompt and model are asked about once."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from flows.extract.model.answer import Answer
from storage.identity import digest


class Cache:
    """One small file an answer, below `folder`. A file that is damaged counts as none."""

    def __init__(self, folder: Path, model: str, prompt: str) -> None:
        self._folder = folder
        self._asked = (model, prompt)

    def get(self, text: str) -> Answer | None:
        """The answer for a text, if it was given before."""
        try:
            return Answer.model_validate_json(self._path(text).read_bytes())
        except (OSError, ValidationError):
            return None

    def put(self, text: str, answer: Answer) -> None:
        """Keep an answer; it appears under its name only when it is complete."""
        path = self._path(text)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(answer.model_dump_json(exclude_defaults=True), encoding="utf-8")
        unfinished.replace(path)

    def _path(self, text: str) -> Path:
        key = digest(*self._asked, text)
        return self._folder / key[:2] / f"{key}.json"

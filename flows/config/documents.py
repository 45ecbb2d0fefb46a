"""YAML files as pydantic models, with the line of whatever is wrong in them."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from flows.errors import ConfigError

Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Frozen(BaseModel):
    """The base of all configuration models: immutable, and an unknown key is a mistake, not a comment."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


Model = TypeVar("Model", bound=BaseModel)


def read_text(path: Path) -> str:
    """The text of a configuration file; ConfigError where it is missing, unreadable or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(str(path), "no such file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"cannot be read: {error}") from error


def load_yaml(path: Path, model: type[Model]) -> Model:
    """The file at `path` as a `model`; ConfigError with file, line and key where it is not one."""
    return parse_yaml(read_text(path), str(path), model)


def parse_yaml(text: str, where: str, model: type[Model]) -> Model:
    """YAML `text` as a `model`; `where` names it in errors."""
    try:
        data = yaml.load(text, Loader)  # noqa: S506 - a safe loader, in C where there is one
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise ConfigError(f"{where}{line}", f"not YAML: {getattr(error, 'problem', None) or error}") from error
    if data is None:
        data = {}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        number = _line_of(text, first["loc"])
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ConfigError(f"{where}:{number}", f"{key}: {first['msg']}{more}") from error


def _line_of(text: str, location: tuple[int | str, ...]) -> int:
    """The line of the node at `location`, or of the deepest part of it that exists."""
    node = yaml.compose(text, Loader)
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line

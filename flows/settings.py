"""The settings: one class, and the only place that reads the environment or the clock.

Precedence: a flag, the environment (`DELTAWIRE_…`), `deltawire.toml` in the home, the default.
Secrets may also be given as the path of a file in `DELTAWIRE_…_FILE`.
"""

from __future__ import annotations

import getpass
import os
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from flows.clock import parse_time
from flows.errors import ConfigError

PREFIX = "DELTAWIRE_"
FILE = "deltawire.toml"


def _hosts(given: object) -> object:
    hosts = given.split(",") if isinstance(given, str) else given
    return [str(host).strip().lower() for host in hosts if str(host).strip()] if isinstance(hosts, list) else hosts


def _moment(given: object) -> object:
    return parse_time(str(given)) if given is not None and not isinstance(given, datetime) else given


class Settings(BaseSettings):
    """What a person may set. `home` and `config_file` are settled by `load_settings` first."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", frozen=True, str_strip_whitespace=True, env_ignore_empty=True
    )

    home: Path
    config_file: Path
    database_url: SecretStr = SecretStr("")
    """Where articles, claims and facts live; empty: `deltawire.db` in the home. May hold a password."""
    now: Annotated[datetime | None, BeforeValidator(_moment)] = None
    """Fixes the clock for the whole command, so that any day can be replayed."""
    allow_private_hosts: Annotated[frozenset[str], NoDecode, BeforeValidator(_hosts)] = frozenset()
    """Hosts that may be fetched although their address is private, loopback or link-local."""
    name: str = ""
    """Who you are: the name verdicts are recorded under; empty: the name you are logged in with."""
    contact: str = ""
    """A mail address or a page, sent with every request so that a server's owner can reach you."""
    proxy: SecretStr | None = None
    timeout: float = Field(default=20.0, gt=0, le=600)
    """Seconds one request may take, redirects and body included."""
    max_megabytes: float = Field(default=10.0, gt=0, le=1000)
    """The largest answer that is read, after decompression."""
    max_connections: int = Field(default=20, ge=1, le=200)
    profiles: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """For whom digests are made; each table is checked when its profile is asked for."""
    llm_base_url: str = ""
    """An endpoint of the chat-completions protocol ("http://127.0.0.1:11434/v1"); empty: no language model is asked."""
    llm_model: str = ""
    """The model's name there."""
    llm_api_key: SecretStr | None = None
    llm_timeout: float = Field(default=120.0, gt=0, le=3600)
    """Seconds one answer of the model may take."""
    llm_requests_per_minute: int = Field(default=60, ge=1, le=100_000)
    llm_run_requests: int | None = Field(default=500, ge=0)
    llm_run_tokens: int | None = Field(default=2_000_000, ge=0)
    llm_day_requests: int | None = Field(default=2_000, ge=0)
    llm_day_tokens: int | None = Field(default=5_000_000, ge=0)
    """The most that may be used of the model, in one run and in one day (UTC)."""
    seeds: bool = True
    """Whether a fresh database starts from the articles Deltawire ships with."""

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr) -> SecretStr:
        if not re.match(r"(sqlite|postgres(ql)?(\+psycopg)?)://|$", url.get_secret_value()):
            raise ValueError("looks like sqlite:///path/to/file.db or postgresql+psycopg://user@host/name")
        return url

    @field_validator("llm_base_url")
    @classmethod
    def _known_endpoint(cls, url: str) -> str:
        if not re.match(r"https?://[^/@]+(/|$)|$", url):
            raise ValueError("looks like https://host/v1, without a password (DELTAWIRE_LLM_API_KEY is for that)")
        return url

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flag, environment, secret file, deltawire.toml."""
        flags = init_settings()
        return (
            init_settings,
            env_settings,
            _SecretFiles(settings_cls),
            TomlConfigSettingsSource(settings_cls, Path(flags["config_file"])),
        )

    @property
    def url(self) -> str:
        """The database's URL, password included: for opening it, never for printing."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.home / 'deltawire.db'}"

    @property
    def person(self) -> str:
        """Who rules: the name set, else the login's."""
        if self.name:
            return self.name
        try:
            return getpass.getuser()
        except (OSError, KeyError):  # a user number without a name, as in some containers
            return "somebody"

    @property
    def llm(self) -> bool:
        """Whether a language model is set up; an endpoint needs a model's name to be one."""
        return bool(self.llm_base_url and self.llm_model)

    def clock(self) -> datetime:
        """Now, or the moment the clock was fixed at; aware, UTC."""
        return self.now or datetime.now(UTC)


class _SecretFiles(PydanticBaseSettingsSource):
    """`DELTAWIRE_NAME_FILE` names a file whose content is the secret `name`."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"{PREFIX}{field_name.upper()}_FILE")
        if path is None or SecretStr not in (field.annotation, *getattr(field.annotation, "__args__", ())):
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{PREFIX}{field_name.upper()}_FILE", f"{path} cannot be read: {error}") from error

    def __call__(self) -> dict[str, Any]:
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def find_home(flag: Path | None = None) -> Path:
    """The home: the flag, else DELTAWIRE_HOME, else the user's data folder; absolute."""
    given = flag or os.environ.get(f"{PREFIX}HOME") or user_data_path("deltawire", appauthor=False)
    return Path(given).expanduser().absolute()


def load_settings(home: Path | None = None, config_file: Path | None = None, **flags: object) -> Settings:
    """The settings in force; a flag that is None was not given.

    ConfigError names file, line and key (or the variable, or the flag) of what is wrong; a
    `config_file` given by flag must exist, the home's own `deltawire.toml` may be absent.
    """
    place = find_home(home)
    if config_file is not None and not config_file.is_file():
        raise ConfigError(str(config_file), "no such file")
    path = config_file or place / FILE
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(home=place, config_file=path, **given)  # type: ignore[arg-type]  # flags are validated by the model
    except tomllib.TOMLDecodeError as error:
        named = re.search(r"at line (\d+)", str(error))
        line = named[1] if named else len(path.read_text(encoding="utf-8").splitlines())
        raise ConfigError(f"{path}:{line}", f"not TOML: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        message = "no such setting" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise ConfigError(_origin(key, given, path), f"{key}: {message}") from error


def _origin(key: str, flags: dict[str, object], path: Path) -> str:
    """Where the value of `key` came from: its flag, its variable, or its line in the file."""
    if key in flags:
        return f"--{key.replace('_', '-')}"
    for variable in (f"{PREFIX}{key.upper()}", f"{PREFIX}{key.upper()}_FILE"):
        if variable in os.environ:
            return variable
    return line_of(path, key)


def line_of(path: Path, key: str, table: str = "") -> str:
    """ "FILE:LINE" of a key (in a table), or of the table, or the file alone."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
    here, found = "", None
    for number, text in enumerate(lines, 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", text):
            here = header[1]
            if here == table or here.split(".")[0] == key:
                found = number
        elif here == table and wanted.match(text):
            return f"{path}:{number}"
    return f"{path}:{found}" if found else str(path)


def prefect_variables(home: Path) -> dict[str, str]:
    """What Prefect is to be told by environment variables, save what the user has set already.

    Its files go below our home, never into our database; it sends no telemetry, and says on the
    terminal only what is wrong.
    """
    ours = {
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    }
    return {name: value for name, value in ours.items() if name not in os.environ}


def prefect_api_given() -> bool:
    """Whether the user runs a Prefect server of their own."""
    return bool(os.environ.get("PREFECT_API_URL"))

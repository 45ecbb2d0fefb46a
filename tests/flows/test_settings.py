from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.clock import parse_time, time_text
from flows.errors import ConfigError
from flows.settings import find_home, load_settings, prefect_variables


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "NOW", "CONTACT", "TIMEOUT", "DATABASE_URL", "DATABASE_URL_FILE", "ALLOW_PRIVATE_HOSTS", "PROXY"):
        monkeypatch.delenv(f"DELTAWIRE_{name}", raising=False)


def toml(home: Path, text: str) -> Path:
    (home / "deltawire.toml").write_text(text, encoding="utf-8")
    return home


def test_flag_comes_before_environment_before_file_before_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings(tmp_path).contact == ""
    toml(tmp_path, 'contact = "file"')
    assert load_settings(tmp_path).contact == "file"
    monkeypatch.setenv("DELTAWIRE_CONTACT", "environment")
    assert load_settings(tmp_path).contact == "environment"
    assert load_settings(tmp_path, contact="flag").contact == "flag"


def test_the_home_is_the_flag_then_the_variable_then_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert find_home().name == "deltawire"
    monkeypatch.setenv("DELTAWIRE_HOME", str(tmp_path / "variable"))
    assert find_home() == tmp_path / "variable"
    assert find_home(tmp_path / "flag") == tmp_path / "flag"


def test_without_a_url_the_database_is_a_file_in_the_home(tmp_path: Path) -> None:
    assert load_settings(tmp_path).url == f"sqlite:///{tmp_path}/deltawire.db"


def test_a_secret_may_stand_in_a_file_and_is_never_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("postgresql+psycopg://user:hunter2@db/news\n", encoding="utf-8")
    monkeypatch.setenv("DELTAWIRE_DATABASE_URL_FILE", str(tmp_path / "secret"))
    settings = load_settings(tmp_path)
    assert settings.url == "postgresql+psycopg://user:hunter2@db/news"
    assert "hunter2" not in repr(settings) + str(settings.model_dump())


def test_a_missing_secret_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTAWIRE_DATABASE_URL_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ConfigError, match=r"DELTAWIRE_DATABASE_URL_FILE.*nowhere"):
        load_settings(tmp_path)


def test_a_wrong_database_does_not_show_its_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTAWIRE_DATABASE_URL", "mysql://user:hunter2@db/news")
    with pytest.raises(ConfigError, match="DELTAWIRE_DATABASE_URL: database_url") as caught:
        load_settings(tmp_path)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("# a remark\ntimout = 3\n", 2, "timout"),
        ('contact = "x"\n\ntimeout = "long"\n', 3, "timeout"),
        ("timeout = 0", 1, "timeout"),
        ('now = "yesterday"', 1, "now"),
        ("contact = \n", 1, "TOML"),
        ("a = 1\nb = [\n", 2, "TOML"),
        ("[profils.me]\n", 1, "profils"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_line_and_key(tmp_path: Path, text: str, line: int, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(toml(tmp_path, text))
    assert caught.value.where == f"{tmp_path}/deltawire.toml:{line}"
    assert key in caught.value.problem


def test_a_mistake_in_the_environment_names_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTAWIRE_TIMEOUT", "soon")
    with pytest.raises(ConfigError, match="DELTAWIRE_TIMEOUT: timeout"):
        load_settings(toml(tmp_path, "timeout = 3"))


def test_a_mistake_in_a_flag_names_the_flag(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--now: now: no offset"):
        load_settings(tmp_path, now="2026-01-07T09:00")


def test_a_file_asked_for_must_exist_and_be_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_settings(tmp_path, tmp_path / "nowhere.toml")
    (tmp_path / "deltawire.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"deltawire\.toml: cannot be read"):
        load_settings(tmp_path)


def test_private_hosts_are_a_list_of_commas_or_of_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml(tmp_path, 'allow_private_hosts = ["Feeds.Intranet"]')
    assert load_settings(tmp_path).allow_private_hosts == {"feeds.intranet"}
    monkeypatch.setenv("DELTAWIRE_ALLOW_PRIVATE_HOSTS", "127.0.0.1, feeds.intranet ,")
    assert load_settings(tmp_path).allow_private_hosts == {"127.0.0.1", "feeds.intranet"}


def test_an_empty_variable_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTAWIRE_NOW", "")
    assert load_settings(tmp_path).now is None


def test_the_clock_stands_where_it_was_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DELTAWIRE_NOW", "2026-01-07T09:00:00+08:00")
    assert load_settings(tmp_path).clock() == datetime(2026, 1, 7, 1, tzinfo=UTC)
    assert load_settings(tmp_path, now="2026-02-01").clock() == datetime(2026, 2, 1, tzinfo=UTC)


def test_prefect_keeps_to_our_home_unless_told_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_HOME", raising=False)
    ours = prefect_variables(tmp_path)
    assert ours["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert ours["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    monkeypatch.setenv("PREFECT_HOME", "/somewhere/else")
    assert "PREFECT_HOME" not in prefect_variables(tmp_path)


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "2026-01-07T25:00Z", "2026-01-07T09:00:00", "", "20260107"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a time|no offset"):
        parse_time(text)


def test_times_come_back_as_they_were_written() -> None:
    for text in ("2026-01-07T09:00:00Z", "2026-01-07T09:00:00.250000Z"):
        assert time_text(parse_time(text)) == text
    assert time_text(parse_time("2026-01-07")) == "2026-01-07T00:00:00Z"

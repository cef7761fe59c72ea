"""Pip's settings reach uv: files from weak to strong, the environment over them, and the user's own UV_* over all."""

from pathlib import Path

from installer.pip_settings import config_files, pip_settings, uv_environment


def write(path: Path, text: str) -> Path:
    """A configuration file with this text."""
    path.write_text(text, encoding="utf-8")
    return path


def test_a_stronger_file_wins_and_the_environment_over_it(tmp_path: Path) -> None:
    weak = write(tmp_path / "weak", "[global]\nindex-url = https://weak.example/simple\ntimeout = 5\n")
    strong = write(tmp_path / "strong", "[install]\nindex_url = https://strong.example/simple\n")
    files = [weak, tmp_path / "absent", strong]
    assert pip_settings({}, files) == {"index-url": "https://strong.example/simple", "timeout": "5"}
    environ = {"PIP_INDEX_URL": "https://user.example/simple", "PIP_DEFAULT_TIMEOUT": "9", "PIP_PROXY": ""}
    assert pip_settings(environ, files) == {"index-url": "https://user.example/simple", "timeout": "9"}


def test_uv_is_told_what_pip_was(tmp_path: Path) -> None:
    settings = {"index-url": "https://a.example/simple", "extra-index-url": "file:///b\nfile:///c", "cert": "/ca.pem"}
    environ = uv_environment(settings | {"find-links": "/wheels /more"}, {"HOME": "/home/me"})
    assert environ["UV_DEFAULT_INDEX"] == "https://a.example/simple"
    assert environ["UV_INDEX"] == "file:///b file:///c"
    assert environ["UV_INDEX_STRATEGY"] == "unsafe-best-match"
    assert environ["UV_FIND_LINKS"] == "/wheels,/more"
    assert environ["SSL_CERT_FILE"] == "/ca.pem"
    assert environ["UV_PYTHON_DOWNLOADS"] == "never"
    assert environ["HOME"] == "/home/me"


def test_what_the_user_told_uv_stays() -> None:
    environ = uv_environment({"index-url": "https://a.example/simple"}, {"UV_DEFAULT_INDEX": "https://mine.example"})
    assert environ["UV_DEFAULT_INDEX"] == "https://mine.example"
    assert "UV_INDEX_STRATEGY" not in environ


def test_the_chosen_file_is_the_strongest_and_the_null_device_switches_all_off() -> None:
    assert config_files({"PIP_CONFIG_FILE": "/mine.conf"})[-1] == Path("/mine.conf")
    assert Path("/etc/pip.conf") in config_files({})
    assert config_files({"PIP_CONFIG_FILE": "/dev/null"}) == []

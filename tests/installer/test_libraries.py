"""Missing system libraries: each has its package, and whoever may not install gets the exact line."""

from pathlib import Path

import pytest

from installer import SetUpError, libraries


def test_only_what_does_not_load_is_asked_for() -> None:
    packages = libraries.missing_packages(x11_window=False, loads=lambda soname: soname != "libEGL.so.1")
    assert packages == ["libegl1"]


def test_window_libraries_are_asked_for_only_where_there_is_a_window() -> None:
    headless = libraries.missing_packages(x11_window=False, loads=lambda _: False)
    with_window = libraries.missing_packages(x11_window=True, loads=lambda _: False)
    assert headless == list(libraries.DRAWING.values())
    assert set(with_window) - set(headless) == set(libraries.X11_WINDOW.values())


def test_an_unknown_library_does_not_load() -> None:
    assert not libraries.loads("libnobodyhasthis.so.1")


def test_xvfb_is_asked_for_where_it_is_not_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert libraries.missing_packages(x11_window=True, xvfb=True, loads=lambda _: True) == ["xvfb"]
    (tmp_path / "Xvfb").touch(mode=0o755)
    assert libraries.missing_packages(x11_window=True, xvfb=True, loads=lambda _: True) == []


def test_who_may_not_install_gets_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SetUpError, match=r"sudo apt-get install -y --no-install-recommends libegl1 libgl1$"):
        libraries.provide(["libegl1", "libgl1"])


def test_without_apt_the_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(SetUpError, match=r"missing.*: libegl1$"):
        libraries.provide(["libegl1"])


def test_nothing_missing_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    libraries.provide([])


@pytest.mark.parametrize("name", ["NotoSansCJK-Regular.ttc", "DroidSansFallbackFull.ttf", "wqy-zenhei.ttc"])
def test_a_chinese_font_is_known_by_its_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "DejaVuSans.ttf").touch()
    assert not libraries.has_chinese_font([tmp_path])
    (tmp_path / "truetype" / name).touch()
    assert libraries.has_chinese_font([tmp_path])

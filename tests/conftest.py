"""What every test is held to: no leaked thread, process, task or timer, and no log record nobody expected.

Python and Qt warnings fail through pytest's own settings in pyproject.toml. Tests keep out of the user's folders. Qt
draws on the offscreen platform; a test marked `xvfb` hands the real X screen to the processes it starts.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.leaks import LogWatch, leaked_processes, leaked_tasks, leaked_threads, leaked_timers

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Speed belongs to the benchmarks. Where hypothesis sees CI, its own profile draws the same examples every time.
settings.register_profile("untimed", settings.default, deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home for fixtures that outlive a test; caches are shared, or fonts and shaders would be read anew each time."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        _fresh_folders(patch, home)
        yield


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    _fresh_folders(monkeypatch, tmp_path_factory.mktemp("xdg"))


def _fresh_folders(patch: pytest.MonkeyPatch, base: Path) -> None:
    for name in ("DATA_HOME", "CONFIG_HOME", "STATE_HOME", "RUNTIME_DIR"):
        folder = base / name.lower()
        folder.mkdir(mode=0o700)
        patch.setenv(f"XDG_{name}", str(folder))


@pytest.fixture(autouse=True)
def _leaves_nothing_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    with leaked_processes() as processes, leaked_threads() as threads, leaked_tasks() as tasks:
        yield
    timers = leaked_timers() if "qapp" in request.fixturenames else []
    left = [*processes, *threads, *tasks, *timers]
    if left:
        pytest.fail("left behind: " + ", ".join(left))


@pytest.fixture(autouse=True)
def _logs_nothing_unexpected(request: pytest.FixtureRequest) -> Iterator[None]:
    patterns = [pattern for marker in request.node.iter_markers("expect_log") for pattern in marker.args]
    with LogWatch() as watch:
        yield
    watch.judge(patterns)


@pytest.fixture(autouse=True)
def _screen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("xvfb"):
        if "DISPLAY" not in os.environ:
            pytest.skip("needs an X screen; python3 installer/test.py brings one")
        monkeypatch.delenv("QT_QPA_PLATFORM")

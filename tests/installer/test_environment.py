"""The stamp: when the environment is taken as it is, when it is completed, and what is announced before downloading."""

from pathlib import Path

import pytest

from installer import environment


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with two short lists and no environment."""
    for name, constant in (("run", "RUN_LOCK"), ("test", "TEST_LOCK")):
        lock = tmp_path / f"{name}.lock"
        lock.write_text(f"# 2 packages, about {len(name)} MB; written by hand\n{name}==1\n", encoding="utf-8")
        monkeypatch.setattr(environment, constant, lock)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp")
    return tmp_path


def locks() -> tuple[list[Path], list[Path]]:
    """The lists for running, and those for testing."""
    return [environment.RUN_LOCK], [environment.RUN_LOCK, environment.TEST_LOCK]


@pytest.mark.usefixtures("checkout")
def test_an_environment_for_tests_serves_for_running_but_not_the_reverse() -> None:
    run, test = locks()
    assert not environment.is_ready(run)
    environment.STAMP.write_text(environment.stamp(run), encoding="utf-8")
    assert environment.is_ready(run)
    assert not environment.is_ready(test)
    environment.STAMP.write_text(environment.stamp(test), encoding="utf-8")
    assert environment.is_ready(run)
    assert environment.is_ready(test)


@pytest.mark.usefixtures("checkout")
def test_a_changed_list_or_another_python_or_place_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    run, _ = locks()
    environment.STAMP.write_text(environment.stamp(run), encoding="utf-8")
    monkeypatch.setattr(environment, "ROOT", Path("/elsewhere"))
    assert not environment.is_ready(run)
    monkeypatch.undo()


def test_a_changed_list_is_noticed(checkout: Path) -> None:
    run, _ = locks()
    environment.STAMP.write_text(environment.stamp(run), encoding="utf-8")
    (checkout / "run.lock").write_text("run==2\n", encoding="utf-8")
    assert not environment.is_ready(run)


@pytest.mark.usefixtures("checkout")
def test_only_what_is_not_there_yet_is_announced() -> None:
    run, test = locks()
    assert "2 packages, about 3 MB and 2 packages, about 4 MB to download" in environment.announcement(test)
    environment.STAMP.write_text(environment.stamp(run), encoding="utf-8")
    assert ": 2 packages, about 4 MB to download" in environment.announcement(test)


@pytest.mark.parametrize("lock", [environment.RUN_LOCK, environment.TEST_LOCK, environment.UV_LOCK])
def test_the_lists_have_hashes_and_no_addresses(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = [line for line in text.splitlines() if line[:1].isalnum()]
    assert entries
    assert all("==" in entry and entry.endswith("\\") for entry in entries)

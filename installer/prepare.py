"""What both commands do before they start: system libraries, then the environment. Instant when nothing is missing."""

from collections.abc import Sequence
from pathlib import Path

from installer import SetUpError, environment, libraries


def prepare(locks: Sequence[Path], *, x11_window: bool, xvfb: bool = False) -> None:
    """Makes everything ready, and prints only what it does.

    Raises:
        SetUpError: somebody has to do something first; the message says what.
    """
    missing = libraries.missing_packages(x11_window=x11_window, xvfb=xvfb)
    ready = environment.is_ready(locks)
    if not ready:
        missing += [] if libraries.has_certificates() else [libraries.CERTIFICATES]
        missing += _font(alone=not missing)
    libraries.provide(missing)
    if not ready:
        try:
            environment.make(locks)
        except OSError as error:
            raise SetUpError(
                f"The environment cannot be written; make room or free it, then start again. {error}"
            ) from error


def _font(*, alone: bool) -> list[str]:
    """The Chinese font where it is missing; alone it stops nobody who may not install it."""
    if libraries.has_chinese_font():
        return []
    if alone and not libraries.may_install():
        print(f"No Chinese font found; to read Chinese here: sudo apt-get install -y {libraries.CHINESE_FONT}")
        return []
    return [libraries.CHINESE_FONT]

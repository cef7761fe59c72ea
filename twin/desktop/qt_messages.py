"""What Qt says goes to Python's logging, so that there is one log; what it says for nothing is left out."""

from __future__ import annotations

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# The off-screen platform has no window manager to tell sizes to, and says so at every window.
_FOR_NOTHING = ("This plugin does not support propagateSizeHints()",)

_log = logging.getLogger("qt")


def route_qt_messages() -> None:
    """From now on."""
    qInstallMessageHandler(_handle)


def _handle(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if message not in _FOR_NOTHING:
        _log.log(_LEVELS[kind], "%s", message)

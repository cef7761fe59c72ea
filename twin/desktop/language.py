"""The language of the window: English as written in the code, or a translation from `assets/i18n`.

Switchable at run time.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
_FOLDER = Path(__file__).resolve().parents[2] / "assets" / "i18n"


def system_language() -> str:
    """The product's language nearest to what this machine speaks."""
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


class Language:
    """The translators installed in the application.

    Attributes:
        code: `en` or `zh_CN`; also the language in which names of the layout are shown.
    """

    def __init__(self) -> None:
        self.code = "en"
        self._installed: list[QTranslator] = []

    def use(self, code: str) -> None:
        """Switch; every widget gets a LanguageChange event. Unknown codes read English."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed = []
        self.code = code if code in LANGUAGES else "en"
        QLocale.setDefault(QLocale(self.code))
        if self.code == "en":
            return
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for file in (_FOLDER / f"twin_{self.code}.qm", Path(qt_folder) / f"qtbase_{self.code}.qm"):
            translator = QTranslator()
            if translator.load(str(file)):
                QCoreApplication.installTranslator(translator)
                self._installed.append(translator)

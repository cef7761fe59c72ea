"""The least that shows VTK in a Qt window: what `first_frame` compares the desk with. Ends when it is ended."""

import sys
from typing import Any

import vtkmodules.vtkRenderingOpenGL2  # noqa: F401 - registers the drawing classes
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkFiltersSources import vtkCubeSource
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper, vtkRenderer, vtkRenderWindow


class Cube(QWidget):
    """Draws the cube off screen and paints its pixels, as the desk does with its floor."""

    def __init__(self) -> None:
        super().__init__()
        source, mapper, actor, renderer = vtkCubeSource(), vtkPolyDataMapper(), vtkActor(), vtkRenderer()
        mapper.SetInputConnection(source.GetOutputPort())
        actor.SetMapper(mapper)
        renderer.AddActor(actor)
        self._window = vtkRenderWindow()
        self._window.SetOffScreenRendering(True)
        self._window.AddRenderer(renderer)
        self.resize(1280, 720)

    def paintEvent(self, _: QPaintEvent) -> None:
        width, height = self.width(), self.height()
        self._window.SetSize(width, height)
        self._window.Render()
        pixels: Any = vtkUnsignedCharArray()  # a buffer, which its type does not say
        self._window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 0, pixels, 0)
        image = QImage(memoryview(pixels), width, height, QImage.Format.Format_RGBA8888)
        painter = QPainter(self)
        painter.drawImage(0, 0, image.flipped(Qt.Orientation.Vertical))
        painter.end()
        print("cube drawn", flush=True)


def main() -> int:
    """Shows the cube until the window is closed."""
    application = QApplication(sys.argv)
    cube = Cube()
    cube.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())

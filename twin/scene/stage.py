"""Stage: the off-screen VTK window, its lights and its pixels. Nothing of factories in here."""

from __future__ import annotations

import math

import numpy as np
import vtkmodules.vtkRenderingOpenGL2  # noqa: F401  registers the OpenGL implementation of everything below
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import vtkUnsignedCharArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkLight, vtkRenderer, vtkRenderWindow

from twin.scene.camera import VIEW_ANGLE_DEG, View
from twin.scene.theme import FILL_FROM, KEY_FROM, Theme


class Stage:
    """Where actors stand and are drawn."""

    def __init__(self, width: int, height: int) -> None:
        self._renderer = vtkRenderer()
        self._renderer.SetUseOIT(False)  # panes and tints lie in order; its buffers cost 12 ms
        self._renderer.SetAutomaticLightCreation(False)
        self._window = vtkRenderWindow()
        self._window.SetOffScreenRendering(1)
        self._window.SetMultiSamples(0)
        self._window.AddRenderer(self._renderer)
        self._key, self._fill = _light(KEY_FROM), _light(FILL_FROM)
        self._renderer.AddLight(self._key)
        self._renderer.AddLight(self._fill)
        self.resize(width, height)

    def add(self, *actors: vtkActor) -> None:
        """Put actors on the stage."""
        for actor in actors:
            self._renderer.AddActor(actor)

    def remove(self, actor: vtkActor) -> None:
        """Take an actor off."""
        self._renderer.RemoveActor(actor)

    def light(self, theme: Theme) -> None:
        """Background, lights and how surfaces answer to them."""
        self._renderer.SetBackground([channel / 255 for channel in theme.background])
        self._key.SetIntensity(theme.key)
        self._fill.SetIntensity(theme.fill)
        actors = self._renderer.GetActors()
        actors.InitTraversal()
        for _ in range(actors.GetNumberOfItems()):
            surface = actors.GetNextActor().GetProperty()
            surface.SetAmbient(theme.ambient if surface.GetLighting() else 0.0)

    def resize(self, width: int, height: int) -> None:
        """The size of the picture, pixels."""
        self._width, self._height = max(width, 1), max(height, 1)
        self._window.SetSize(self._width, self._height)
        self._pixels = np.zeros((self._height, self._width, 4), np.uint8)
        self._readback = vtkUnsignedCharArray()
        self._readback.SetNumberOfComponents(4)
        self._readback.SetVoidArray(self._pixels.reshape(-1), self._pixels.size, 1)

    def look(self, view: View) -> None:
        """Put VTK's camera where the view's eye is."""
        camera = self._renderer.GetActiveCamera()
        camera.SetViewAngle(VIEW_ANGLE_DEG)
        camera.SetFocalPoint(*view.focus)
        camera.SetPosition(*(float(value) for value in view.eye))
        camera.SetViewUp(*(float(value) for value in view.axes[1]))
        near = max(view.distance_m * 0.05, 0.2) if math.isfinite(view.distance_m) else 0.2
        camera.SetClippingRange(near, near + view.distance_m * 3.0 + 200.0)

    def render(self, *, smooth: bool) -> None:
        """Draw, with smooth edges or without, and read the picture back."""
        self._renderer.SetUseFXAA(smooth)
        self._window.Render()
        self._window.GetRGBACharPixelData(0, 0, self._width - 1, self._height - 1, 0, self._readback, 0)

    def pixels(self) -> NDArray[np.uint8]:
        """(h, w, 4) RGBA of the last `render`, its first row the lowest; overwritten by the next one."""
        return self._pixels

    def close(self) -> None:
        """Give up the window and everything on it."""
        self._renderer.RemoveAllViewProps()
        self._renderer.RemoveAllLights()
        self._window.RemoveRenderer(self._renderer)
        self._window.Finalize()


def _light(towards: tuple[float, float, float]) -> vtkLight:
    light = vtkLight()
    light.SetLightTypeToSceneLight()
    light.SetPositional(False)
    light.SetPosition(towards)
    light.SetFocalPoint(0.0, 0.0, 0.0)
    return light

"""VTK actors whose data are numpy arrays shared in place: a painted mesh, swarms of one shape, a textured floor.

VTK keeps pointers into the arrays, so whoever owns an actor owns its arrays for as long.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from vtkmodules.vtkCommonCore import (
    vtkBitArray,
    vtkDataArray,
    vtkFloatArray,
    vtkIdTypeArray,
    vtkPoints,
    vtkUnsignedCharArray,
)
from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkImageData, vtkPolyData
from vtkmodules.vtkRenderingCore import vtkActor, vtkGlyph3DMapper, vtkPolyDataMapper, vtkTexture

from twin.history.batch import Floats
from twin.scene.shapes import Mesh
from twin.session.frame import Bools

Bytes = NDArray[np.uint8]
_KINDS = {"float32": vtkFloatArray, "uint8": vtkUnsignedCharArray, "int64": vtkIdTypeArray}


def shared(values: NDArray[np.float32] | Bytes | NDArray[np.int64]) -> vtkDataArray:
    """A VTK array on the memory of `values` (n, components); the caller keeps `values` alive and contiguous."""
    array: vtkDataArray = _KINDS[str(values.dtype)]()
    array.SetNumberOfComponents(values.shape[1] if values.ndim == 2 else 1)
    array.SetVoidArray(values.reshape(-1), values.size, 1)
    return array


class _Surface:
    """A mesh as VTK polydata, with the arrays that it points into; its largest pieces come first.

    Attributes:
        drawn: how many of its triangles are left in.
    """

    def __init__(self, mesh: Mesh, *, normals: bool = False) -> None:
        self.points = np.ascontiguousarray(mesh.points)
        self._normals = np.ascontiguousarray(mesh.normals)
        order = np.argsort(-mesh.piece_m2, kind="stable")
        self._triangles, self._piece_m2 = mesh.triangles[order], -mesh.piece_m2[order]
        self._corners = np.ascontiguousarray(self._triangles.reshape(-1), np.int64)
        self.drawn = len(self._triangles)
        self.data = vtkPolyData()
        points = vtkPoints()
        points.SetData(shared(self.points))
        self.data.SetPoints(points)
        if normals:
            self.data.GetPointData().SetNormals(shared(self._normals))
        self._cells = vtkCellArray()
        self._cells.SetData(3, shared(self._corners))
        self.data.SetPolys(self._cells)

    def leave_out(self, below_m2: float) -> bool:
        """Draw only pieces with at least this surface; whether that is any other number of triangles than before."""
        drawn = int(np.searchsorted(self._piece_m2, -below_m2, side="right"))
        if drawn == self.drawn:
            return False
        self.drawn = drawn
        self._cells.SetData(3, shared(self._corners[: 3 * drawn]))
        self._cells.Modified()
        self.data.Modified()
        return True

    def leave_only(self, seen: Bools) -> None:
        """Draw only triangles with a vertex among `seen` (n,)."""
        drawn = self._triangles[seen[self._triangles].any(axis=1)]
        self._corners = np.ascontiguousarray(drawn.reshape(-1), np.int64)
        self._cells.SetData(3, shared(self._corners))
        self._cells.Modified()


class Painted:
    """A mesh with a colour for every vertex, drawn as it is, without lights; `paint` replaces all colours."""

    def __init__(self, mesh: Mesh, *, alpha: bool = False) -> None:
        self._surface = _Surface(mesh)
        self._colours = np.zeros((len(mesh.points), 4 if alpha else 3), np.uint8)
        self._array = shared(self._colours)
        self._surface.data.GetPointData().SetScalars(self._array)
        mapper = vtkPolyDataMapper()
        mapper.SetInputData(self._surface.data)
        mapper.SetColorModeToDirectScalars()
        self.actor = vtkActor()
        self.actor.SetMapper(mapper)
        self.actor.SetVisibility(bool(len(mesh.points)))
        self.actor.GetProperty().LightingOff()
        if alpha:
            self.actor.ForceTranslucentOn()

    @property
    def triangles(self) -> int:
        """How many there are, at most, to be drawn."""
        return self._surface.drawn

    def leave_out(self, below_m2: float) -> None:
        """Draw only pieces with at least this surface."""
        if self._surface.leave_out(below_m2):
            self.actor.SetVisibility(self.triangles > 0)

    def paint(self, colours: NDArray[np.float64] | Bytes) -> None:
        """New colours, (n, 3) or (n, 4), 0 to 255. What is quite clear costs nothing: its triangles are left out."""
        np.copyto(self._colours, colours, casting="unsafe")
        if self._colours.shape[1] == 4:
            self._surface.leave_only(self._colours[:, 3] > 0)
        self._array.Modified()
        self._surface.data.Modified()


class Swarm:
    """Many things of one shape: each has a point, a turn (quaternion w x y z), a colour, and may be hidden."""

    def __init__(self, mesh: Mesh, count: int, *, lit: bool = True) -> None:
        self._shape = _Surface(mesh, normals=lit)
        self._seen = 0
        self._points_at = np.zeros((count, 3), np.float32)
        self._turns = np.zeros((count, 4), np.float32)
        self._colours = np.zeros((count, 3), np.uint8)
        self._shown = np.zeros((count + 7) // 8, np.uint8)  # one bit a thing: VTK takes no other kind of mask
        self._points, self._data = vtkPoints(), vtkPolyData()
        self._points.SetData(shared(self._points_at))
        self._data.SetPoints(self._points)
        turns, shown = shared(self._turns), vtkBitArray()
        shown.SetVoidArray(self._shown, count, 1)
        turns.SetName("turns")
        shown.SetName("shown")
        self._tints = shared(self._colours)
        self._moving = (self._points.GetData(), self._points, turns, shown)
        self._data.GetPointData().AddArray(turns)
        self._data.GetPointData().SetScalars(self._tints)
        self._data.GetPointData().AddArray(shown)
        self.actor = vtkActor()
        self.actor.SetMapper(self._mapper())
        self.actor.GetProperty().SetLighting(lit)

    def _mapper(self) -> vtkGlyph3DMapper:
        mapper = vtkGlyph3DMapper()
        mapper.SetInputData(self._data)
        mapper.SetSourceData(self._shape.data)
        mapper.ScalingOff()
        mapper.OrientOn()
        mapper.SetOrientationArray("turns")
        mapper.SetOrientationModeToQuaternion()
        mapper.MaskingOn()
        mapper.SetMaskArray("shown")
        mapper.SetColorModeToDirectScalars()
        return mapper

    @property
    def triangles(self) -> int:
        """How many there are to be drawn."""
        return self._shape.drawn * self._seen

    def leave_out(self, below_m2: float) -> None:
        """Draw only pieces with at least this surface."""
        if self._shape.leave_out(below_m2):
            self.actor.SetVisibility(self.triangles > 0)

    def move(self, points: Floats, turns: Floats, shown: Bools) -> None:
        """Put every thing somewhere, and say which of them are to be seen."""
        self._seen = int(np.count_nonzero(shown))
        self.actor.SetVisibility(self.triangles > 0)
        if self._seen:
            self._points_at[:], self._turns[:], self._shown[:] = points, turns, np.packbits(shown)
            for array in self._moving:
                array.Modified()
            self._data.Modified()

    def colour(self, colours: Floats) -> None:
        """New colours (n, 3), 0 to 255."""
        np.copyto(self._colours, colours, casting="unsafe")
        self._tints.Modified()
        self._data.Modified()


class Ground:
    """The floor: one rectangle with a texture, not lit, so that it ends in exactly the background's colour."""

    def __init__(self, reach: tuple[float, float, float, float]) -> None:
        x0, y0, x1, y1 = reach
        corners = np.array([[x0, y0, 0], [x1, y0, 0], [x1, y1, 0], [x0, y1, 0]], np.float32)
        up = np.tile(np.array([0, 0, 1], np.float32), (4, 1))
        self._surface = _Surface(Mesh(corners, up, np.array([[0, 1, 2], [0, 2, 3]], np.int32)))
        self._where = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
        self._surface.data.GetPointData().SetTCoords(shared(self._where))
        mapper = vtkPolyDataMapper()
        mapper.SetInputData(self._surface.data)
        self._image, self._texture = vtkImageData(), vtkTexture()
        self._texture.SetInputData(self._image)
        self._texture.InterpolateOn()
        self._texture.MipmapOn()
        self._texture.SetMaximumAnisotropicFiltering(1.0)
        self.actor = vtkActor()
        self.actor.SetMapper(mapper)
        self.actor.SetTexture(self._texture)
        self.actor.GetProperty().LightingOff()

    def paint(self, picture: Bytes) -> None:
        """A new texture, (h, w, 3), first row at the floor's southern edge."""
        height, width, _ = picture.shape
        self._picture = np.ascontiguousarray(picture)
        self._image.SetDimensions(width, height, 1)
        self._image.GetPointData().SetScalars(shared(self._picture.reshape(-1, 3)))
        self._image.Modified()

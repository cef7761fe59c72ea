"""Machines of the refrigerant circuit: pressure hold, evacuation carousel, charging, sealing."""

from __future__ import annotations

import math

from twin.scene.motions import Part, Wave
from twin.scene.placing import CAROUSEL_RIM_M, carousel_angle
from twin.scene.sketch import Footing, Sketch
from twin.scene.theme import Material


def _press_frame(sketch: Sketch, foot: Footing, material: Material) -> float:
    """Two heavy portals and a head between them over the conveyor; returns the height of the top."""
    top = foot.height_m - 0.1
    for x in (-0.62, 0.62):
        sketch.gate(material, x, 1.14, top, 0.2)
    sketch.box(material, (0.0, 0.0, top - 0.26), (1.5, 0.9, 0.34), 0.06)
    sketch.box(Material.FRAME, (0.0, 0.0, top + 0.08), (0.62, 0.5, 0.1))
    sketch.parts.append(Part("press", (0.0, 0.0, 1.66), travel=(0.0, 0.0, -0.22), wave=Wave.PRESS))
    return top


def pressure_hold(sketch: Sketch, foot: Footing) -> None:
    """A clamp that comes down on the unit, nitrogen bottles in a stand, gauges."""
    top = _press_frame(sketch, foot, Material.SHELL)
    for k in range(3):
        sketch.cylinder(Material.STEEL, (-0.8 + 0.34 * k, 0.86, 0.0), (0.14, 1.35), 14)
    sketch.box(Material.FRAME, (-0.46, 0.86, 0.9), (1.1, 0.34, 0.05), 0.0)
    sketch.hose(Material.DARK, [(-0.46, 0.86, 1.36), (-0.46, 0.7, 1.95), (-0.2, 0.2, top - 0.1)], 0.03)
    sketch.cabinet((0.72, 0.86, 0.0), (0.6, 0.36, 1.5), 1)
    sketch.panel((0.95, -0.85, 1.0))
    sketch.beacon(0.62, 0.0, top)


def evacuation_carousel(sketch: Sketch, foot: Footing) -> None:
    """A round table of places, a vacuum pump under each, hoses from a turning manifold in the middle."""
    level = foot.conveyor_m
    sketch.ring(Material.STEEL, (0.0, 0.0, level - 0.12), (CAROUSEL_RIM_M + 0.48, CAROUSEL_RIM_M - 0.5), 0.12)
    sketch.ring(Material.FRAME, (0.0, 0.0, level - 0.26), (CAROUSEL_RIM_M + 0.38, CAROUSEL_RIM_M - 0.4), 0.14)
    sketch.cylinder(Material.FRAME, (0.0, 0.0, 0.0), (0.9, 0.28), 32)
    sketch.cylinder(Material.SHELL, (0.0, 0.0, 0.28), (0.62, 1.25), 28)
    sketch.cylinder(Material.FRAME, (0.0, 0.0, 1.53), (0.7, 0.12), 28)
    sketch.parts.append(Part("rotor", (0.0, 0.0, 1.66), turn_rad=16 * math.pi, wave=Wave.TURN))
    for place in range(foot.places):
        _pump(sketch, carousel_angle(place, foot.places), level)
    sketch.ring(Material.STEEL, (0.0, 0.0, 1.98), (2.5, 2.42), 0.08)
    for k in range(3):
        angle = 2 * math.pi * k / 3 + 0.5
        x, y = 2.46 * math.cos(angle), 2.46 * math.sin(angle)
        sketch.box(Material.FRAME, (x, y, 0.0), (0.1, 0.1, 2.0), 0.0)
    sketch.beacon(0.0, 0.0, 1.8)


def _pump(sketch: Sketch, angle: float, level: float) -> None:
    out = (math.cos(angle), math.sin(angle))

    def at(radius: float, z: float) -> tuple[float, float, float]:
        return (radius * out[0], radius * out[1], z)

    sketch.rod(Material.ACCENT, at(CAROUSEL_RIM_M - 1.1, 0.2), at(CAROUSEL_RIM_M - 0.65, 0.2), 0.15)
    sketch.rod(Material.FRAME, at(CAROUSEL_RIM_M, 0.0), at(CAROUSEL_RIM_M, level - 0.2), 0.05)
    hose = [at(2.46, 2.0), at(2.75, 1.82), at(CAROUSEL_RIM_M - 0.42, 1.4), at(CAROUSEL_RIM_M - 0.4, level)]
    sketch.hose(Material.DARK, hose, 0.025)


def charging(sketch: Sketch, foot: Footing) -> None:
    """A glazed cabin round the charging guns, the refrigerant tank behind it, a weighing panel."""
    half, top = 0.9, foot.height_m - 0.15
    for x in (-half, half):
        sketch.gate(Material.SHELL, x, 1.16, top, 0.14)
    sketch.box(Material.SHELL, (0.0, 0.0, top), (foot.length_m - 0.35, 1.5, 0.14))
    for side in (-1, 1):
        sketch.pane((0.0, side * 0.62, 0.72), (2 * half - 0.14, 0.02, top - 0.95))
        sketch.box(Material.ACCENT, (0.0, side * 0.72, top - 0.2), (foot.length_m - 0.45, 0.05, 0.2), 0.0)
    for x in (-0.3, 0.3):
        sketch.parts.append(Part("spindle", (x, -0.05, 1.6), travel=(0.0, 0.0, -0.2), wave=Wave.PRESS))
    sketch.rod(Material.WHITE, (-0.95, 0.9, 0.62), (0.55, 0.9, 0.62), 0.3)
    for x in (-0.75, 0.35):
        sketch.box(Material.FRAME, (x, 0.9, 0.0), (0.12, 0.5, 0.4), 0.0)
    sketch.hose(Material.COPPER, [(-0.2, 0.9, 0.9), (-0.2, 0.9, 1.9), (-0.2, 0.6, top)], 0.03)
    sketch.cabinet((0.95, 0.9, 0.0), (0.44, 0.4, 1.6), 1)
    sketch.panel((-0.95, -0.92, 1.0))
    sketch.beacon(half, 0.0, top + 0.14)


def sealing(sketch: Sketch, foot: Footing) -> None:
    """An ultrasonic sealing head, and a robot that leads the leak sniffer round the joints."""
    top = foot.height_m - 0.1
    for x in (-0.72, -0.1):
        sketch.gate(Material.SHELL, x, 1.14, top, 0.16)
    sketch.box(Material.SHELL, (-0.41, 0.0, top - 0.24), (0.95, 0.7, 0.3), 0.06)
    sketch.parts.append(Part("spindle", (-0.41, 0.0, 1.62), travel=(0.0, 0.0, -0.2), wave=Wave.PRESS))
    sketch.arm((0.55, 1.05, 0.0), -math.pi / 2, -1)
    sketch.cabinet((-0.6, 0.9, 0.0), (0.6, 0.4, 1.4), 1)
    sketch.panel((0.7, -0.85, 1.0))
    sketch.beacon(-0.41, 0.0, top + 0.06)

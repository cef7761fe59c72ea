"""The 3D floor: VTK, no Qt, works off screen."""

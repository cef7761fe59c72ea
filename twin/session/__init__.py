"""The brain: playback, commands, frames. No Qt, no VTK."""

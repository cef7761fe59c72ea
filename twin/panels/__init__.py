"""Qt and pyqtgraph panels; each is a View that shows frames. No VTK."""

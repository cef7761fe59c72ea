"""What the factory is: layout, machine kinds, tags, quality, PackML. No clock; the only I/O reads a layout file."""

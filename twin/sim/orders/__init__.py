"""From order to truck: demand, planning, the order book, engineering changes, as-built records. A part of the kernel."""

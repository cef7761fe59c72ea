"""From order to truck: demand, planning, order book, engineering changes, as-built records. Part of the kernel."""

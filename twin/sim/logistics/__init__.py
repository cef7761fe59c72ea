"""Logistics in the simulated plant: stores, line-side supplies, vehicles in traffic, warehouse, docks and trucks."""

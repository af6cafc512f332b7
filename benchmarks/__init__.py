"""Measurements: how fast the street from order lines to classes is, and against what."""

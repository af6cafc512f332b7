"""Customer classification: every scheme a declared decision with a purpose and a threshold."""

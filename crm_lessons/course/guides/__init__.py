"""The instructor's guides: one YAML file per lesson."""

"""What holds for all tests."""

from hypothesis import settings

# A busy machine is no fault: hypothesis measures nothing.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

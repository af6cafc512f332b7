"""What holds for all tests."""

from hypothesis import settings

# A busy machine is no fault: hypothesis measures nothing. What it tries differs from run to run,
# so that runs add up; `--hypothesis-profile thorough` tries twenty times as much in one.
settings.register_profile("unhurried", deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("unhurried")

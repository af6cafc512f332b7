"""Makes the sample tables: two invented businesses, seeded, the same bytes every time.

Random numbers come from ``random.Random``: its streams and its distributions are plain Python and
stay the same from one release to the next, which numpy does not promise.
Money is counted in fen (1 yuan = 100 fen), so that sums are exact.
"""

"""A small app for tests: street lamps that go dark and are mended. It stands on the rooms alone."""

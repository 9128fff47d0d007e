"""Figures and ratios, printed; nothing here is a test. `make bench`."""

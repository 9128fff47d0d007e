"""Rules of procurement: no Django."""

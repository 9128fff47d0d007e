"""The course of an approval as plain values: no Django, no clock."""

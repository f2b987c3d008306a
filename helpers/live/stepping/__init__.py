"""Stepping: whoever looks decides the schedule."""

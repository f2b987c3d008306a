"""The answers are read as text, never imported."""

collect_ignore_glob = ["[0-9]*_*.py"]

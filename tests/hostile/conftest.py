"""The hostile answers are read as text, never imported."""

collect_ignore_glob = ["answers.py"]

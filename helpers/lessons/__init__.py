"""The lessons: a package each, with its programs, their knobs, its measurements and its claims."""

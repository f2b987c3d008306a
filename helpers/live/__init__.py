"""What moves in a notebook: widgets that run, step through and show the programs of the lessons."""

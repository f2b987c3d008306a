"""What an instructor does with the exercises: `releasing` them from solutions/, packing them for learners.

`generating` calls nbgrader with the settings of nbgrader_config.py; `keys` seals the answers of
multiple-choice questions; `student` makes the package that holds neither solutions nor answers.
"""

"""Which schedule is played next: `SourceDpor` with partial-order reduction, `Exhaustive` without."""

"""What others write down about their systems: importers, one file each, that make declarations of it."""

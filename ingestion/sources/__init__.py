"""One package a system: pages in, typed columns out, nothing else."""

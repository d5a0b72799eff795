"""Each file in a worker process; its tallies come back over a pipe and are merged."""

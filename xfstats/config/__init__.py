"""What a run is asked: profile, vocabulary, options by type, plan, periods, limits, inputs."""

"""Configuration of a run: profile, vocabulary, types of options, plan, periods, limits, inputs."""

"""What each command does with a job; every one loads no more than it needs."""

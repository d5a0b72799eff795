"""Do the figures of a report, perhaps edited by hand, still match the logs?"""

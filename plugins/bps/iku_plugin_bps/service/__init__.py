"""The web service of the statistics office: a request, its answer, its figures as a table."""

"""Sources of the front end and what builds them into web/static/build."""

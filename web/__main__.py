"""`python -m web` is `namro`, for processes that start one another."""

from web.cli import main

main()

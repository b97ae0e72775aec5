"""What pages show, put together from queries into small dataclasses. Reads only."""

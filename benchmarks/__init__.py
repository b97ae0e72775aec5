"""Benchmarks: seconds beside a reference of the same run. `python -m benchmarks` prints; docs/benchmarks.md keeps."""

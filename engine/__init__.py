"""Running: definitions, instances, tasks, timers, jobs, working calendar, history.

Knows no web, no drafts, no passwords: an engine for any deployed BPMN, with a worker.
"""

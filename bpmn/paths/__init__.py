"""The longest path of a process in time: prefix sums for every element, the binding path, the worst case."""

from bpmn.paths.amount import NOTHING, Amount
from bpmn.paths.times import PathTimes, path_times
from bpmn.paths.weights import step_amount

__all__ = ["NOTHING", "Amount", "PathTimes", "path_times", "step_amount"]

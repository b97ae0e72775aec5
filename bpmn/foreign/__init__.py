"""What other tools say of a step in words of their own, taken into the five clears when their file comes in."""

from bpmn.foreign.adopt import UNSAID, Adopted, Wanted, adopt
from bpmn.foreign.choose import ProcessChoice, first_choice, process_choices

__all__ = ["UNSAID", "Adopted", "ProcessChoice", "Wanted", "adopt", "first_choice", "process_choices"]

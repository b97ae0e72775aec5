"""Two people's changes of one document brought together.

`three_way` takes the document that both began from and what each made of it. What only one of them changed is taken;
where both changed the same place differently the other's stays and the place is told, so that nothing is lost in
silence. Undoing an earlier change is the same question: from the document after it, one side goes back, the other is
today's.
"""

from bpmn.threeway.merge import Conflict, Merged, three_way

__all__ = ["Conflict", "Merged", "three_way"]

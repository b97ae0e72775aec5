/* What is chosen in the drawing, and where it is edited: in a row of the table, or in the drawing itself. */

/* Returns the row that an element belongs to, if any, and the word that says how it is edited. */
export function about(chosen, isRow) {
  const element = chosen?.labelTarget ?? chosen;
  if (!element) {
    return { word: 'nothing' };
  }
  if (isRow(element.id)) {
    return { row: element.id, word: 'row' };
  }
  const step = stepOf(element, isRow);
  return { row: step, word: wordOf(element, step) };
}

/* The step whose way, decision or event an element is. */
function stepOf(element, isRow) {
  const gateway = element.type === 'bpmn:SequenceFlow' ? element.source : element;
  if (/Gateway$/.test(gateway.type) && gateway.incoming.length === 1) {
    return isRow(gateway.incoming[0].source.id) ? gateway.incoming[0].source.id : undefined;
  }
  const owner = element.host ?? (gateway === element ? null : gateway);
  return owner && isRow(owner.id) ? owner.id : undefined;
}

function wordOf({ type, host, businessObject }, step) {
  if (businessObject.eventDefinitions?.some(({ $type }) => $type === 'bpmn:TimerEventDefinition')) {
    return 'timer';
  }
  if (type === 'bpmn:SequenceFlow') {
    return step ? 'way' : 'other';
  }
  if (/Gateway$/.test(type)) {
    return step ? 'decision' : 'other';
  }
  return host && step ? 'event' : ({ 'bpmn:Lane': 'lane', 'bpmn:Participant': 'pool' }[type] ?? 'other');
}

/* bpmn-js as the editor uses it: the whole modeler in Vietnamese, with the words of our dialect, without the elements
   that the engine refuses, and with one undo for table and diagram. */

import Modeler from 'bpmn-js/lib/Modeler';

import words from '../../../../bpmn/schema/namro.json';
import { vietnamese } from './vi.js';

const REFUSED =
  /script|service-task|complex|transaction|ad-hoc|compensation|cancel|event-subprocess|conditional-(?:start|intermediate|boundary|event)/;

class Offered {
  constructor(popupMenu) {
    for (const menu of ['bpmn-replace', 'bpmn-append', 'bpmn-create']) {
      popupMenu.registerProvider(menu, 100, this);
    }
  }

  getPopupMenuEntries() {
    return (entries) => Object.fromEntries(Object.entries(entries).filter(([name]) => !REFUSED.test(name)));
  }
}
Offered.$inject = ['popupMenu'];

window.namroModeler = (container, { undo, redo }) => {
  const modeler = new Modeler({
    container,
    moddleExtensions: { namro: words },
    additionalModules: [
      { translate: ['value', vietnamese], __init__: ['offered'], offered: ['type', Offered] },
    ],
  });
  const actions = modeler.get('editorActions');
  for (const [name, act] of Object.entries({ undo, redo })) {
    actions.unregister(name);
    actions.register(name, act);
  }
  return modeler;
};

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

/* Pictures of buttons come with style attributes, which the page's content security policy forbids: said as attributes of
   their own they are drawn. */
class Pictured {
  constructor(contextPad, popupMenu) {
    contextPad.registerProvider(100, this);
    popupMenu.registerProvider('align-elements', 100, this);
  }

  getMultiElementContextPadEntries() {
    return (entries) => withPictures(entries, 'html');
  }

  getPopupMenuEntries() {
    return (entries) => withPictures(entries, 'imageHtml');
  }
}
Pictured.$inject = ['contextPad', 'popupMenu'];

const withPictures = (entries, place) =>
  Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [name, { ...entry, [place]: entry[place]?.replace(STYLE, attributes) }]),
  );

const STYLE = /style="([^"]*)"/g;
const attributes = (_, rules) => rules.replace(/([\w-]+):([^;]+);?/g, '$1="$2" ');

window.namroModeler = (container, { undo, redo }) => {
  const modeler = new Modeler({
    container,
    moddleExtensions: { namro: words },
    additionalModules: [
      {
        translate: ['value', vietnamese],
        __init__: ['offered', 'pictured'],
        offered: ['type', Offered],
        pictured: ['type', Pictured],
      },
    ],
  });
  const actions = modeler.get('editorActions');
  for (const [name, act] of Object.entries({ undo, redo })) {
    actions.unregister(name);
    actions.register(name, act);
  }
  return modeler;
};

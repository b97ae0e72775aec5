/* The editor of a draft. The page is one form that works without this script; with it every change is saved as it is
   made, the rows and what the gate says follow, and the diagram stands beside the table.

   <form data-editor data-modeler data-diagram-action data-undo data-redo data-fresh> … </form>
*/

import { diagramView } from './diagram.js';
import { keys } from './keys.js';
import { leads } from './leads.js';
import { menus } from './menus.js';
import { paste } from './paste.js';
import { picker } from './picker.js';
import { player } from './player.js';
import { saving } from './saving.js';
import { show } from './show.js';
import { title } from './title.js';
import { views } from './views.js';

for (const form of document.querySelectorAll('[data-editor]')) {
  const office = { form };
  office.save = saving(office);
  office.show = (answer) => show(office, answer);
  office.diagram = diagramView(office);
  for (const behave of [menus, picker, keys, paste, views, leads, player, title]) {
    behave(office);
  }
}

/* Small behaviours over pages that work without them. One feature a file; no inline code anywhere. */

import 'htmx.org/dist/htmx.esm.js';

import { confirmations } from './confirm.js';
import { filters } from './filters.js';
import { focusSummary } from './summary.js';
import { menu } from './menu.js';
import { once } from './once.js';
import { printing } from './print.js';
import { selection } from './selection.js';
import { similar } from './similar.js';
import { uploads } from './upload.js';

for (const behave of [menu, focusSummary, once, confirmations, filters, selection, uploads, printing, similar]) {
  behave(document);
}

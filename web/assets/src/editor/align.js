/* Bring an element in line with a fresh one, and keep as much of it as can be kept: what did not change is not touched,
   so that focus, caret, a composition of the keyboard and open parts stay as they are. */

import { alignChoice } from './controls.js';

const OWN = /^(open|style|aria-(autocomplete|controls|activedescendant))$/; // the page itself sets these

export function align(old, fresh) {
  if (old.isEqualNode(fresh)) {
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    old.data = fresh.data;
    return;
  }
  alignAttributes(old, fresh);
  if (old.tagName === 'SELECT') {
    alignChoice(old, fresh);
  } else {
    alignContent(old, fresh);
  }
}

function alignAttributes(old, fresh) {
  const gone = [...old.attributes].filter(({ name }) => !fresh.hasAttribute(name) && !OWN.test(name));
  gone.forEach(({ name }) => old.removeAttribute(name));
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !OWN.test(name)) {
      old.setAttribute(name, value);
    }
  }
}

/* Each fresh part is the first old one of its kind; whoever stays is moved only where the order is another. */
function alignContent(old, fresh) {
  const left = parts(old);
  const pairs = parts(fresh).map((part) => {
    const at = left.findIndex((each) => kind(each) === kind(part));
    return [at < 0 ? null : left.splice(at, 1)[0], part];
  });
  left.forEach((part) => part.remove());
  let next = parts(old);
  for (const [same, part] of pairs) {
    if (same) {
      align(same, part);
    }
    const now = same ?? part;
    if (next[0] !== now) {
      old.insertBefore(now, next[0] ?? null);
    }
    next = next.filter((each) => each !== now);
  }
}

const parts = (element) => [...element.childNodes].filter((node) => node.nodeType !== Node.TEXT_NODE || node.data.trim());

/* A control is known by its name, anything else by what it is. */
const kind = (node) => `${node.nodeName} ${node.name ?? node.getAttribute?.('class') ?? ''}`;

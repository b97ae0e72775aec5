/* While a procedure is being named, those that are like it are told beside the name.

   <input data-similar="/tuong-tu?bo=CODE" data-similar-to="id of an element with role=status">
*/

const PAUSE = 350; // milliseconds after a key until procedures are looked for
const LEAST = 6; // letters that are enough to look

export function similar(root) {
  for (const field of root.querySelectorAll('[data-similar]')) {
    follow(field, root.getElementById(field.dataset.similarTo));
  }
}

function follow(field, place) {
  let timer = 0;
  let looking = null;
  let shown = place.innerHTML.trim();

  async function look() {
    looking?.abort();
    looking = new AbortController();
    const address = new URL(field.dataset.similar, window.location.href);
    address.searchParams.set('ten', field.value.trim());
    try {
      const answer = await fetch(address, { credentials: 'same-origin', signal: looking.signal });
      show(answer.ok ? (await answer.text()).trim() : '');
    } catch {
      // looked for again with the next key
    }
  }

  function show(html) {
    if (html !== shown) {
      place.innerHTML = html;
      shown = html;
    }
  }

  field.addEventListener('input', () => {
    clearTimeout(timer);
    if (field.value.trim().length < LEAST) {
      looking?.abort();
      show('');
    } else {
      timer = setTimeout(look, PAUSE);
    }
  });
}

/* One change on its way to the server, and what became of it. */

const LATER = [408, 425, 429, 502, 503, 504]; // the server, or what stands before it, has no time at the moment

/* Returns { said } for an answer, with `ok` where the change was saved; { lost } where none came and the change may be
   sent again, with `busy` where the server said so and `broken` where it failed; { out } where somebody has to sign in first. */
export async function send(form, change, known) {
  const content = new FormData();
  content.set('csrf_token', form.elements.csrf_token.value);
  for (const [name, value] of Object.entries({ ...known, ...change.controls })) {
    content.set(name, value);
  }
  const answer = await asked(change.address ?? form.action, { method: 'POST', body: content });
  if (!answer || LATER.includes(answer.status) || answer.status >= 500) {
    const broken = answer?.status >= 500 && !LATER.includes(answer.status);
    return { lost: true, busy: Boolean(answer), broken };
  }
  if (answer.status === 401) {
    return { out: true };
  }
  const said = await answer.json().catch(() => ({}));
  if (said.code === 'form-expired') {
    return (await renewed(form)) ? send(form, change, known) : { out: true };
  }
  return { ok: answer.ok, said };
}

/* The answer to a request of a script; null where none came. */
export async function asked(address, options = {}) {
  const headers = { Accept: 'application/json' };
  return fetch(address, { headers, credentials: 'same-origin', ...options }).catch(() => null);
}

/* Take the token of a form from the page as it is after somebody signed in again. */
async function renewed(form) {
  const answer = await asked(location.pathname, { headers: {} });
  const page = new DOMParser().parseFromString((await answer?.text()) ?? '', 'text/html');
  const token = page.querySelector('[data-editor] [name=csrf_token]')?.value;
  const fresh = Boolean(token) && token !== form.elements.csrf_token.value;
  form.elements.csrf_token.value = token ?? form.elements.csrf_token.value;
  return fresh;
}

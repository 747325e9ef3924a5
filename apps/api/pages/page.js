// The pages for visitors: asks for passwords and URLs, and follows these.

/** Given once, and needed again for the download. Kept nowhere but here. */
let password;

const WORDS = {
  password_required: 'This link asks for a password.',
  wrong_password: 'This is not the password.',
  share_expired: 'This link has expired.',
  share_exhausted: 'This link has been used up.',
  not_found: 'There is nothing here any more.',
};

function wordsFor({ code }, response) {
  if (response.status !== 429) return WORDS[code] ?? 'That did not work. Try again in a moment.';
  const seconds = Number(response.headers.get('retry-after')) || 60;
  const wait = seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `Too many tries. Try again in ${wait}.`;
}

/** The answer's text; throws what people are to be told. */
async function send(form, body) {
  const response = await fetch(form.action, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error('The server cannot be reached.');
  });
  const text = await response.text();
  if (response.ok) return text;
  let problem = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // A proxy's own page.
  }
  throw new Error(wordsFor(problem, response));
}

async function unlock(form) {
  const given = form.elements.namedItem('password').value;
  const page = new DOMParser().parseFromString(await send(form, { password: given }), 'text/html');
  password = given;
  document.querySelector('main').replaceWith(page.querySelector('main'));
  prepare();
  document.querySelector('h1').focus();
}

const downloadsText = (left) =>
  left === 1 ? '1 download left' : `${left === 0 ? 'No' : left} downloads left`;

async function download(form) {
  const { url, downloads_left: left } = JSON.parse(await send(form, { password }));
  const shown = document.querySelector('[data-left]');
  if (shown) shown.textContent = downloadsText(left);
  location.assign(url);
  if (left === 0) form.querySelector('button').remove();
  return 'The download has begun.';
}

async function submit(form, act) {
  const button = form.querySelector('button');
  const told = form.querySelector('[role]');
  button.disabled = true;
  told.textContent = '';
  try {
    told.textContent = (await act(form)) ?? '';
  } catch (error) {
    told.textContent = error.message;
    form.querySelector('input')?.select();
  } finally {
    button.disabled = false;
  }
}

function prepare() {
  for (const [selector, act] of [
    ['[data-unlock]', unlock],
    ['[data-download]', download],
  ]) {
    document.querySelector(selector)?.addEventListener('submit', (event) => {
      event.preventDefault();
      void submit(event.currentTarget, act);
    });
  }
  for (const time of document.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    time.textContent = at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  }
}

prepare();

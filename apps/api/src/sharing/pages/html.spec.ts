import { html } from './html';

test('text stays text, in elements and in attributes', () => {
  const name = `<img src=x onerror="alert('1')">&amp;`;
  const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;';
  expect(html`<p title="${name}">${name}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test('markup stays markup, also many of it', () => {
  const items = ['a', '<b>'].map((one) => html`<i>${one}</i>`);
  expect(html`<p>${items}</p>`.text).toBe('<p><i>a</i><i>&lt;b&gt;</i></p>');
});

test('nothing is nothing, and zero is a number', () => {
  expect(html`${null}${0}${''}`.text).toBe('0');
});

test('what replaces text in patterns means nothing', () => {
  expect(html`<p>${"$& $1 $' \\n"}</p>`.text).toBe('<p>$&amp; $1 $&#39; \\n</p>');
});

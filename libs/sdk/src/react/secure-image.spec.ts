import { createElement, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { createClient } from '../client/create-client.js';
import { SecureImage, SlipwayProvider } from './index.js';

test('on a server it is its fallback, and nothing is asked for', () => {
  const fetch = jest.fn<Promise<Response>, []>();
  const client = createClient({ baseUrl: '/api', fetch });
  const image = createElement(SecureImage, { src: 'private://a', alt: 'A hand', fallback: 'Loading' });
  const tree = createElement(SlipwayProvider, { client }, image);
  expect(renderToString(createElement(StrictMode, null, tree))).toBe('Loading');
  expect(fetch).not.toHaveBeenCalled();
});

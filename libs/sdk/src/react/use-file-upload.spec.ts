import { createElement, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { createClient } from '../client/create-client.js';
import { SlipwayProvider, useFileUpload } from './index.js';

const client = createClient({ baseUrl: '/api' });

function Button({ given }: { given?: typeof client }) {
  const { uploading, progress, error } = useFileUpload('PRJ-1', given ? { client: given } : {});
  return createElement('button', { disabled: uploading }, `${progress} ${error?.code ?? 'fine'}`);
}

test('it renders on a server, where nothing is uploading', () => {
  const tree = createElement(SlipwayProvider, { client }, createElement(Button));
  expect(renderToString(createElement(StrictMode, null, tree))).toBe('<button>0 fine</button>');
});

test('a client given to the hook needs no provider', () => {
  expect(renderToString(createElement(Button, { given: client }))).toBe('<button>0 fine</button>');
});

test('without a client it says what is missing', () => {
  expect(() => renderToString(createElement(Button))).toThrow('wrap the tree in <SlipwayProvider');
});

import { createElement, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { createClient } from '../client/create-client.js';
import { createUploadQueue } from '../queue/index.js';
import { SlipwayProvider, useUploadItem, useUploadQueue } from './index.js';

const client = createClient({ baseUrl: '/api' });

function List() {
  const { items, progress, uploading, counts, queue } = useUploadQueue('PRJ-1');
  const first = useUploadItem(queue, 'upload-1');
  return createElement('p', null, `${items.length} ${progress} ${uploading} ${counts.done} ${typeof first}`);
}

test('it renders on a server, where there is nothing to upload', () => {
  const tree = createElement(SlipwayProvider, { client }, createElement(List));
  expect(renderToString(createElement(StrictMode, null, tree))).toBe('<p>0 0 false 0 undefined</p>');
});

test('a server that renders many projects keeps no queue of any', () => {
  const seen = new Set<unknown>();
  function Look() {
    seen.add(useUploadQueue('PRJ-1', { client }).queue);
    return null;
  }
  renderToString(createElement(Look));
  renderToString(createElement(Look));
  expect(seen.size).toBe(2);
});

test('what is in a queue does not show on a server, so that hydration finds what was rendered', () => {
  const queue = createUploadQueue(client);
  queue.pauseAll();
  const [item] = queue.add([new File(['x'], 'a.txt')], { projectId: 'PRJ-1' });
  const Row = () => createElement('p', null, typeof useUploadItem(queue, item?.id ?? ''));
  expect(renderToString(createElement(Row))).toBe('<p>undefined</p>');
});

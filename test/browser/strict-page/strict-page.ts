import { createClient } from '@slipway/sdk';
import type { UploadQueue } from '@slipway/sdk/queue';
import { SlipwayProvider, useUploadItem, useUploadQueue } from '@slipway/sdk/react';
import { createElement, memo, StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** What the test asks of the page. */
export interface StrictPage {
  mounts: number;
  drawings: number;
  rows: Record<string, number>;
  add(count: number): void;
  pauseAll(): void;
}

let token: string | null = null;
const client = createClient({ baseUrl: '/api', getToken: () => token });
const page: StrictPage = { mounts: 0, drawings: 0, rows: {}, add: () => {}, pauseAll: () => {} };
Object.assign(window, { page });

function Row({ queue, id }: { queue: UploadQueue; id: string }) {
  const item = useUploadItem(queue, id);
  useEffect(() => {
    page.rows[item?.name ?? ''] = (page.rows[item?.name ?? ''] ?? 0) + 1;
  });
  return createElement('li', null, `${item?.name} ${item?.status}`);
}

const StillRow = memo(Row);

const textFiles = (count: number): File[] =>
  Array.from({ length: count }, (_, index) => new File([`Sounding ${index}`], `${index}.txt`));

/** The first five and the last five. */
const ends = <Item>(items: readonly Item[]): Item[] =>
  items.filter((_, index) => index < 5 || index >= items.length - 5);

function Uploads({ projectId }: { projectId: string }) {
  const { items, counts, queue, add, pauseAll, resumeAll, abortAll } = useUploadQueue(projectId);
  useEffect(() => {
    page.mounts += 1;
  }, []);
  useEffect(() => {
    page.drawings += 1;
    Object.assign(page, { add: (count: number) => void add(textFiles(count)), pauseAll });
  });
  return createElement(
    'section',
    null,
    createElement('output', null, `${items.length} files, ${counts.done} done, ${counts.aborted} aborted`),
    createElement('button', { onClick: resumeAll }, 'Go on'),
    createElement('button', { onClick: abortAll }, 'Abort'),
    ...ends(items).map(({ id }) => createElement(StillRow, { key: id, queue, id })),
  );
}

function Places({ projectId }: { projectId: string }) {
  const [here, setHere] = useState(true);
  return createElement(
    'main',
    null,
    createElement('button', { onClick: () => setHere(!here) }, here ? 'Leave' : 'Come back'),
    here && createElement(Uploads, { projectId }),
  );
}

async function start(): Promise<void> {
  const person = { email: `${crypto.randomUUID()}@example.com`, password: 'correct horse', name: 'Ada' };
  token = (await client.auth.signup(person)).access_token;
  const { id: projectId } = await client.projects.create({ name: 'Harbour' });
  const tree = createElement(SlipwayProvider, { client }, createElement(Places, { projectId }));
  createRoot(document.body.appendChild(document.createElement('div'))).render(
    createElement(StrictMode, null, tree),
  );
}

void start();

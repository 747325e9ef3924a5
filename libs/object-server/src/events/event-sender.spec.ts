import { silentLogger } from '../server-logger';
import { EventListener } from '../testing/event-listener';
import { EventSender } from './event-sender';

interface Numbered {
  number: number;
}

let listener: EventListener<Numbered>;
let sender: EventSender;
let warnings: object[];

beforeEach(async () => {
  listener = new EventListener();
  warnings = [];
  const logger = { ...silentLogger, warn: (details: object) => void warnings.push(details) };
  sender = new EventSender({ url: await listener.start(), token: 'a token' }, logger);
});

afterEach(async () => {
  await sender.close();
  await listener.stop();
});

function tell(first: number, last: number): void {
  for (let number = first; number <= last; number += 1) sender.tell({ number });
}
const numbers = (): number[] => listener.records().map(({ number }) => number);
const until = (last: number): Promise<void> =>
  listener.until((records) => records.some(({ number }) => number === last));

test('of more than ten thousand that wait the oldest are dropped, and one line of the log says how many', async () => {
  const release = listener.hold();
  tell(0, 0);
  await until(0);
  tell(1, 10_007);
  release();
  await until(10_007);
  expect(numbers()).toEqual([0, ...Array.from({ length: 10_000 }, (_, index) => index + 8)]);
  expect(warnings).toEqual([{ events: 7 }]);
});

test('a message of the longest keys is one that small servers take', async () => {
  const release = listener.hold();
  tell(0, 0);
  await until(0);
  tell(1, 120);
  release();
  await until(120);
  const longest = Math.max(...listener.messages.map(({ records }) => records.length));
  const recordBytes = 3 * 1024 + 800;
  expect(longest * recordBytes).toBeLessThan(256 * 1024);
});

test('what is told after all was delivered is delivered too', async () => {
  for (let number = 0; number < 5; number += 1) {
    tell(number, number);
    await until(number);
  }
  expect(numbers()).toEqual([0, 1, 2, 3, 4]);
});

test('a target that never answers does not keep it from stopping, and nothing is told afterwards', async () => {
  const release = listener.hold();
  tell(0, 0);
  await until(0);
  await sender.close();
  tell(1, 1);
  release();
  expect(numbers()).toEqual([0]);
});

import { type ChildEnd, outcomeOf } from './isolated-outcome';
import { IMAGE_LIMITS } from './isolation-limits';

const ended = (end: Partial<ChildEnd<string>>): ChildEnd<string> => ({
  code: null,
  signal: null,
  stderr: '',
  ...end,
});
const outcome = (end: Partial<ChildEnd<string>>) => outcomeOf(ended(end), IMAGE_LIMITS);

test('an answer is the result, whatever the exit code', () => {
  expect(outcome({ answer: { ok: true, result: 'thumbnail' }, code: 1 })).toEqual({
    ok: true,
    result: 'thumbnail',
  });
});

test('a refusal of the file is permanent and keeps its words', () => {
  expect(outcome({ answer: { ok: false, message: 'The image is damaged.' }, code: 0 })).toEqual({
    ok: false,
    reason: 'input',
    message: 'The image is damaged.',
    permanent: true,
  });
});

test('a limit outweighs an answer that came too late', () => {
  expect(outcome({ killedFor: 'timeout', answer: { ok: true, result: 'late' } })).toMatchObject({
    reason: 'timeout',
  });
});

test.each<[string, Partial<ChildEnd<string>>, string]>([
  ['a kill by the watchdog', { killedFor: 'memory', signal: 'SIGKILL' }, 'memory'],
  ['a kill by the kernel', { signal: 'SIGKILL' }, 'memory'],
  [
    'an abort of V8 for lack of heap',
    { signal: 'SIGABRT', stderr: 'JavaScript heap out of memory' },
    'memory',
  ],
  ['a failed native allocation', { code: 1, stderr: 'RangeError: Array buffer allocation failed' }, 'memory'],
  ['the processor time limit', { signal: 'SIGXCPU' }, 'cpu'],
  ['a segmentation fault', { signal: 'SIGSEGV' }, 'crash'],
  ['an exit without an answer', { code: 3 }, 'crash'],
  ['a process that could not be started', { spawnError: new Error('spawn EAGAIN') }, 'crash'],
])('%s is told as such and may be tried again', (_title, end, reason) => {
  expect(outcome(end)).toMatchObject({ ok: false, reason, permanent: false });
});

test('the messages name the limit', () => {
  expect(outcome({ killedFor: 'timeout' })).toMatchObject({
    message: 'The file takes longer than 20 s to decode.',
  });
  expect(outcome({ killedFor: 'memory' })).toMatchObject({
    message: 'The file takes more than 800 MB of memory to decode.',
  });
});

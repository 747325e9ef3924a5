import { noProgress, type Progress, ProgressMeter } from './progress-meter.js';

function meterOf(total: number) {
  const reports: Progress[] = [];
  let now = 0;
  const meter = new ProgressMeter(
    total,
    (progress) => reports.push(progress),
    () => now,
  );
  const at = (ms: number, loaded: number) => {
    now = ms;
    meter.report(loaded);
  };
  return { meter, reports, at };
}

test('reports come at most every 100 ms', () => {
  const { at, reports } = meterOf(1000);
  for (let ms = 0; ms < 1000; ms += 10) at(ms, ms);
  expect(reports).toHaveLength(10);
});

test('speed and time left follow the bytes', () => {
  const { at, reports } = meterOf(10_000);
  at(1000, 1000);
  expect(reports.at(-1)).toEqual({
    loaded: 1000,
    confirmed: 0,
    total: 10_000,
    fraction: 0.1,
    bytesPerSecond: 1000,
    etaSeconds: 9,
  });
});

test('a change of speed weighs half after three seconds', () => {
  const { at, reports } = meterOf(100_000);
  at(1000, 1000);
  at(4000, 10_000);
  expect(reports.at(-1)?.bytesPerSecond).toBe(2000);
});

test('a PUT sent again starts below what was shown, which stays', () => {
  const { meter, at, reports } = meterOf(1000);
  at(1000, 800);
  meter.restart();
  at(2000, 100);
  expect(reports.at(-1)).toMatchObject({ loaded: 800, fraction: 0.8, bytesPerSecond: 656, etaSeconds: 2 });
  at(3000, 900);
  expect(reports.at(-1)).toMatchObject({ loaded: 900 });
});

test('all bytes sent is not yet done', () => {
  const { meter, at, reports } = meterOf(1000);
  at(100, 2000);
  expect(reports.at(-1)).toMatchObject({ loaded: 1000, fraction: 0.999 });
  meter.finish();
  expect(reports.at(-1)).toMatchObject({ loaded: 1000, fraction: 1, etaSeconds: 0 });
});

test('before anything moved there is no speed and no time left', () => {
  const { at, reports } = meterOf(1000);
  at(0, 0);
  expect(reports).toEqual([noProgress(1000)]);
});

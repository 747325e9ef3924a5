import { OwnOrigins } from './own-origins';

const own = new OwnOrigins({
  publicUrl: 'https://files.example.com/slipway',
  corsOrigins: ['https://app.example.com', '*'],
});

test.each([
  {},
  { origin: 'https://files.example.com' },
  { origin: 'https://app.example.com', 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'same-origin' },
])('%j may', (headers) => {
  expect(() => own.assertOwn(headers)).not.toThrow();
});

test.each([
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: '' },
  { origin: '*' },
  { origin: 'https://other.example.com' },
  { origin: 'http://files.example.com' },
  { origin: 'https://files.example.com:8443' },
  { origin: 'https://files.example.com.evil.example' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'none' },
])('%j may not', (headers) => {
  expect(() => own.assertOwn(headers)).toThrow(expect.objectContaining({ code: 'origin_refused' }));
});

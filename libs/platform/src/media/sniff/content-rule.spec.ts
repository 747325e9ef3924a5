import { supportedMimeTypes } from 'file-type/core';
import { contentMatches } from './content-rule';
import { signaturesOf } from './signed-types';

const bytes = (text: string) => Buffer.from(text);
const BINARY = Buffer.from([0x00, 0x01, 0x02, 0xff]);

describe('a type with a signature', () => {
  test.each([
    ['image/png', 'image/png'],
    ['image/png', 'image/apng'],
    ['image/jpg', 'image/jpeg'],
    ['IMAGE/PNG; charset=binary', 'image/png'],
    ['image/heic', 'image/heif'],
    ['image/avif', 'image/heif'],
    ['audio/mp3', 'audio/mpeg'],
    ['video/mp4', 'video/quicktime'],
    ['video/quicktime', 'video/mp4'],
    ['audio/x-wav', 'audio/wav'],
    ['application/x-zip-compressed', 'application/zip'],
    ['application/zip', 'application/epub+zip'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/zip'],
    ['application/msword', 'application/x-cfb'],
    ['model/gltf-binary', 'model/gltf-binary'],
    ['font/sfnt', 'font/ttf'],
  ])('%s may be detected as %s', (declared, detected) => {
    expect(contentMatches(declared, detected, BINARY)).toBe(true);
  });

  test.each([
    ['image/png', 'image/jpeg'],
    ['image/png', 'application/x-msdownload'],
    ['image/png', null],
    ['image/heic', 'image/avif'],
    ['video/mp4', 'video/webm'],
    ['application/pdf', 'application/zip'],
    ['model/gltf-binary', null],
    [
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    ['application/epub+zip', 'application/java-archive'],
  ])('%s may not be detected as %s', (declared, detected) => {
    expect(contentMatches(declared, detected, BINARY)).toBe(false);
  });

  test('an empty file is none of them', () => {
    expect(contentMatches('image/png', null, Buffer.alloc(0))).toBe(false);
  });

  test.each([
    'image/png',
    'image/tiff',
    'video/mp4',
    'audio/mpeg',
    'application/gzip',
    'font/woff2',
    'video/x-msvideo',
  ])('%s has a signature that the detection knows', (declared) => {
    expect(signaturesOf(declared)?.some((type) => supportedMimeTypes.has(type))).toBe(true);
  });
});

describe('a text type', () => {
  test.each([
    ['text/plain', 'plain words'],
    ['text/plain', ''],
    ['text/csv', 'name;größe\nà;1\n'],
    ['text/html', '<!doctype html>'],
    ['application/json', ' \n{"a":1}'],
    ['application/json', '\uFEFF[1]'],
    ['model/gltf+json', '{"asset":{"version":"2.0"}}'],
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['image/svg+xml', '<?xml version="1.0"?><!-- drawn by hand --><svg/>'],
    ['application/xhtml+xml', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['text/javascript', 'export {};'],
  ])('%s may be %j', (declared, content) => {
    expect(contentMatches(declared, null, bytes(content))).toBe(true);
  });

  test.each([
    ['application/json', '<html>'],
    ['model/gltf+json', 'glTF'],
    ['image/svg+xml', '<!DOCTYPE html><svg/>'],
    ['image/svg+xml', '<html><svg/></html>'],
    ['image/svg+xml', 'svg'],
  ])('%s may not be %j', (declared, content) => {
    expect(contentMatches(declared, null, bytes(content))).toBe(false);
  });

  test.each(['text/plain', 'text/csv', 'application/json', 'image/svg+xml', 'model/gltf+json'])(
    '%s may not be binary',
    (declared) => {
      expect(contentMatches(declared, null, BINARY)).toBe(false);
    },
  );

  test('a PDF that begins like text is no text', () => {
    expect(contentMatches('text/plain', 'application/pdf', bytes('%PDF-1.4\n'))).toBe(false);
  });

  test('a table whose first column has the signature of a bitmap stays a table', () => {
    expect(contentMatches('text/csv', 'image/bmp', bytes('BMI,weight\n21,70\n'))).toBe(true);
  });

  test('text in an 8-bit encoding is text', () => {
    expect(contentMatches('text/csv', null, Buffer.from('Größe;Maß\n', 'latin1'))).toBe(true);
  });

  test('UTF-16 with its mark is text, and binary under that mark is not', () => {
    const svg = Buffer.from('\uFEFF<svg/>', 'utf16le');
    expect(contentMatches('image/svg+xml', null, svg)).toBe(true);
    expect(contentMatches('text/plain', null, Buffer.from(svg).swap16())).toBe(true);
    expect(contentMatches('text/plain', null, Buffer.from([0xff, 0xfe, 0x01, 0x00]))).toBe(false);
  });
});

test.each(['application/octet-stream', 'application/x-unheard-of', 'model/obj', 'application/vnd.ms-excel'])(
  '%s claims nothing that could be false',
  (declared) => {
    expect(contentMatches(declared, 'application/x-msdownload', BINARY)).toBe(true);
    expect(contentMatches(declared, null, bytes('<html>'))).toBe(true);
  },
);

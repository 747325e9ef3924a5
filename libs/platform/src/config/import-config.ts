import { type HostRule, parseHostRule } from '../fetch/host-rule';
import type { Environment } from './environment';
import { decimalNumber, type Format, size, yesOrNo } from './formats';

export interface ImportConfig {
  /** None: nothing is imported. */
  hosts: HostRule[];
  allowHttp: boolean;
  maxBytes: number;
  timeoutMinutes: number;
}

const hosts: Format<HostRule[]> = {
  expected:
    'host names with commas between, such as files.example.com, *.cdn.example.com, old.example.com:8443',
  parse: (text) => {
    const parsed = text.split(',').map((part) => parseHostRule(part.trim()));
    return parsed.every((rule) => rule !== undefined) ? parsed : undefined;
  },
};

export const importVariables = {
  hosts: {
    name: 'IMPORT_HOSTS',
    format: hosts,
    unset: 'nothing is imported',
    doc: 'The hosts that files may be imported from; `*.` stands for all below a name. Never an address of this network: see docs/ACCESS.md.',
  },
  allowHttp: {
    name: 'IMPORT_ALLOW_HTTP',
    format: yesOrNo,
    default: 'false',
    doc: 'Whether they may be asked without TLS.',
  },
  maxBytes: {
    name: 'IMPORT_MAX_BYTES',
    format: size({
      min: 1,
      max: 128 * 1024 ** 3,
      expected: 'bytes, such as 1073741824 or 1 GiB, up to 128 GiB',
    }),
    default: '5 GiB',
    doc: 'The largest file that is imported, where the tier allows more; the worker’s temporary folder must hold it.',
  },
  timeoutMinutes: {
    name: 'IMPORT_TIMEOUT_MINUTES',
    format: decimalNumber({ min: 0.1, max: 12 * 60 }),
    default: '30',
    doc: 'How long one file may take to come.',
  },
};

export const readImports = (environment: Environment): ImportConfig => ({
  hosts: environment.optional(importVariables.hosts) ?? [],
  allowHttp: environment.withDefault(importVariables.allowHttp),
  maxBytes: environment.withDefault(importVariables.maxBytes),
  timeoutMinutes: environment.withDefault(importVariables.timeoutMinutes),
});

import type { Environment } from './environment';
import { decimalNumber, longText, oneOf, plainText, size, wholeNumber } from './formats';

export interface ProductConfig {
  uploads: {
    expiryMinutes: number;
    /** How long after expiry a PUT that began in time may still land. */
    graceMinutes: number;
    multipartIdleHours: number;
    /** Bytes. */
    singlePutLimit: number;
  };
  signedUrlExpiryHours: number;
  thumbnail: { width: number; height: number };
  /** Null: generated where the product starts as one command, required elsewhere. */
  jwtSecret: string | null;
  /** Null: no storage sends events; `npm start` generates one for the embedded storage. */
  storageEventsSecret: string | null;
  /** Null: metrics are shown to nobody. */
  metricsToken: string | null;
  logLevel: LogLevel;
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const edge = wholeNumber({ min: 16, max: 4_096 });

/** SigV4 lets no URL live longer than seven days. */
const DAYS_7 = { minutes: 7 * 24 * 60, hours: 7 * 24 };

export const productVariables = {
  expiryMinutes: {
    name: 'UPLOAD_EXPIRY_MINUTES',
    format: decimalNumber({ min: 0.02, max: DAYS_7.minutes }),
    default: '15',
    doc: 'How long an upload URL works.',
  },
  graceMinutes: {
    name: 'UPLOAD_GRACE_MINUTES',
    format: decimalNumber({ min: 0, max: DAYS_7.minutes }),
    default: '15',
    doc: 'How long after that a PUT that began in time may still land before the upload is given up.',
  },
  multipartIdleHours: {
    name: 'MULTIPART_IDLE_HOURS',
    format: decimalNumber({ min: 0.001, max: DAYS_7.hours }),
    default: '24',
    doc: 'How long a large upload waits for its client to come back before it is given up.',
  },
  singlePutLimit: {
    name: 'SINGLE_PUT_LIMIT',
    format: size({
      min: 1,
      max: 5 * 1024 ** 3,
      expected: 'bytes, such as 16777216 or 16 MiB, up to 5 GiB',
    }),
    default: '16 MiB',
    doc: 'The largest file that travels in one PUT; a larger one goes in parts.',
  },
  signedUrlExpiryHours: {
    name: 'SIGNED_URL_EXPIRY_HOURS',
    format: decimalNumber({ min: 0.001, max: DAYS_7.hours }),
    default: '1',
    doc: 'How long the URL of an asset works at least.',
  },
  thumbnailWidth: { name: 'THUMBNAIL_WIDTH', format: edge, default: '400', doc: 'Pixels, at most.' },
  thumbnailHeight: { name: 'THUMBNAIL_HEIGHT', format: edge, default: '300', doc: 'Pixels, at most.' },
  jwtSecret: {
    name: 'JWT_SECRET',
    format: longText(32),
    unset: '`npm start` generates one and keeps it in the data folder',
    secret: true,
    doc: 'Signs the tokens of those who are signed in; the same for every API process.',
  },
  storageEventsSecret: {
    name: 'STORAGE_EVENTS_SECRET',
    format: longText(16),
    unset: 'no events are taken; the embedded storage sends its own',
    secret: true,
    doc: 'What the storage shows when it tells of new objects at `POST /api/storage-events`.',
  },
  metricsToken: {
    name: 'METRICS_TOKEN',
    format: longText(16),
    unset: 'metrics are shown to nobody',
    secret: true,
    doc: 'What Prometheus shows, as `Authorization: Bearer`, to read `GET /metrics`.',
  },
  nodeEnv: {
    name: 'NODE_ENV',
    format: plainText,
    default: 'development',
    doc: 'With `production`, the server does not start with secrets that are short, regular or those of an example, nor where people reach it without https.',
  },
  logLevel: {
    name: 'LOG_LEVEL',
    format: oneOf(LOG_LEVELS),
    default: 'info',
    doc: 'The least that is logged.',
  },
};

export function readProduct(environment: Environment): ProductConfig {
  return {
    uploads: {
      expiryMinutes: environment.withDefault(productVariables.expiryMinutes),
      graceMinutes: environment.withDefault(productVariables.graceMinutes),
      multipartIdleHours: environment.withDefault(productVariables.multipartIdleHours),
      singlePutLimit: environment.withDefault(productVariables.singlePutLimit),
    },
    signedUrlExpiryHours: environment.withDefault(productVariables.signedUrlExpiryHours),
    thumbnail: {
      width: environment.withDefault(productVariables.thumbnailWidth),
      height: environment.withDefault(productVariables.thumbnailHeight),
    },
    jwtSecret: environment.optional(productVariables.jwtSecret) ?? null,
    storageEventsSecret: environment.optional(productVariables.storageEventsSecret) ?? null,
    metricsToken: environment.optional(productVariables.metricsToken) ?? null,
    logLevel: environment.withDefault(productVariables.logLevel),
  };
}

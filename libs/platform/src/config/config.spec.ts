import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, loadConfig } from './config';
import { describeConfiguration } from './describe-configuration';

function faultsOf(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('Configuration', () => {
  it('needs no variable at all', () => {
    expect(loadConfig({})).toEqual({
      http: {
        port: 3000,
        host: '127.0.0.1',
        publicUrl: 'http://127.0.0.1:3000',
        corsOrigins: ['http://127.0.0.1:3000', 'http://localhost:3000'],
        trustedProxies: [],
      },
      dataDir: resolve('.slipway'),
      database: { url: null, ownerUrl: null },
      accounts: {
        accessTokenMinutes: 30,
        sessionDays: 30,
        requireVerifiedEmail: false,
        passwords: { memoryKib: 19_456, passes: 2 },
        signingKeys: 'secret',
        previousJwtSecret: null,
      },
      mail: { smtp: null, preview: true },
      audit: { anchorLockDays: null, windowMinutes: 10, manyDenials: 50, massAccess: 500 },
      imports: { hosts: [], allowHttp: false, maxBytes: 5 * 1024 ** 3, timeoutMinutes: 30 },
      oidc: null,
      postgresPort: 3002,
      storagePort: 3001,
      storage: null,
      credentials: null,
      uploadCredentials: null,
      uploads: { expiryMinutes: 15, graceMinutes: 15, multipartIdleHours: 24, singlePutLimit: 16_777_216 },
      signedUrlExpiryHours: 1,
      thumbnail: { width: 400, height: 300 },
      jwtSecret: null,
      storageEventsSecret: null,
      metricsToken: null,
      rateLimitPerMinute: 100,
      redisUrl: null,
      logLevel: 'info',
    });
  });

  it('takes every variable', () => {
    const config = loadConfig({
      PORT: '8080',
      HOST: '::',
      PUBLIC_URL: 'https://files.example.com/',
      CORS_ORIGINS: 'https://app.example.com, http://localhost:5173/',
      TRUST_PROXY: '10.0.0.0/8, fd00::/8,127.0.0.1',
      RATE_LIMIT_PER_MINUTE: '90',
      REDIS_URL: 'rediss://me:secret@redis.example.com:6379/2',
      DATABASE_URL: 'postgresql://me:secret@db.example.com/files',
      DATABASE_OWNER_URL: 'postgresql://owner:secret@db.example.com/files',
      OIDC_ISSUER: 'https://login.example.com/',
      OIDC_AUDIENCE: 'files',
      OIDC_JWKS_URL: 'https://login.example.com/keys',
      OIDC_ALGORITHMS: 'ES256, EdDSA',
      OIDC_CLAIM_NAME: 'preferred_username',
      OIDC_CLAIM_EMAIL: 'mail',
      OIDC_CLAIM_PROJECTS: 'https://files.example.com/projects',
      ACCESS_TOKEN_MINUTES: '15',
      SESSION_DAYS: '7',
      EMAIL_VERIFICATION: 'optional',
      PASSWORD_MEMORY_KIB: '47104',
      PASSWORD_PASSES: '1',
      SIGNING_KEYS: 'rotating',
      JWT_SECRET_PREVIOUS: 'an older one of at least thirty-two characters',
      SMTP_URL: 'smtps://me:secret@smtp.example.com',
      MAIL_FROM: 'Slipway <no-reply@example.com>',
      MAIL_PREVIEW: 'false',
      AUDIT_ANCHOR_LOCK_DAYS: '365',
      AUDIT_WINDOW_MINUTES: '5',
      AUDIT_MANY_DENIALS: '20',
      AUDIT_MASS_ACCESS: '100',
      IMPORT_HOSTS: '*.example.com',
      IMPORT_ALLOW_HTTP: 'true',
      IMPORT_MAX_BYTES: '1 GiB',
      IMPORT_TIMEOUT_MINUTES: '5',
      SLIPWAY_DATA_DIR: '/var/data',
      STORAGE_PORT: '9000',
      POSTGRES_PORT: '5432',
      S3_ENDPOINT: 'https://storage.example.com',
      S3_BUCKET: 'files',
      S3_REGION: 'eu-central-1',
      S3_FORCE_PATH_STYLE: 'false',
      S3_PUBLIC_ENDPOINT: 'https://cdn.example.com',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      S3_UPLOAD_ACCESS_KEY_ID: 'upload key',
      S3_UPLOAD_SECRET_ACCESS_KEY: 'upload secret',
      S3_UPLOAD_SESSION_TOKEN: 'upload token',
      UPLOAD_EXPIRY_MINUTES: '0.5',
      UPLOAD_GRACE_MINUTES: '0',
      MULTIPART_IDLE_HOURS: '48',
      SINGLE_PUT_LIMIT: '5 MiB',
      SIGNED_URL_EXPIRY_HOURS: '2.5',
      THUMBNAIL_WIDTH: '640',
      THUMBNAIL_HEIGHT: '480',
      JWT_SECRET: 'a secret of at least thirty-two characters',
      STORAGE_EVENTS_SECRET: 'a secret of the storage',
      METRICS_TOKEN: 'a token of the metrics',
      LOG_LEVEL: 'debug',
    });
    expect(config).toEqual({
      http: {
        port: 8080,
        host: '::',
        publicUrl: 'https://files.example.com',
        corsOrigins: ['https://app.example.com', 'http://localhost:5173'],
        trustedProxies: ['10.0.0.0/8', 'fd00::/8', '127.0.0.1'],
      },
      rateLimitPerMinute: 90,
      redisUrl: 'rediss://me:secret@redis.example.com:6379/2',
      database: {
        url: 'postgresql://me:secret@db.example.com/files',
        ownerUrl: 'postgresql://owner:secret@db.example.com/files',
      },
      oidc: {
        issuer: 'https://login.example.com/',
        audience: 'files',
        jwksUrl: 'https://login.example.com/keys',
        algorithms: ['ES256', 'EdDSA'],
        claims: { name: 'preferred_username', email: 'mail', projects: 'https://files.example.com/projects' },
      },
      accounts: {
        accessTokenMinutes: 15,
        sessionDays: 7,
        requireVerifiedEmail: false,
        passwords: { memoryKib: 47_104, passes: 1 },
        signingKeys: 'rotating',
        previousJwtSecret: 'an older one of at least thirty-two characters',
      },
      mail: {
        smtp: { url: 'smtps://me:secret@smtp.example.com', from: 'Slipway <no-reply@example.com>' },
        preview: false,
      },
      audit: { anchorLockDays: 365, windowMinutes: 5, manyDenials: 20, massAccess: 100 },
      imports: {
        hosts: [{ host: 'example.com', subdomains: true, port: null }],
        allowHttp: true,
        maxBytes: 1024 ** 3,
        timeoutMinutes: 5,
      },
      dataDir: '/var/data',
      storagePort: 9000,
      postgresPort: 5432,
      storage: {
        endpoint: 'https://storage.example.com',
        bucket: 'files',
        region: 'eu-central-1',
        forcePathStyle: false,
        publicEndpoint: 'https://cdn.example.com',
      },
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' },
      uploadCredentials: {
        accessKeyId: 'upload key',
        secretAccessKey: 'upload secret',
        sessionToken: 'upload token',
      },
      uploads: { expiryMinutes: 0.5, graceMinutes: 0, multipartIdleHours: 48, singlePutLimit: 5_242_880 },
      signedUrlExpiryHours: 2.5,
      thumbnail: { width: 640, height: 480 },
      jwtSecret: 'a secret of at least thirty-two characters',
      storageEventsSecret: 'a secret of the storage',
      metricsToken: 'a token of the metrics',
      logLevel: 'debug',
    });
  });

  it('takes the names that other tools use for bucket and region', () => {
    const { storage } = loadConfig({ AWS_BUCKET: 'files', AWS_REGION: 'eu-west-1' });
    expect(storage).toEqual({
      endpoint: 'https://s3.eu-west-1.amazonaws.com',
      bucket: 'files',
      region: 'eu-west-1',
      forcePathStyle: false,
      publicEndpoint: 'https://s3.eu-west-1.amazonaws.com',
    });
  });

  it('addresses a storage of one’s own by path, and takes it for what browsers reach', () => {
    const { storage } = loadConfig({ S3_ENDPOINT: 'http://10.0.0.7:9000/', S3_BUCKET: 'files' });
    expect(storage).toMatchObject({ forcePathStyle: true, publicEndpoint: 'http://10.0.0.7:9000' });
  });

  it('keeps to the embedded storage when only a region is set', () => {
    expect(loadConfig({ AWS_REGION: 'eu-west-1' }).storage).toBeNull();
  });

  it('reads a variable that is set to nothing as unset', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(loadConfig({}));
  });

  it('reports every fault at once, each with what to give', () => {
    const error = new ConfigError(
      faultsOf({ PORT: 'http', THUMBNAIL_WIDTH: '9000', LOG_LEVEL: 'loud', S3_ENDPOINT: 'storage:9000' }),
    );
    expect(error.message.split('\n')).toEqual([
      'The configuration cannot be used:',
      '  PORT: "http" does not do; give a whole number from 1 to 65535',
      '  THUMBNAIL_WIDTH: "9000" does not do; give a whole number from 16 to 4096',
      '  LOG_LEVEL: "loud" does not do; give one of trace, debug, info, warn, error, fatal, silent',
      '  S3_ENDPOINT: "storage:9000" does not do; give a URL such as https://files.example.com',
      '  S3_BUCKET: missing, while S3_ENDPOINT is set; name the bucket, or unset S3_ENDPOINT for the embedded storage',
    ]);
  });

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PUBLIC_URL', 'files.example.com'],
    ['CORS_ORIGINS', 'https://app.example.com/path'],
    ['DATABASE_URL', 'mysql://localhost/files'],
    ['S3_FORCE_PATH_STYLE', 'yes'],
    ['UPLOAD_EXPIRY_MINUTES', '0'],
    ['UPLOAD_EXPIRY_MINUTES', '1e3'],
    ['SINGLE_PUT_LIMIT', '6 GiB'],
    ['SINGLE_PUT_LIMIT', '16 MB'],
    ['SIGNED_URL_EXPIRY_HOURS', '169'],
    ['RATE_LIMIT_PER_MINUTE', '-1'],
    ['REDIS_URL', 'http://redis.example.com'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.1, proxy.example.com'],
  ])('refuses %s=%s', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(`^${name}: .*; give `)]);
  });

  it('never shows a secret', () => {
    const faults = faultsOf({ JWT_SECRET: 'short-secret', DATABASE_URL: 'me:hunter2@host' });
    expect(faults).toHaveLength(2);
    expect(faults.join()).not.toMatch(/short-secret|hunter2/);
  });

  describe('in production', () => {
    const GOOD = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://files.example.com',
      JWT_SECRET: 'kB7vQ2mXw9LrTzK4hNcJ6pYdGfS8aEuR',
      DATABASE_URL: 'postgres://files:nW3xKq8ZtLb5@db.example.com/files',
    };

    it('starts with secrets that look chosen at random', () => {
      expect(faultsOf(GOOD)).toEqual([]);
      expect(faultsOf({ ...GOOD, PUBLIC_URL: 'http://localhost:3000' })).toEqual([]);
      // A server that knows its clients otherwise needs no password.
      expect(faultsOf({ ...GOOD, DATABASE_URL: 'postgres://files@db.example.com/files' })).toEqual([]);
    });

    const TRIAL = {
      PUBLIC_URL: 'http://files.example.com',
      CORS_ORIGINS: '*',
      TRUST_PROXY: '0.0.0.0/0',
      REDIS_URL: 'redis://:short@redis.example.com',
      DATABASE_URL: 'postgres://slipway:slipway@database:5432/slipway',
      S3_ENDPOINT: 'http://storage:8333',
      S3_BUCKET: 'slipway',
      AWS_ACCESS_KEY_ID: 'slipway',
      AWS_SECRET_ACCESS_KEY: 'slipway-trial-secret',
      JWT_SECRET: 'a trial secret, to be replaced by your own',
      STORAGE_EVENTS_SECRET: 'abababababababababab',
      METRICS_TOKEN: '0000000000000000',
    };

    it('refuses examples, short and regular secrets, and readable addresses, all at once by name', () => {
      const names = faultsOf({ ...TRIAL, NODE_ENV: 'production' }).map((fault) => fault.split(':', 1)[0]);
      expect(new Set(names)).toEqual(
        new Set([
          'AWS_SECRET_ACCESS_KEY',
          'CORS_ORIGINS',
          'DATABASE_URL',
          'JWT_SECRET',
          'METRICS_TOKEN',
          'PUBLIC_URL',
          'REDIS_URL',
          'STORAGE_EVENTS_SECRET',
          'TRUST_PROXY',
        ]),
      );
    });

    it('shows none of them', () => {
      const faults = faultsOf({ ...TRIAL, NODE_ENV: 'production' }).join();
      for (const secret of ['slipway-trial', 'a trial secret', 'abab', '0000', ':short@']) {
        expect(faults).not.toContain(secret);
      }
    });

    it('is the only place where they are refused', () => {
      expect(faultsOf(TRIAL)).toEqual([]);
    });

    it('refuses what docker-compose.yml gives for a trial', () => {
      const compose = readFileSync(join(__dirname, '../../../../docker-compose.yml'), 'utf8');
      const given = [...compose.matchAll(/^ {4}([A-Z_]+): (.*)$/gm)].map(
        ([, name = '', value = '']): [string, string] => [
          name,
          value.replaceAll(/\$\{[A-Z0-9_]+:-([^}]*)\}/g, '$1').replaceAll("'", ''),
        ],
      );
      const faults = faultsOf({ ...Object.fromEntries(given), NODE_ENV: 'production' });
      expect(faults.map((fault) => fault.split(':', 1)[0])).toEqual(
        expect.arrayContaining(['DATABASE_URL', 'AWS_SECRET_ACCESS_KEY', 'JWT_SECRET']),
      );
    });
  });

  it.each([
    [{ AWS_ACCESS_KEY_ID: 'key' }, 'AWS_SECRET_ACCESS_KEY'],
    [{ AWS_SECRET_ACCESS_KEY: 'secret' }, 'AWS_ACCESS_KEY_ID'],
    [{ S3_UPLOAD_ACCESS_KEY_ID: 'key' }, 'S3_UPLOAD_SECRET_ACCESS_KEY'],
    [{ S3_UPLOAD_SECRET_ACCESS_KEY: 'secret' }, 'S3_UPLOAD_ACCESS_KEY_ID'],
    [{ AWS_SESSION_TOKEN: 'token' }, 'AWS_ACCESS_KEY_ID'],
    [{ S3_UPLOAD_SESSION_TOKEN: 'token' }, 'S3_UPLOAD_ACCESS_KEY_ID'],
  ])('asks for what a key lacks', (variables, missing) => {
    expect(faultsOf(variables)).toEqual([
      `${missing}: missing, while another part of the key is set; set all of it or nothing`,
    ]);
  });

  it('refuses ports that collide or do not exist', () => {
    expect(faultsOf({ PORT: '4000', STORAGE_PORT: '4002' })).toEqual([
      'PORT, STORAGE_PORT, POSTGRES_PORT: two of 4000, 4002 and 4002 are the same; give each its own',
    ]);
    expect(faultsOf({ PORT: '65534' })).toEqual([expect.stringMatching('^PORT: leaves no port above it')]);
  });

  it('is described in docs/CONFIGURATION.md as it is; refresh with npm run config:docs', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/CONFIGURATION.md'), 'utf8');
    expect(page).toBe(describeConfiguration());
  });
});

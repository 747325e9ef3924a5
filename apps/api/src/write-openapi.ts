import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { secretKeys } from '@slipway/core/accounts/signing-keys/secret-keys';
import type { Deps } from '@slipway/core/shared/deps';
import { insuredCounter } from '@slipway/platform/limits/insured-counter';
import { memoryCounter } from '@slipway/platform/limits/memory-counter';
import { pino } from 'pino';
import { createApp } from './create-app';
import { describeApi } from './http/openapi';

/** The description needs the routes, not what stands behind them. */
export async function openApiText(): Promise<string> {
  const app = await createApp({} as Deps, {
    logger: pino({ level: 'silent' }),
    jwtSecret: 'nothing is signed here',
    signIn: { keys: secretKeys('nothing is signed here', null), lifeSeconds: 1, sessionSeconds: 1 },
    corsOrigins: [],
    trustedProxies: [],
    rateLimit: { perMinute: 1, counter: insuredCounter(memoryCounter(), () => undefined) },
    publicUrl: 'http://localhost',
    storageOrigin: 'http://localhost',
    storageEvents: { secret: null, bucket: '' },
    metricsToken: null,
    oidc: null,
    dashboard: '',
  });
  await app.init();
  const text = `${JSON.stringify(describeApi(app), null, 2)}\n`;
  await app.close();
  return text;
}

const [, , target] = process.argv;
if (require.main === module && target !== undefined) {
  void openApiText().then((text) => writeFileSync(target, text));
}

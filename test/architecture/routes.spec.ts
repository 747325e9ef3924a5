import 'reflect-metadata';
import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiscoveryModule, DiscoveryService, MetadataScanner, NestFactory, Reflector } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { ApiModule } from '@slipway/api/api.module';
import { ACCESS } from '@slipway/api/http/access';
import { RIGHTS } from '@slipway/core/access/rights';
import type { AccessTokens } from '@slipway/api/http/access-tokens';
import { openApiText } from '@slipway/api/write-openapi';
import type { Deps } from '@slipway/core/shared/deps';

@Module({
  imports: [
    DiscoveryModule,
    ApiModule.with({
      deps: {} as Deps,
      accessTokens: {} as AccessTokens,
      secret: createSecretKey('nothing', 'utf8'),
      storageEvents: { secret: null, bucket: '' },
      metricsToken: null,
    }),
  ],
})
class Inspection {}

/** `AssetsController.list` for every handler of every controller, with who may call it. */
async function routes(): Promise<[string, unknown][]> {
  const app = await NestFactory.createApplicationContext(Inspection, { logger: false });
  const reflector = app.get(Reflector);
  const scanner = app.get(MetadataScanner);
  const found = app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ instance, metatype }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      return scanner
        .getAllMethodNames(prototype)
        .map((name) => [metatype, prototype[name], name] as const)
        .filter(([, handler]) => handler && Reflect.hasMetadata('path', handler))
        .map(([controller, handler, name]): [string, unknown] => [
          `${controller?.name}.${name}`,
          reflector.getAllAndOverride(ACCESS, [handler as () => unknown, controller as () => unknown]),
        ]);
    });
  await app.close();
  return found;
}

test('every route declares who may call it', async () => {
  const all = await routes();
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter(([, access]) => access !== 'public' && !((access as string) in RIGHTS))).toEqual([]);
});

test('only these routes are open to everyone', async () => {
  const open = (await routes()).filter(([, access]) => access === 'public').map(([route]) => route);
  expect(open.sort()).toEqual([
    'AccountsController.logIn',
    'AccountsController.signUp',
    'HealthController.live',
    'HealthController.ready',
    'MetricsController.get',
    'OpenApiController.get',
    'StorageEventsController.receive',
  ]);
});

test('openapi.json is what the routes say (npm run openapi refreshes it)', async () => {
  const committed = readFileSync(join(__dirname, '../../apps/api/openapi.json'), 'utf8');
  expect(committed).toBe(await openApiText());
});

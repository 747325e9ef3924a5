import 'reflect-metadata';
import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { ApiModule } from '@slipway/api/api.module';
import { RIGHTS } from '@slipway/core/access/rights';
import type { SessionDoor } from '@slipway/api/accounts/session-door';
import { openApiText } from '@slipway/api/write-openapi';
import type { Deps } from '@slipway/core/shared/deps';
import { type DeclaredRoute, declaredRoutes } from '../support/declared-routes';

const parts = {
  deps: {} as Deps,
  door: {} as SessionDoor,
  secret: createSecretKey('nothing', 'utf8'),
  storageEvents: { secret: null, bucket: '' },
  metricsToken: null,
};

async function routes(): Promise<DeclaredRoute[]> {
  const app = await NestFactory.createApplicationContext(ApiModule.with(parts), { logger: false });
  const found = declaredRoutes(app);
  await app.close();
  return found;
}

test('every route declares who may call it', async () => {
  const all = await routes();
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter(({ access }) => access !== 'public' && !(String(access) in RIGHTS))).toEqual([]);
});

test('only these routes are open to everyone', async () => {
  const open = (await routes()).filter(({ access }) => access === 'public').map(({ name }) => name);
  expect(open.sort()).toEqual([
    'AccountLinksController.forgot',
    'AccountLinksController.reset',
    'AccountLinksController.verify',
    'AccountsController.logIn',
    'AccountsController.signUp',
    'GalleriesController.list',
    'HealthController.live',
    'HealthController.ready',
    // At two addresses.
    'JwksController.get',
    'JwksController.get',
    'LinksController.download',
    'LinksController.get',
    'LinksController.open',
    'MailsController.list',
    'MetricsController.get',
    'OpenApiController.get',
    'PageFilesController.script',
    'PageFilesController.style',
    'SessionsController.logOut',
    'SessionsController.refresh',
    'StorageEventsController.receive',
    'VisitorPagesController.gallery',
    'VisitorPagesController.share',
    'VisitorPagesController.unlock',
  ]);
});

test('openapi.json is what the routes say (npm run openapi refreshes it)', async () => {
  const committed = readFileSync(join(__dirname, '../../apps/api/openapi.json'), 'utf8');
  expect(committed).toBe(await openApiText());
});

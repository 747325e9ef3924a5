import type { KeyObject } from 'node:crypto';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import type { Deps } from '@slipway/core/shared/deps';
import { AccountLinksController } from './accounts/account-links.controller';
import { AccountsController } from './accounts/accounts.controller';
import { JwksController } from './accounts/jwks.controller';
import { MailsController } from './accounts/mails.controller';
import type { SessionDoor } from './accounts/session-door';
import { SessionsController } from './accounts/sessions.controller';
import { ApiKeysController } from './api-keys/api-keys.controller';
import { ModerationController } from './admin/moderation.controller';
import { TiersController } from './admin/tiers.controller';
import { AdminUsersController } from './admin/users.controller';
import { AssetsController } from './assets/assets.controller';
import { AuditController } from './audit/audit.controller';
import { HealthController } from './health/health.controller';
import { AccessGuard } from './http/access.guard';
import { tokens } from './http/deps-token';
import { IdempotencyInterceptor } from './http/idempotency.interceptor';
import { OpenApiController } from './http/openapi';
import { ProblemFilter } from './http/problem.filter';
import { validationPipe } from './http/validation.pipe';
import { MembersController } from './members/members.controller';
import { MyInvitationsController } from './members/my-invitations.controller';
import { ImportsController } from './imports/imports.controller';
import { MetricsController } from './metrics/metrics.controller';
import { MyDataController } from './my-data/my-data.controller';
import { ProjectQrCodesController } from './projects/project-qr-codes.controller';
import { ProjectsController } from './projects/projects.controller';
import { ReferencesController } from './references/references.controller';
import { GalleriesController } from './sharing/galleries.controller';
import { LinksController } from './sharing/links.controller';
import { PageFilesController } from './sharing/pages/page-files.controller';
import { VisitorPagesController } from './sharing/pages/visitor-pages.controller';
import { SharesController } from './sharing/shares.controller';
import type { StorageEventsOptions } from './storage-events/from-storage.guard';
import { StorageEventsController } from './storage-events/storage-events.controller';
import { UploadsController } from './uploads/uploads.controller';

export interface ApiParts {
  deps: Deps;
  door: SessionDoor;
  /** The server's own; answers that are kept for repeats are encrypted with what is derived from it. */
  secret: KeyObject;
  storageEvents: StorageEventsOptions;
  /** What whoever reads the metrics has to show; null shows them to nobody. */
  metricsToken: string | null;
}

@Module({
  controllers: [
    AccountsController,
    SessionsController,
    AccountLinksController,
    JwksController,
    MailsController,
    ApiKeysController,
    ProjectsController,
    ProjectQrCodesController,
    MembersController,
    MyInvitationsController,
    UploadsController,
    AssetsController,
    ReferencesController,
    SharesController,
    LinksController,
    GalleriesController,
    VisitorPagesController,
    PageFilesController,
    ImportsController,
    AdminUsersController,
    TiersController,
    ModerationController,
    AuditController,
    MyDataController,
    StorageEventsController,
    HealthController,
    MetricsController,
    OpenApiController,
  ],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
})
export class ApiModule {
  static with({ deps, door, secret, storageEvents, metricsToken }: ApiParts): DynamicModule {
    return {
      module: ApiModule,
      providers: [
        { provide: tokens.DEPS, useValue: deps },
        { provide: tokens.SESSION_DOOR, useValue: door },
        { provide: tokens.STORAGE_EVENTS, useValue: storageEvents },
        { provide: tokens.METRICS_TOKEN, useValue: metricsToken },
        { provide: APP_INTERCEPTOR, useValue: new IdempotencyInterceptor(deps, secret) },
      ],
    };
  }
}

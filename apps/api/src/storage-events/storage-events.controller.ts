import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { Deps } from '@slipway/core/shared/deps';
import { receiveStorageEvents } from '@slipway/core/uploads/receive-storage-events';
import { Public } from '../http/access';
import { InjectDeps, InjectStorageEvents } from '../http/deps-token';
import { Fails } from '../http/fails';
import { UnlimitedRate } from '../http/rate-limit';
import { FromStorageGuard, type StorageEventsOptions } from './from-storage.guard';
import { readStorageEvents } from './read-storage-events';

@ApiTags('operations')
@Public()
@UseGuards(FromStorageGuard)
@Controller('api/storage-events')
export class StorageEventsController {
  constructor(
    @InjectDeps() private readonly deps: Deps,
    @InjectStorageEvents() private readonly options: StorageEventsOptions,
  ) {}

  /** By the storage, with the secret of STORAGE_EVENTS_SECRET as a bearer token or as `?token=`. */
  @UnlimitedRate()
  @HttpCode(204)
  @Post()
  @ApiBody({ schema: { type: 'object', description: 'S3’s event message, or EventBridge’s' } })
  @ApiNoContentResponse({ description: 'Heard; what is of no interest is ignored' })
  @Fails('invalid_request', 'unauthenticated', 'not_found', 'database_unavailable')
  async receive(@Body() body: unknown): Promise<void> {
    const events = readStorageEvents(body).filter(({ bucket }) => bucket === this.options.bucket);
    await receiveStorageEvents(events, this.deps);
  }
}

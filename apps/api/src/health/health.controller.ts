import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { Deps } from '@slipway/core/shared/deps';
import type { FastifyReply } from 'fastify';
import { Public } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { UnlimitedRate } from '../http/rate-limit';
import { checkParts, type PartState } from './check-parts';

export class LiveResponse {
  @ApiProperty({ enum: ['live'] })
  status: 'live';
}

export class ReadyResponse {
  @ApiProperty({ enum: ['ready', 'not_ready'] })
  status: 'ready' | 'not_ready';

  @ApiProperty({ enum: ['up', 'down'] })
  database: PartState;

  @ApiProperty({ enum: ['up', 'down'] })
  storage: PartState;
}

@ApiTags('operations')
@Public()
@Controller('api/health')
export class HealthController {
  private checking: Promise<Record<'database' | 'storage', PartState>> | null = null;

  constructor(@InjectDeps() private readonly deps: Deps) {}

  /** The process answers; says nothing of what it depends on, so that no restart is caused by another's outage. */
  @UnlimitedRate()
  @Get('live')
  @ApiOkResponse({ type: LiveResponse })
  live(): LiveResponse {
    return { status: 'live' };
  }

  @UnlimitedRate()
  @Get('ready')
  @ApiOkResponse({ type: ReadyResponse })
  @ApiServiceUnavailableResponse({ type: ReadyResponse })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyResponse> {
    const parts = await this.check();
    const ready = parts.database === 'up' && parts.storage === 'up';
    if (!ready) reply.status(503);
    return { status: ready ? 'ready' : 'not_ready', ...parts };
  }

  /** One check at a time, whoever asks meanwhile has its answer: nobody may have the parts asked as often as they like. */
  private check(): Promise<Record<'database' | 'storage', PartState>> {
    this.checking ??= checkParts(this.deps).finally(() => void (this.checking = null));
    return this.checking;
  }
}

import { Controller, Get, Header, Headers } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readFigures } from '@slipway/core/reconcile/read-figures';
import type { Deps } from '@slipway/core/shared/deps';
import { DomainError } from '@slipway/core/shared/errors';
import { Public } from '../http/access';
import { InjectDeps, InjectMetricsToken } from '../http/deps-token';
import { bearerOf, isSameSecret } from '../http/same-secret';
import { figuresToMetrics } from './figures-to-metrics';
import { formatMetrics, METRICS_CONTENT_TYPE } from './format-metrics';

/** For Prometheus, which is no user of ours: it shows a token of its own. */
@ApiExcludeController()
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    @InjectDeps() private readonly deps: Deps,
    @InjectMetricsToken() private readonly token: string | null,
  ) {}

  @Get()
  @Header('content-type', METRICS_CONTENT_TYPE)
  async get(@Headers('authorization') authorization?: string): Promise<string> {
    if (this.token === null)
      throw new DomainError('not_found', 'Metrics are shown where METRICS_TOKEN is set.');
    if (!isSameSecret(bearerOf(authorization) ?? '', this.token)) {
      throw new DomainError('unauthenticated', 'Metrics need the token of METRICS_TOKEN.');
    }
    return formatMetrics(figuresToMetrics(await readFigures(this.deps)));
  }
}

import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Deps } from '@slipway/core/shared/deps';
import { DomainError } from '@slipway/core/shared/errors';
import { isLoopback } from '@slipway/platform/config/http-config';
import type { KeptMail } from '@slipway/platform/mail/mail-sender';
import type { FastifyRequest } from 'fastify';
import { Public } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';

class PreviewedMailResponse {
  @ApiProperty()
  id: string;

  @ApiProperty()
  to: string;

  @ApiProperty()
  subject: string;

  @ApiProperty()
  text: string;

  @ApiProperty({ format: 'date-time' })
  sent_at: string;
}

class PreviewedMailListResponse {
  @ApiProperty({ type: [PreviewedMailResponse] })
  data: PreviewedMailResponse[];
}

const toPreviewedMail = (mail: KeptMail): PreviewedMailResponse => ({
  id: mail.id,
  to: mail.recipient,
  subject: mail.subject,
  text: mail.body,
  sent_at: mail.createdAt.toISOString(),
});

@ApiTags('auth')
@Controller('api/auth/mails')
export class MailsController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Public()
  @Get()
  @ApiOkResponse({ type: PreviewedMailListResponse, description: 'In development, newest first' })
  @Fails('not_found')
  async list(@Req() request: FastifyRequest): Promise<PreviewedMailListResponse> {
    const kept = this.isAtHome(request) ? await this.deps.mail.kept() : null;
    if (kept === null) throw new DomainError('not_found', 'This server shows no mails.');
    return { data: kept.map(toPreviewedMail) };
  }

  /** Not under a name that somebody else has pointed here, whose pages could read the answer (DNS rebinding). */
  private isAtHome({ hostname }: FastifyRequest): boolean {
    return isLoopback(hostname) || hostname === new URL(this.deps.settings.publicUrl).hostname;
  }
}

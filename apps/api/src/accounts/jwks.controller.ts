import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public } from '../http/access';
import { InjectSessionDoor } from '../http/deps-token';
import type { SessionDoor } from './session-door';

class JwksResponse {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: { type: 'string' } } })
  keys: Record<string, string>[];
}

@ApiTags('auth')
@Controller()
export class JwksController {
  constructor(@InjectSessionDoor() private readonly door: SessionDoor) {}

  @Public()
  @Get(['.well-known/jwks.json', 'api/auth/jwks'])
  // A key is published for a day before it signs.
  @Header('cache-control', 'public, max-age=3600')
  @ApiOkResponse({ type: JwksResponse, description: 'RFC 7517; empty where a secret signs' })
  async get(): Promise<JwksResponse> {
    return { keys: await this.door.keys.published() };
  }
}

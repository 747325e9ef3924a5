import { Controller, Get, type INestApplication } from '@nestjs/common';
import { ApiExcludeController, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { API_KEY_SCHEME, Public } from './access';
import { describeIdempotency } from './describe-idempotency';
import { Problem } from './problem';

export function describeApi(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Slipway')
    .setDescription('Uploads straight into object storage: the server signs, verifies, records and derives.')
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth()
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Api-Key' }, API_KEY_SCHEME)
    .build();
  const document = SwaggerModule.createDocument(app, about, {
    extraModels: [Problem],
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').toLowerCase()}_${method}`,
  });
  return describeIdempotency(document);
}

/** Serves the description of the running application, made when first asked for. */
@ApiExcludeController()
@Public()
@Controller('api')
export class OpenApiController {
  private document: OpenAPIObject | undefined;
  private describe: (() => OpenAPIObject) | undefined;

  connect(app: INestApplication): void {
    this.describe = () => describeApi(app);
  }

  @Get('openapi.json')
  get(): OpenAPIObject | undefined {
    this.document ??= this.describe?.();
    return this.document;
  }
}

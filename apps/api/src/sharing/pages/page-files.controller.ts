import { Controller, Get, Header, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../http/access';
import { SCRIPT, STYLE } from './page-files';

/** Named by what is in them, so that whoever has one need not ask again. */
const CACHE = 'public, max-age=31536000, immutable';

/** What the pages for visitors are made with. */
@ApiExcludeController()
@Public()
@Controller('pages')
export class PageFilesController {
  @Get('page.css')
  @Header('cache-control', CACHE)
  style(): StreamableFile {
    return new StreamableFile(STYLE.body, { type: STYLE.contentType });
  }

  @Get('page.js')
  @Header('cache-control', CACHE)
  script(): StreamableFile {
    return new StreamableFile(SCRIPT.body, { type: SCRIPT.contentType });
  }
}

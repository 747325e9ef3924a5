import { IsOptional, IsString, MaxLength } from 'class-validator';

export class GalleryPageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}

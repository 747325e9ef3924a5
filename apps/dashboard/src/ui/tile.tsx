import type { ReactNode } from 'react';
import { Picture, type PictureProps } from './picture';
import classes from './tile.module.css';

export interface TileProps {
  name: string;
  /** Size, date and the like; shortened to one line. */
  meta: string;
  picture: PictureProps;
  badge?: ReactNode;
  /** Where a click leads; without it the tile only shows. */
  href?: string;
  /** 0 to 100 while the file is on its way. */
  progress?: number | undefined;
}

/** One file in the grid. It is the same element from the drop to the finished asset, so that its picture never blinks. */
export function Tile({ name, meta, picture, badge, href, progress }: TileProps) {
  return (
    <li className={classes.tile} data-busy={progress !== undefined}>
      <Picture {...picture} />
      {badge && <span className={classes.badge}>{badge}</span>}
      {progress !== undefined && (
        <span className={classes.track} aria-hidden="true">
          <span className={classes.bar} style={{ transform: `scaleX(${progress / 100})` }} />
        </span>
      )}
      <span className={classes.caption}>
        {href ? (
          <a className={classes.name} href={href} title={name}>
            {name}
          </a>
        ) : (
          <span className={classes.name} title={name}>
            {name}
          </span>
        )}
        <span className={classes.meta}>{meta}</span>
      </span>
    </li>
  );
}

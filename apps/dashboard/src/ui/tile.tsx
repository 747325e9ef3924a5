import { memo, type ReactNode } from 'react';
import { Picture, type PictureProps } from './picture';
import classes from './tile.module.css';

export interface TileProps {
  name: string;
  /** Size, date and the like; shortened to one line. */
  meta: string;
  picture: PictureProps;
  /** Over the picture: what somebody should notice. */
  badge?: ReactNode;
  /** Beside the facts: what is as it should be. */
  mark?: ReactNode;
  /** Where a click leads; without it the tile only shows. */
  href?: string;
  /** 0 to 100 while the file is on its way. */
  progress?: number | undefined;
}

/** One file in the grid. It is the same element from the drop to the finished asset, so that its picture never blinks. */
export const Tile = memo(function Tile({ name, meta, picture, badge, mark, href, progress }: TileProps) {
  return (
    <li className={classes.tile}>
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
        <span className={classes.facts}>
          <span className={classes.meta}>{meta}</span>
          {mark}
        </span>
      </span>
    </li>
  );
});

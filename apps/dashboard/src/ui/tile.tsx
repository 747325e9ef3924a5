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
  /** Where a click opens something on the same page. */
  onOpen?: () => void;
  /** 0 to 100 while the file is on its way. */
  progress?: number | undefined;
}

function TileName({ name, href, onOpen }: Pick<TileProps, 'name' | 'href' | 'onOpen'>) {
  if (href) {
    return (
      <a className={classes.name} href={href} title={name}>
        {name}
      </a>
    );
  }
  if (onOpen) {
    return (
      <button type="button" className={classes.name} title={name} onClick={onOpen}>
        {name}
      </button>
    );
  }
  return (
    <span className={classes.name} title={name}>
      {name}
    </span>
  );
}

/** One file in the grid. It is the same element from the drop to the finished asset, so that its picture never blinks. */
export const Tile = memo(function Tile(props: TileProps) {
  const { name, meta, picture, badge, mark, href, onOpen, progress } = props;
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
        <TileName name={name} href={href} onOpen={onOpen} />
        <span className={classes.facts}>
          <span className={classes.meta}>{meta}</span>
          {mark}
        </span>
      </span>
    </li>
  );
});

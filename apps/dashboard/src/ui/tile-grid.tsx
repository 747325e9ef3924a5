import type { ReactNode } from 'react';
import { Skeleton } from '@mantine/core';
import classes from './tile.module.css';

export function TileGrid({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.grid} aria-label={label}>
      {children}
    </ul>
  );
}

const PLACES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** The grid's shape while its content is on the way. */
export function TileGridSkeleton() {
  return (
    <div className={classes.grid} aria-hidden="true">
      {PLACES.map((place) => (
        <div key={place} className={classes.tile}>
          <Skeleton radius={0} style={{ aspectRatio: '4 / 3' }} height="auto" />
          <span className={classes.caption}>
            <Skeleton height={14} width="70%" my={4} />
            <Skeleton height={10} width="45%" my={3} />
          </span>
        </div>
      ))}
    </div>
  );
}

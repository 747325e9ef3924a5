import type { ReactNode } from 'react';
import classes from './room-nav.module.css';

export interface Room {
  name: string;
  href: string;
  icon: ReactNode;
  current: boolean;
}

/** Rooms of one house: links, so that each has an address and opens in a tab. */
export function RoomNav({ label, rooms }: { label: string; rooms: Room[] }) {
  return (
    <nav className={classes.nav} aria-label={label}>
      {rooms.map(({ name, href, icon, current }) => (
        <a key={name} href={href} className={classes.room} aria-current={current ? 'page' : undefined}>
          {icon}
          {name}
        </a>
      ))}
    </nav>
  );
}

import type { Project } from '@slipway/sdk';
import { formatDay } from '../../ui/format-moment';
import { ROLE_NAMES } from '../../ui/project-role';
import classes from './projects.module.css';

/** Of FNV-1a: the same name has the same colours on every device. */
function hueOf(text: string): number {
  let hash = 2_166_136_261;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return 170 + ((hash >>> 0) % 70);
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toUpperCase();

const factsOf = ({ created_at, role, archived_at }: Project): string =>
  [
    `Created ${formatDay(created_at)}`,
    role !== null && role !== 'owner' && ROLE_NAMES[role],
    archived_at !== null && 'Archived',
  ]
    .filter(Boolean)
    .join(' · ');

export function ProjectCard({ project, href }: { project: Project; href: string }) {
  const hue = hueOf(project.id);
  const background = `linear-gradient(155deg, hsl(${hue} 52% 22%), hsl(${hue} 58% 38%))`;
  return (
    <li className={classes.card}>
      <span className={classes.cover} style={{ background }} aria-hidden="true">
        <svg className={classes.wave} viewBox="0 0 240 60" preserveAspectRatio="none">
          <path d="M0 26q30-16 60 0t60 0 60 0 60 0v34H0z" fill="#ffffff" opacity="0.1" />
          <path d="M0 40q30-14 60 0t60 0 60 0 60 0v20H0z" fill="#ffffff" opacity="0.12" />
        </svg>
        <span className={classes.initials}>{initialsOf(project.name)}</span>
      </span>
      <span className={classes.caption}>
        <a className={classes.name} href={href}>
          {project.name}
        </a>
        <span className={classes.meta}>{factsOf(project)}</span>
      </span>
    </li>
  );
}

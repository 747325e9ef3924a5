import { Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './section.module.css';

interface SectionProps {
  title: string;
  text?: ReactNode;
  actions?: ReactNode;
  /** What cannot be taken back. */
  grave?: boolean;
  children?: ReactNode;
}

/** One matter of a page of settings. */
export function Section({ title, text, actions, grave = false, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} data-grave={grave} aria-labelledby={id}>
      <div className={classes.head}>
        <div className={classes.words}>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {text && (
            <Text c="dimmed" size="sm" mt={3}>
              {text}
            </Text>
          )}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** The sections of a page, one under the other and not wider than is good to read. */
export function Sections({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <div className={classes.sections} data-wide={wide}>
      {children}
    </div>
  );
}

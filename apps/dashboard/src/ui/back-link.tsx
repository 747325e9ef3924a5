import { Anchor } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor
      href={href}
      size="sm"
      c="dimmed"
      inline
      style={{ display: 'inline-flex', alignItems: 'center', gap: 4, overflowWrap: 'anywhere' }}
    >
      <IconArrowLeft size={15} style={{ flex: 'none' }} />
      {children}
    </Anchor>
  );
}

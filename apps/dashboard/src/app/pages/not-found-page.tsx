import { Button } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { Notice } from '../../ui/notice';

export function NotFoundPage() {
  return (
    <Notice
      icon={<IconCompass size={40} stroke={1.3} />}
      title="There is no such page"
      text="The address may be mistyped, or what it named is gone."
      action={
        <Button component="a" href="#/">
          To all projects
        </Button>
      }
    />
  );
}

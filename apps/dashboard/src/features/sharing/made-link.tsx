import { Button, Group } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import { LinkQrCode } from '../../ui/link-qr-code';
import { ShownOnce } from '../../ui/shown-once';

/** The one moment in which its address is known. */
export function MadeLink({ url, name, onAnother }: { url: string; name: string; onAnother: () => void }) {
  const [isCode, setIsCode] = useState(false);
  return (
    <>
      <ShownOnce
        label="Link"
        secret={url}
        text="Copy it now: only its fingerprint is kept, so it cannot be shown again."
      />
      <Group gap="sm">
        <Button
          variant="light"
          size="sm"
          leftSection={<IconQrcode size={17} />}
          aria-expanded={isCode}
          onClick={() => setIsCode(!isCode)}
        >
          {isCode ? 'Hide the QR code' : 'Show its QR code'}
        </Button>
        <Button variant="default" size="sm" onClick={onAnother}>
          Make another link
        </Button>
      </Group>
      {isCode && <LinkQrCode text={url} label={`QR code of the link to ${name}`} />}
    </>
  );
}

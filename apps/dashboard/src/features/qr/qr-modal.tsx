import { Button, CopyButton, Group, Modal, Portal, Skeleton, Text } from '@mantine/core';
import { generateQRCodeDataUrl, type QrCodeSubject } from '@slipway/sdk';
import { useSlipwayClient } from '@slipway/sdk/react';
import { IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { ErrorNote } from '../../ui/error-note';
import classes from './qr.module.css';

export interface QrCodeOf {
  subject: QrCodeSubject;
  name: string;
  /** What the code says. */
  link: string;
}

function useQrCode(subject: QrCodeSubject) {
  const client = useSlipwayClient();
  return useQuery({
    queryKey: ['qr-code', subject],
    queryFn: ({ signal }) => generateQRCodeDataUrl(client, subject, { signal }),
    staleTime: Infinity,
  });
}

/** What goes on paper in place of the page. */
function PrintSheet({ image, code }: { image: string; code: QrCodeOf }) {
  return (
    <Portal reuseTargetNode={false} className={classes.sheet} aria-hidden="true">
      <img src={image} alt="" />
      <h1>{code.name}</h1>
      <p>{code.link}</p>
    </Portal>
  );
}

function QrActions({ image, code }: { image: string; code: QrCodeOf }) {
  return (
    <Group justify="center" gap="sm">
      <CopyButton value={code.link}>
        {({ copied, copy }) => (
          <Button
            variant="light"
            leftSection={copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
            onClick={copy}
          >
            {copied ? 'Copied' : 'Copy link'}
          </Button>
        )}
      </CopyButton>
      <Button
        component="a"
        href={image}
        download={`${code.name} QR code.png`}
        variant="light"
        leftSection={<IconDownload size={17} />}
      >
        Save
      </Button>
      <Button leftSection={<IconPrinter size={17} />} onClick={() => window.print()}>
        Print
      </Button>
    </Group>
  );
}

function QrBody({ code }: { code: QrCodeOf }) {
  const { data: image, error, refetch } = useQrCode(code.subject);
  if (error)
    return <ErrorNote title="The code is not there yet" error={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.body}>
      <div className={classes.frame}>
        {image ? <img src={image} alt={`QR code of ${code.name}`} /> : <Skeleton height="100%" />}
      </div>
      <Text ta="center" size="sm" c="dimmed" className={classes.link}>
        {code.link}
      </Text>
      {image && <QrActions image={image} code={code} />}
      {image && <PrintSheet image={image} code={code} />}
    </div>
  );
}

export function QrModal({ code, onClose }: { code: QrCodeOf | null; onClose: () => void }) {
  return (
    <Modal
      opened={code !== null}
      onClose={onClose}
      title={code?.name}
      size="md"
      zIndex={260}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {code && <QrBody code={code} />}
    </Modal>
  );
}

import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { describeError } from './describe-error';
import { FormFault } from './form-fault';

export interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  text: ReactNode;
  /** What the button that does it says. */
  action: string;
  keep?: string;
  grave?: boolean;
  error?: unknown;
  loading?: boolean;
  onConfirm: () => void;
}

/** Asks before something that others feel or that cannot be taken back; the safe answer has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    opened,
    onClose,
    title,
    text,
    action,
    keep = 'Cancel',
    grave = true,
    error,
    loading = false,
  } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      zIndex={260}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text component="div">{text}</Text>
      {error ? <FormFault text={describeError(error)} /> : null}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          {keep}
        </Button>
        <Button {...(grave && { color: 'keel' })} loading={loading} onClick={props.onConfirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}

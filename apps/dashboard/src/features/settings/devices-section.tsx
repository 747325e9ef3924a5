import { Button } from '@mantine/core';
import type { DeviceSession } from '@slipway/sdk/people';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { formatMoment } from '../../ui/format-moment';
import { tellFailed } from '../../ui/notify';
import { Row, Rows, RowsState } from '../../ui/rows';
import { Section } from '../../ui/section';
import { StatusBadge } from '../../ui/status-badge';
import { describeDevice } from './describe-device';
import { useDevices, useEndDevice } from './settings-queries';

function Device({ device }: { device: DeviceSession }) {
  const end = useEndDevice();
  const name = describeDevice(device.user_agent);
  const Icon = /Mobile|iPhone|Android/.test(device.user_agent ?? '') ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <Row
      icon={<Icon size={19} stroke={1.6} />}
      name={name}
      badge={device.current && <StatusBadge text="This device" tone="settled" />}
      facts={[device.ip, `last used ${formatMoment(device.last_used_at)}`].filter(Boolean).join(' · ')}
      actions={
        !device.current && (
          <Button
            variant="subtle"
            color="keel"
            size="compact-sm"
            loading={end.isPending}
            aria-label={`Sign out ${name}`}
            onClick={() => end.mutate(device.id, { onError: tellFailed('It is still signed in') })}
          >
            Sign out
          </Button>
        )
      }
    />
  );
}

export function DevicesSection({ onSignOutEverywhere }: { onSignOutEverywhere: () => void }) {
  const { data = [], isPending, error } = useDevices();
  return (
    <Section
      title="Devices"
      text="Where you are signed in. If you do not know one of them, sign it out and change your password."
      actions={
        <Button variant="default" size="xs" onClick={onSignOutEverywhere}>
          Sign out everywhere
        </Button>
      }
    >
      <RowsState isPending={isPending} error={error} />
      {data.length > 0 && (
        <Rows label="Devices">
          {data.map((device) => (
            <Device key={device.id} device={device} />
          ))}
        </Rows>
      )}
    </Section>
  );
}

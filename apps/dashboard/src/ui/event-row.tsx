import type { AuditEvent } from '@slipway/sdk/people';
import {
  IconKey,
  IconLink,
  IconSettingsAutomation,
  IconShieldX,
  IconUser,
  IconUserQuestion,
} from '@tabler/icons-react';
import { describeDetails, describeEvent, describeRefusal } from './describe-event';
import { formatMoment } from './format-moment';
import { Row } from './rows';
import { StatusBadge } from './status-badge';

const ICONS = {
  user: IconUser,
  api_key: IconKey,
  link: IconLink,
  visitor: IconUserQuestion,
  system: IconSettingsAutomation,
};

export interface EventRowProps {
  event: AuditEvent;
  /** Of the person or key behind it, where it is known. */
  actorName?: string | undefined;
}

export function EventRow({ event, actorName }: EventRowProps) {
  const refused = event.result === 'refused';
  const Icon = refused ? IconShieldX : ICONS[event.actor.kind];
  const from = event.erased ? 'personal data erased' : event.ip;
  const details = describeDetails(event);
  return (
    <Row
      icon={<Icon size={19} stroke={1.6} />}
      name={describeEvent(event, actorName)}
      badge={refused && <StatusBadge text={describeRefusal(event)} tone="failed" />}
      facts={
        <>
          <time dateTime={event.at}>{formatMoment(event.at)}</time>
          {from && ` · ${from}`}
          {details && (
            <>
              <br />
              {details}
            </>
          )}
        </>
      }
    />
  );
}

import { ApiProperty } from '@nestjs/swagger';
import type { EventProof, Inclusion, ProvenEvent, ProvenSeal } from '@slipway/core/audit/event-proof';
import { toExportedEvent } from '@slipway/core/audit/exported-event';
import { AuditEventResponse } from './audit.wire';

export class ProvenSealResponse implements ProvenSeal {
  @ApiProperty({ minimum: 1 })
  number: number;

  @ApiProperty({ description: 'Hash of the seal before; zeros for the first' })
  previous: string;

  @ApiProperty({ description: 'Events under it' })
  count: number;

  @ApiProperty()
  ids_digest: string;

  @ApiProperty({ format: 'date-time' })
  sealed_at: string;

  @ApiProperty({ description: 'Compare it with the anchor in the bucket' })
  hash: string;
}

export class InclusionResponse implements Inclusion {
  @ApiProperty({ minimum: 0 })
  index: number;

  @ApiProperty({ type: [String], description: 'From the leaf up (RFC 9162, 2.1.3)' })
  path: string[];

  @ApiProperty()
  root: string;

  @ApiProperty()
  seal: ProvenSealResponse;
}

export class PersonalTextResponse {
  @ApiProperty()
  text: string;

  @ApiProperty({ description: '`personal_digest` is SHA-256 of salt and text' })
  salt: string;
}

export class AuditProofResponse implements EventProof {
  @ApiProperty()
  event: AuditEventResponse;

  @ApiProperty({ description: 'What is hashed into the leaf: a JSON array, see docs/AUDIT.md' })
  entry: string;

  @ApiProperty({ description: 'SHA-256 of a zero byte and the entry; all hashes are hex' })
  leaf: string;

  @ApiProperty({ type: PersonalTextResponse, nullable: true, description: 'Null when it was erased' })
  personal: PersonalTextResponse | null;

  @ApiProperty({ type: InclusionResponse, nullable: true, description: 'Null until the event is sealed' })
  inclusion: InclusionResponse | null;
}

export const toAuditProofResponse = ({ event, proof }: ProvenEvent): AuditProofResponse => ({
  event: toExportedEvent(event),
  entry: proof.entry,
  leaf: proof.leaf,
  personal: proof.personal,
  inclusion: proof.inclusion,
});

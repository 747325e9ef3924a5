export type FaultKind =
  | 'event_changed'
  | 'personal_data_changed'
  | 'personal_data_removed'
  | 'event_missing'
  | 'event_moved'
  | 'event_added'
  | 'seal_changed'
  | 'seal_missing'
  | 'anchor_differs'
  | 'tail_cut';

/** The first thing that is not as it was sealed. */
export interface AuditFault {
  kind: FaultKind;
  /** Null only where nothing tells any more which event it was. */
  eventId: string | null;
  seal: number;
  /** In a sentence, for people. */
  told: string;
}

/** Ends a check. */
export class AuditFaultFound extends Error {
  constructor(readonly fault: AuditFault) {
    super(fault.told);
    this.name = 'AuditFaultFound';
  }
}

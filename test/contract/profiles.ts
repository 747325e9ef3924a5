import type { CapabilityName } from './capabilities';

type Profile = Record<CapabilityName, boolean>;

/** What was found on each storage, by running the suite; a change on either side fails it. */
const profiles: Record<string, Profile> = {
  embedded: {
    checksumSha256Enforced: true,
    contentMd5Enforced: true,
    checksumSha256Told: true,
    etagIsMd5: true,
    createOnly: true,
    replaceOnlyMatching: true,
    conditionalCopy: true,
    createOnlyInParts: true,
    unsignedAclRefused: true,
    unsignedCopySourceStopped: true,
    refusalReadableByPage: true,
    batchDelete: true,
    tagging: true,
    lifecycle: true,
  },
  'ceph-16.2': {
    checksumSha256Enforced: false,
    contentMd5Enforced: true,
    checksumSha256Told: false,
    etagIsMd5: true,
    createOnly: true,
    replaceOnlyMatching: true,
    conditionalCopy: false,
    createOnlyInParts: false,
    unsignedAclRefused: false,
    unsignedCopySourceStopped: false,
    refusalReadableByPage: false,
    batchDelete: true,
    tagging: true,
    lifecycle: true,
  },
};

/** Undefined for a storage nobody has measured yet. */
export const profileOf = (storage: string): Profile | undefined => profiles[storage];

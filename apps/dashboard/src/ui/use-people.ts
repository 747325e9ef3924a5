import { createAdmin, type AdminAPI } from '@slipway/sdk/admin';
import { createPeople, type People } from '@slipway/sdk/people';
import { useSlipwayClient } from '@slipway/sdk/react';
import { useMemo } from 'react';

export function usePeople(): People {
  const client = useSlipwayClient();
  return useMemo(() => createPeople(client), [client]);
}

export function useAdmin(): AdminAPI {
  const client = useSlipwayClient();
  return useMemo(() => createAdmin(client), [client]);
}

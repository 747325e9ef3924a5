import type { CreateApiKeyInput } from '@slipway/sdk/people';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usePeople } from '../../ui/use-people';

const SESSIONS = ['account', 'sessions'];
const KEYS = ['account', 'api-keys'];
const EXPORTS = ['account', 'exports'];
/** A zip of everything takes minutes; whoever waits on the page sees it within this time. */
const EXPORT_LOOK_MS = 5000;

export function useDevices() {
  const { account } = usePeople();
  return useQuery({ queryKey: SESSIONS, queryFn: ({ signal }) => account.sessions({ signal }) });
}

export function useEndDevice() {
  const { account } = usePeople();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string) => account.endSession(sessionId),
    onSuccess: () => queries.invalidateQueries({ queryKey: SESSIONS }),
  });
}

export function useApiKeys() {
  const { apiKeys } = usePeople();
  return useQuery({ queryKey: KEYS, queryFn: ({ signal }) => apiKeys.list({ signal }) });
}

export function useApiKeyChange() {
  const { apiKeys } = usePeople();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: KEYS });
  return {
    create: useMutation({ mutationFn: (input: CreateApiKeyInput) => apiKeys.create(input), onSuccess }),
    revoke: useMutation({ mutationFn: (keyId: string) => apiKeys.revoke(keyId), onSuccess }),
  };
}

export function useExports() {
  const { myData } = usePeople();
  return useQuery({
    queryKey: EXPORTS,
    queryFn: ({ signal }) => myData.exports({ signal }),
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === 'pending') ? EXPORT_LOOK_MS : false,
  });
}

export function useBeginExport() {
  const { myData } = usePeople();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => myData.export(),
    onSuccess: () => queries.invalidateQueries({ queryKey: EXPORTS }),
  });
}

import type { Session } from '@slipway/sdk';
import { type FormEvent, useState } from 'react';
import { areNone, type Credentials, faultsOf, findFaults, NO_FAULTS } from './form-faults';
import { useSessionStore } from './session-context';

/** State of one account form; `send` asks the API. */
export function useAccountForm<Values extends Credentials>(
  initial: Values,
  send: (values: Values) => Promise<Session>,
) {
  const session = useSessionStore();
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState(NO_FAULTS);
  const [sending, setSending] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = findFaults(values);
    setFaults(found);
    if (!areNone(found)) return;
    setSending(true);
    try {
      session.begin(await send(values));
    } catch (error) {
      setFaults(faultsOf(error));
    } finally {
      setSending(false);
    }
  };

  const field = (name: keyof Values & string) => ({
    name,
    value: values[name] as string,
    error: faults.fields[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });

  return { field, submit, sending, fault: faults.form };
}

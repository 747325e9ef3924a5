import { type FormEvent, useState } from 'react';
import { areNone, faultsOf, type FieldNames, type FormFaults, NO_FAULTS } from './form-faults';

interface FormOptions<Values, Answer> {
  initial: Values;
  names: FieldNames;
  check: (values: Values) => FormFaults;
  /** Asks the API; what it rejects with is shown. */
  send: (values: Values) => Promise<Answer>;
  onDone?: (answer: Answer) => void;
}

interface Changed {
  currentTarget: { value: string };
}

/** State of one form of text fields. */
export function useForm<Values extends object, Answer>(options: FormOptions<Values, Answer>) {
  const { initial, names, check, send, onDone } = options;
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState(NO_FAULTS);
  const [sending, setSending] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = check(values);
    setFaults(found);
    if (!areNone(found)) return;
    setSending(true);
    try {
      onDone?.(await send(values));
    } catch (error) {
      setFaults(faultsOf(error, names));
    } finally {
      setSending(false);
    }
  };

  const set = (change: Partial<Values>) => setValues((before) => ({ ...before, ...change }));
  const field = (name: keyof Values & string) => ({
    name,
    value: values[name] as string,
    error: faults.fields[name],
    onChange: (event: Changed) => set({ [name]: event.currentTarget.value } as Partial<Values>),
  });

  return {
    values,
    set,
    field,
    sending,
    fault: faults.form,
    faults: faults.fields,
    onSubmit: (event: FormEvent) => void submit(event),
    reset: () => setValues(initial),
  };
}

import type { Format } from './formats';

interface Declaration<Value> {
  name: string;
  /** Read where the first name is unset. */
  alias?: string;
  format: Format<Value>;
  /** What it means, in a line: becomes docs/CONFIGURATION.md. */
  doc: string;
  /** Its value is never shown. */
  secret?: boolean;
}

export interface DefaultedVariable<Value> extends Declaration<Value> {
  /** Read as if it had been set. */
  default: string;
}

export interface OptionalVariable<Value> extends Declaration<Value> {
  /** What happens without it, in a few words. */
  unset: string;
}

export type Variable = DefaultedVariable<unknown> | OptionalVariable<unknown>;

/** The environment as the parts of the configuration read it; keeps every fault instead of stopping at the first. */
export class Environment {
  readonly faults: string[] = [];

  constructor(private readonly variables: NodeJS.ProcessEnv) {}

  /** A faulty value is noted, and read as the default so that the rest can be checked. */
  withDefault<Value>(variable: DefaultedVariable<Value>): Value {
    const found = this.optional(variable) ?? variable.format.parse(variable.default);
    if (found === undefined) throw new Error(`The default of ${variable.name} is not of its own format`);
    return found;
  }

  optional<Value>(variable: Declaration<Value>): Value | undefined {
    const text = this.textOf(variable);
    if (text === undefined) return undefined;
    const value = variable.format.parse(text);
    if (value === undefined) {
      const shown = variable.secret ? 'its value' : JSON.stringify(text);
      this.fault(variable, `${shown} does not do; give ${variable.format.expected}`);
    }
    return value;
  }

  isSet(variable: Declaration<unknown>): boolean {
    return this.textOf(variable) !== undefined;
  }

  fault({ name }: { name: string }, message: string): void {
    this.faults.push(`${name}: ${message}`);
  }

  /** Set to nothing is unset, as `PORT= npm start` means it. */
  textOf({ name, alias }: Declaration<unknown>): string | undefined {
    const text = this.variables[name]?.trim() || (alias && this.variables[alias]?.trim());
    return text || undefined;
  }
}

/** The part of a pino logger that the server uses. */
export interface ServerLogger {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export const silentLogger: ServerLogger = { warn: () => undefined, error: () => undefined };

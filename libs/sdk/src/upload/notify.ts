/** Calls the host's callback. What it throws surfaces as uncaught, where the host will see it, and the upload goes on. */
export function notify<T>(callback: ((value: T) => void) | undefined, value: T): void {
  try {
    callback?.(value);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}

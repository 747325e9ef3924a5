/** What can be said of a field without asking the server; false where there is nothing to say. */
export const faultOfEmail = (email: string): string | false =>
  !/^\S+@\S+$/.test(email.trim()) && 'Enter an email address like ada@example.com.';

export const LEAST_PASSWORD = 8;

export const faultOfNewPassword = (password: string): string | false =>
  password.length < LEAST_PASSWORD && `Use at least ${LEAST_PASSWORD} characters.`;

import { notifications } from '@mantine/notifications';
import { describeError } from './describe-error';

export const tell = (title: string, message = ''): void =>
  void notifications.show({ color: 'tide', title, message });

/** For `onError` of a mutation without a place of its own to say it. */
export const tellFailed =
  (title: string) =>
  (error: unknown): void =>
    void notifications.show({ color: 'keel', title, message: describeError(error) });

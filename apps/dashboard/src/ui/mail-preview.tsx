import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatMoment } from './format-moment';
import classes from './mail-preview.module.css';
import { usePeople } from './use-people';

/** A mail is there at once or not at all; whoever waits longer may ask. */
const LOOK_AGAIN_MS = 2000;
const LOOKS = 5;

const LINK = /(https?:\/\/[^\s<>"]+)/;

/** Only this page's own links can be followed: nobody else writes these mails. */
function Line({ text }: { text: string }) {
  return text.split(LINK).map((part, place) =>
    place % 2 === 1 && part.startsWith(location.origin) ? (
      // oxlint-disable-next-line react/no-array-index-key -- the parts of one line, which never change
      <a key={place} href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}

export interface AwaitedMail {
  to: string;
  /** By the server's clock, in milliseconds: an earlier mail is not the one. */
  since: number;
}

/** In development, what would have been mailed to this address; nothing at all where mails are sent. */
export function MailPreview({ to, since }: AwaitedMail) {
  const { account } = usePeople();
  const mails = useQuery({
    queryKey: ['mails'],
    queryFn: ({ signal }) => account.mails({ signal }),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.status === 'success' && state.dataUpdateCount < LOOKS ? LOOK_AGAIN_MS : false,
  });
  if (!mails.data) return null;
  const mail = mails.data.find(
    (each) => each.to.toLowerCase() === to.toLowerCase() && Date.parse(each.sent_at) >= since,
  );
  return (
    <section className={classes.preview} aria-label="Mail">
      <Text size="xs" c="dimmed">
        This server is for development and shows its mails instead of sending them.
      </Text>
      {mail ? (
        <article className={classes.mail}>
          <Text fw={600}>{mail.subject}</Text>
          <Text size="xs" c="dimmed">{`to ${mail.to}, ${formatMoment(mail.sent_at)}`}</Text>
          <Text component="p" size="sm" className={classes.text}>
            <Line text={mail.text} />
          </Text>
        </article>
      ) : (
        <Button variant="default" size="xs" loading={mails.isFetching} onClick={() => void mails.refetch()}>
          Look for it again
        </Button>
      )}
    </section>
  );
}

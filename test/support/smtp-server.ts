import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface ReceivedMail {
  from: string;
  /** Of the envelope: whom it really goes to. */
  to: string[];
  /** Header and body as they came, without the dots of the protocol. */
  content: string;
}

export interface SmtpServer {
  url: string;
  /** What was accepted. */
  mails: ReceivedMail[];
  /** What is answered to each mail from now on; `250` takes it. */
  answer: string;
  stop(): Promise<void>;
}

const DATA_END = '\r\n.\r\n';

const addressIn = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? '';

/** One conversation of RFC 5321, as far as a client without extensions needs it. */
function converse(socket: Socket, server: SmtpServer): void {
  let waiting = '';
  let isData = false;
  let mail: ReceivedMail = { from: '', to: [], content: '' };
  const say = (line: string): void => void socket.write(`${line}\r\n`);

  const commands: Record<string, (line: string) => void> = {
    EHLO: () => say('250 test'),
    HELO: () => say('250 test'),
    MAIL: (line) => {
      mail = { from: addressIn(line), to: [], content: '' };
      say('250 OK');
    },
    RCPT: (line) => {
      mail.to.push(addressIn(line));
      say('250 OK');
    },
    DATA: () => {
      isData = true;
      say('354 Go on');
    },
    QUIT: () => {
      say('221 Bye');
      socket.end();
    },
  };

  const takeContent = (): boolean => {
    const end = waiting.indexOf(DATA_END);
    if (end === -1) return false;
    mail.content = waiting.slice(0, end).replaceAll(/^\./gm, '');
    waiting = waiting.slice(end + DATA_END.length);
    isData = false;
    if (server.answer.startsWith('250')) server.mails.push(mail);
    say(server.answer);
    return true;
  };

  const takeLine = (): boolean => {
    const end = waiting.indexOf('\r\n');
    if (end === -1) return false;
    const line = waiting.slice(0, end);
    waiting = waiting.slice(end + 2);
    (commands[line.slice(0, 4).toUpperCase()] ?? (() => say('502 Unknown')))(line);
    return true;
  };

  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    waiting += chunk.toString();
    while (isData ? takeContent() : takeLine());
  });
  say('220 test ESMTP');
}

/** Takes mails by SMTP, on this machine only. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    converse(socket, server);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const server: SmtpServer = {
    url: `smtp://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    mails: [],
    answer: '250 Taken',
    async stop() {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
  return server;
}

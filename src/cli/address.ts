import { type Command, InvalidArgumentError, Option } from 'commander';

/** Where a daemon is to listen. */
export interface AddressOptions {
  host?: string;
  port?: number;
}

/** Where a daemon listens if that is free and nobody chose a port: for `restart`, which keeps the one it had. */
export const preferredPort = (): Option =>
  new Option('--preferred-port <number>').argParser(parsePort).hideHelp();

/** How a port that is taken is told of, behind where the daemon is. */
export const movedNote = (takenPort: number | null | undefined): string =>
  takenPort == null ? '' : ` (port ${takenPort} is taken, so it listens on another one)`;

/** Adds `--host` and `--port` to a command. */
export const withAddress = (command: Command): Command =>
  command
    .option('--host <address>', 'where to listen; by default http.host of the configuration, 127.0.0.1')
    .option(
      '--port <number>',
      'by default http.port of the configuration, or else 4711 or any that is free',
      parsePort,
    );

/** The options as words for another command line. */
export const addressWords = ({ host, port }: AddressOptions): string[] => [
  ...(host === undefined ? [] : ['--host', host]),
  ...(port === undefined ? [] : ['--port', String(port)]),
];

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('It must be a number from 0 to 65535.');
}

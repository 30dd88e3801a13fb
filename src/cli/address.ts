import { type Command, InvalidArgumentError, Option } from 'commander';

/** The address options of a daemon. */
export interface AddressOptions {
  host?: string;
  port?: number;
}

/** The port to use if it is free and none was chosen. `restart` passes the previous port. */
export const preferredPort = (): Option =>
  new Option('--preferred-port <number>').argParser(parsePort).hideHelp();

/** The note about a taken port, appended to the daemon's address. */
export const takenPortNote = (takenPort: number | null | undefined): string =>
  takenPort == null ? '' : ` (port ${takenPort} is taken, so it listens on another one)`;

/** Adds `--host` and `--port` to a command. */
export const withAddress = (command: Command): Command =>
  command
    .option('--host <address>', 'address to listen on; by default http.host of the configuration, 127.0.0.1')
    .option(
      '--port <number>',
      'port to listen on; by default http.port of the configuration, or else 4711 or any free port',
      parsePort,
    );

/** The options as words of another command line. */
export const addressWords = ({ host, port }: AddressOptions): string[] => [
  ...(host === undefined ? [] : ['--host', host]),
  ...(port === undefined ? [] : ['--port', String(port)]),
];

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('It must be a number from 0 to 65535.');
}

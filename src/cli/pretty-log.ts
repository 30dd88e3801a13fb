import { prettyFactory } from 'pino-pretty';

/**
 * Formats a line of the log for a terminal.
 *
 * @example prettyLine('{"level":"info","time":"…","msg":"started"}\n') // '[10:00:00] INFO: started\n'
 */
export const prettyLine: (line: string) => string = prettyFactory({
  colorize: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  translateTime: 'SYS:HH:MM:ss',
  ignore: 'printed',
});

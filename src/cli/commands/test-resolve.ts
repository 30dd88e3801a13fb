import type { Command } from 'commander';
import { errorJson } from '../../base/error-json.ts';
import { type FieldErrors, invalidParameters } from '../../base/errors.ts';
import { fieldLines } from '../../base/field-errors.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { attachDefaults } from '../../domain/bot-action.ts';
import { parseParameters } from '../../domain/parameters.ts';
import type { Operations } from '../../sandbox/protocol.ts';
import { inHandlers } from '../handlers.ts';
import { printJson, resolvedJson } from '../json.ts';
import { printLine } from '../print.ts';

type Resolution = Operations['resolve']['answer'];
type Resolved = Extract<Resolution, { resolved: unknown }>['resolved'];

interface Options {
  defaults?: boolean;
  json?: boolean;
}

const defaults = Object.entries(attachDefaults)
  .map(([name, value]) => `${name} ${value}`)
  .join(', ');

/** `messenger test-resolve HelloBot cooldown=0 …` */
export const define = (command: Command): Command =>
  command
    .argument('<handler>', 'class name, alias or file of the handler')
    .argument('[parameters...]', 'a JSON object, or words like cooldown=0')
    .option('--defaults', `use the defaults of attach for what is left out: ${defaults}`)
    .option('--json', 'print the resolved action, or the errors by field, as JSON')
    .addHelpText(
      'after',
      `
Checks the parameters as the HTTP API does: cooldown, admin_only and enabled are required. With --defaults they
may be left out, as with "messenger attach". Unknown parameters are errors. Exits with 0 if the parameters
resolve, and with 1 if they do not.

Example:
  $ messenger test-resolve HelloBot '{"cooldown":0,"admin_only":false,"enabled":true}'
  $ messenger test-resolve HelloBot cooldown=0 admin_only=false enabled=true --json
  $ messenger test-resolve HelloBot --defaults`,
    )
    .action(testResolve);

async function testResolve(name: string, words: string[], options: Options): Promise<void> {
  const { values, texts } = parseParameters(words);
  const params = options.defaults ? { ...attachDefaults, ...values } : values;
  await inHandlers(findWorkspace(process.cwd()), async ({ catalogue, sandbox }) => {
    const handler = catalogue.get(name);
    const result = await sandbox.resolve(handler, params, texts);
    if (options.json) printJson(resolutionJson(handler.name, result));
    else if ('resolved' in result) printResolved(result.resolved);
    else printErrors(handler.class, result.errors);
    if ('errors' in result) process.exitCode = 1;
  });
}

function printResolved(resolved: Resolved): void {
  printLine(`${resolved.handlerDTO.class} resolved.`);
  const rows: Array<[string, unknown]> = [
    ['alias', resolved.handlerDTO.alias],
    ['match', resolved.matchMethod],
    ['triggers', resolved.triggers ?? 'none'],
    ['enabled', resolved.enabled],
    ['admin only', resolved.adminOnly],
    ['cooldown', `${resolved.cooldown} s`],
    ['payload', resolved.payload === null ? 'none' : JSON.stringify(resolved.payload)],
  ];
  for (const [label, value] of rows) printLine(`  ${label.padEnd(10)}  ${value}`);
}

const resolutionJson = (name: string, result: Resolution) =>
  'resolved' in result
    ? resolvedJson(result.resolved)
    : { error: errorJson(invalidParameters(name, result.errors)) };

function printErrors(name: string, errors: FieldErrors): void {
  printLine(`${name} did not resolve.`);
  for (const line of fieldLines(errors)) printLine(`  ${line}`);
}

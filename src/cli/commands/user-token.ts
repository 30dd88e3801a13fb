import type { Command } from 'commander';
import { openStorage, type StorageApp } from '../../app/open-storage.ts';
import { createError } from '../../base/errors.ts';
import { shownMinute } from '../../base/shown-time.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { personName } from '../../domain/name.ts';
import type { Token } from '../../domain/token.ts';
import { listTokens, makeToken, revokeTokens } from '../../services/users/tokens.ts';
import { printJson } from '../json.ts';
import { reportWarnings } from '../problems.ts';
import { table } from '../table.ts';
import { counted } from '../text.ts';

interface Options {
  revoke?: boolean;
  list?: boolean;
  json?: boolean;
}

/** `messenger user:token Ada` */
export const define = (command: Command): Command =>
  command
    .argument('<name>', 'name of the person; created if there is nobody with that name')
    .option('--revoke', 'revoke every token of that person instead')
    .option('--list', 'list the tokens of that person instead')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
The token is shown only once, and only its hash is stored. Send it as "Authorization: Bearer TOKEN".

Example:
  $ messenger user:token Ada --json`,
    )
    .action(userToken);

/** @throws WRONG_USE, NAME_INVALID */
async function userToken(given: string, options: Options): Promise<void> {
  const name = personName(given);
  if (options.revoke && options.list) throw createError('WRONG_USE', 'Use --revoke or --list, not both.');
  const storage = await openStorage(findWorkspace(process.cwd()), {
    onlyWhatIsThere: options.revoke ?? options.list ?? false,
  });
  reportWarnings(storage);
  try {
    const print = options.revoke ? revoke : options.list ? list : make;
    await print(storage, name, options.json ?? false);
  } finally {
    await storage.close();
  }
}

async function make(storage: StorageApp, name: string, json: boolean): Promise<void> {
  const login = await makeToken(storage, name);
  console.log(json ? JSON.stringify(login) : login.token);
}

async function revoke(storage: StorageApp, name: string, json: boolean): Promise<void> {
  const revoked = await revokeTokens(storage, name);
  if (json) console.log(JSON.stringify({ name, revoked }));
  else console.log(`Revoked ${counted(revoked, 'token')} of ${name}.`);
}

async function list(storage: StorageApp, name: string, json: boolean): Promise<void> {
  const tokens = await listTokens(storage, name);
  if (json) printJson(tokens.map(tokenJson));
  else if (tokens.length === 0) console.log(`${name} has no tokens.`);
  else console.log(await table(['TOKEN', 'MADE', 'LAST USED', 'REVOKED'], tokens.map(row)));
}

/** Without the hash. */
const tokenJson = ({ id, createdAt, lastUsedAt, revokedAt }: Token) => ({
  id,
  created_at: createdAt,
  last_used_at: lastUsedAt,
  revoked_at: revokedAt,
});

const row = ({ id, createdAt, lastUsedAt, revokedAt }: Token): string[] => [
  id,
  minute(createdAt),
  minute(lastUsedAt),
  minute(revokedAt),
];

/** A time, to the minute. */
const minute = (moment: string | null): string => (moment === null ? '-' : shownMinute(moment));

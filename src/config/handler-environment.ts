import type { Config } from './schema.ts';

/** The settings that it depends on. */
interface HandlerSettings extends Pick<Config, 'keys'> {
  bots: Pick<Config['bots'], 'environment'>;
}

/** Variables that programs need to run, none of which holds secrets. */
const harmless = [
  'HOME',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'NODE_ENV',
  'NODE_EXTRA_CA_CERTS',
  'PATH',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'USERPROFILE',
];

/**
 * What handlers find in `process.env`: the keys of the configuration, the variables that it lists, those that
 * a handler declares, and a few harmless ones. The rest of our environment is withheld.
 *
 * @param declared what handlers declare in `static environment`
 */
export function handlerEnvironment(
  { bots, keys }: HandlerSettings,
  declared: readonly string[] = [],
  given = process.env,
): NodeJS.ProcessEnv {
  const names = new Set([...harmless, ...bots.environment, ...declared]);
  const passed = [...names].flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]));
  return { ...Object.fromEntries(passed), ...keys };
}

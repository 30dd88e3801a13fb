/** What stands where a secret was. */
const hidden = '[hidden]';

const secretName = /token|secret|passw|authorization|cookie|api[-_]?key|private[-_]?key/i;
const secretVariable = /token|secret|passw|credential|key$/i;

/** Secrets in texts: what stands before one, which stays. */
const secretsInText: readonly RegExp[] = [
  /\b(Bearer\s+)[\w.~+/=-]{8,}/g,
  /\b(\w+:\/\/[^\s/:@]+:)[^\s/@]+(?=@)/g,
  /((?:token|secret|passw(?:or)?d|authorization|cookie|api[-_]?key|private[-_]?key)\w*["']?\s*[:=]\s*["']?)(?!Bearer\b)[^\s"'`,;&})\]]+/gi,
];

/** The shortest text that is hidden wherever it stands; shorter ones would hide ordinary words. */
const shortest = 8;

/** The values of those variables of an environment that are called like secrets. */
export const secretValues = (environment: NodeJS.ProcessEnv): string[] =>
  Object.entries(environment).flatMap(([name, value]) => (value && secretVariable.test(name) ? [value] : []));

/**
 * Makes a function that hides secrets in what is to be logged: values under names like `token` or `api_key` at any
 * depth and in texts, bearer tokens, and the given values wherever they stand.
 *
 * @param values secrets that are known, such as the keys of the configuration; more may be added later
 * @example createRedactor(new Set(['s3cret-key']))({ token: 'x', url: '/?key=s3cret-key' }) // { token: '[hidden]', url: '/?key=[hidden]' }
 */
export function createRedactor(values: ReadonlySet<string>): (value: unknown) => unknown {
  const hideInText = (text: string): string =>
    secretsInText.reduce(
      (rest, secret) => rest.replace(secret, `$1${hidden}`),
      [...values]
        .filter((value) => value.length >= shortest)
        .reduce((rest, secret) => rest.replaceAll(secret, hidden), text),
    );
  const hide = (value: unknown): unknown => {
    if (typeof value === 'string') return hideInText(value);
    if (Array.isArray(value)) return value.map(hide);
    if (value instanceof Error || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, secretName.test(name) ? hidden : hide(inner)]),
    );
  };
  return hide;
}

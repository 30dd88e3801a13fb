/** What stands for a secret. */
export const hidden = '[hidden]';

const secretName = /token|secret|passw|authorization|cookie|api[-_]?key|private[-_]?key/i;
const secretVariable = /token|secret|passw|credential|key$/i;

/** Secrets in texts. The part before the secret is kept. */
const secretsInText: readonly RegExp[] = [
  /\b(Bearer\s+)[\w.~+/=-]{8,}/g,
  /\b(\w+:\/\/[^\s/:@]+:)[^\s/@]+(?=@)/g,
  /((?:token|secret|passw(?:or)?d|authorization|cookie|api[-_]?key|private[-_]?key)\w*["']?\s*[:=]\s*["']?)(?!Bearer\b)[^\s"'`,;&})\]]+/gi,
];

/** The shortest value that is hidden wherever it appears. Shorter ones would hide ordinary words. */
export const minLength = 8;

/** The values of the environment variables whose names suggest a secret. */
export const secretValues = (environment: NodeJS.ProcessEnv): string[] =>
  Object.entries(environment).flatMap(([name, value]) => (value && secretVariable.test(name) ? [value] : []));

/**
 * Creates a function that hides secrets in log entries: values under names like `token` or `api_key`, at any
 * depth and in texts; bearer tokens; and the given values wherever they appear.
 *
 * @param values known secrets, such as the keys of the configuration; more may be added later
 * @example createRedactor(new Set(['s3cret-key']))({ token: 'x', url: '/?key=s3cret-key' }) // { token: '[hidden]', url: '/?key=[hidden]' }
 */
export function createRedactor(values: ReadonlySet<string>): (value: unknown) => unknown {
  const hideInText = (text: string): string =>
    secretsInText.reduce(
      (rest, secret) => rest.replace(secret, `$1${hidden}`),
      [...values]
        .filter((value) => value.length >= minLength)
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

/** What stands where a secret was. */
const hidden = '[hidden]';

const secretName = /token|secret|passw|authorization|cookie|api[-_]?key|private[-_]?key/i;
const secretInText = /\b(Bearer\s+)[\w.~+/=-]{8,}/g;

/** The shortest text that is hidden wherever it stands; shorter ones would hide ordinary words. */
const shortest = 8;

/**
 * Makes a function that hides secrets in what is to be logged: values under names like `token` or `api_key` at any
 * depth, bearer tokens in texts, and the given values wherever they stand.
 *
 * @param values secrets that are known, such as the keys of the configuration
 * @example hider(['s3cret-key'])({ token: 'x', url: '/?key=s3cret-key' }) // { token: '[hidden]', url: '/?key=[hidden]' }
 */
export function hider(values: readonly string[]): (value: unknown) => unknown {
  const known = values.filter((value) => value.length >= shortest);
  const hideInText = (text: string): string =>
    known
      .reduce((rest, secret) => rest.replaceAll(secret, hidden), text)
      .replace(secretInText, `$1${hidden}`);
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

let authorizing = true;

/** Switches asking `authorize()` off for the next request that would, or on again. */
export function setAuthorizing(authorize: boolean): void {
  authorizing = authorize;
}

/**
 * Whether the request that begins now asks `authorize()`; those after it do again. To be called first of all, so
 * that a request that fails does not leave it switched off for the next one.
 */
export function takeAuthorizing(): boolean {
  const now = authorizing;
  authorizing = true;
  return now;
}

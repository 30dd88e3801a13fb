/** How deep what a client sends may be nested: far more than anything sensible, far less than what breaks recursion. */
export const maxDepth = 64;

/** Whether a value is nested too deeply. Goes level by level, since a recursion could not go deep enough. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

/** How deep a client's data may be nested: far more than anyone needs, far less than breaks recursion. */
export const maxDepth = 64;

/** Whether a value is nested too deeply. Works level by level, because recursion could overflow the stack. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

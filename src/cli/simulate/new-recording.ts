import { existsSync } from 'node:fs';
import { createError } from '../../base/errors.ts';
import { httpFileOf } from '../../transcripts/http-file.ts';

/**
 * Makes sure that a recording overwrites nothing.
 *
 * @throws WRONG_USE
 */
export function assertNewRecording(file: string): void {
  const taken = [file, httpFileOf(file)].find((each) => existsSync(each));
  if (taken === undefined) return;
  const advice = 'Choose another name, or remove it first.';
  throw createError('WRONG_USE', `${taken} already exists and was not changed. ${advice}`);
}

import { packageFile } from '../../src/base/package-file.ts';

/** The programs of `test/support/children/`, which are built before the tests run. */
export const childNames = [
  'claimer',
  'cleanliness',
  'counter',
  'deadlines',
  'dying-server',
  'file-keeper',
  'file-writer',
  'identity',
  'process-kill',
  'sandbox',
] as const;

export type ChildName = (typeof childNames)[number];

/** The path of one of those programs. */
export const childFile = (name: ChildName): string => packageFile(`dist/test/${name}.js`);

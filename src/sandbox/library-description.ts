import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFile } from '../base/package-file.ts';
import { type ActionLimits, defaultActionLimits } from '../domain/limits.ts';
import type { Description } from './protocol.ts';

/** What the build writes of the ready-made handlers and packages, with the paths of pictures from the package's folder. */
const file = 'dist/sandbox/library.json';

/** Whether the ready-made handlers and packages are described under these limits as the build has described them. */
export const isDescribedByBuild = (limits: ActionLimits): boolean =>
  (Object.keys(defaultActionLimits) as Array<keyof ActionLimits>).every(
    (name) => limits[name] === defaultActionLimits[name],
  );

/** Describes the ready-made handlers and packages without loading them, which takes longer than most commands. */
export function readLibraryDescription(): Description {
  const description: Description = JSON.parse(readFileSync(packageFile(file), 'utf8'));
  return withAvatars(description, packageFile);
}

/** The file that the build writes, and its text. */
export const libraryDescriptionFile = (description: Description): [name: string, text: string] => [
  packageFile(file),
  JSON.stringify(withAvatars(description, (avatar) => path.relative(packageFile('.'), avatar))),
];

const withAvatars = (description: Description, change: (avatar: string) => string): Description => ({
  ...description,
  packages: description.packages.map((packagedBot) => ({
    ...packagedBot,
    avatar: packagedBot.avatar === null ? null : change(packagedBot.avatar),
  })),
});

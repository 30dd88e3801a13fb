import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Rolldown } from 'tsdown';

const fileName = 'THIRD-PARTY-NOTICES.txt';

/** The folder of the package that a module belongs to; undefined for our own. */
const packageOf = (module: string): string | undefined =>
  /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0];

/** The name of a package with the licence it comes under, in its own words where it ships them. */
function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file === undefined ? `Licence: ${license}` : readFileSync(path.join(folder, file), 'utf8');
  return `${name} ${version}\n\n${text.trim()}\n`;
}

/**
 * Writes beside the bundle under which licences everything in it comes, as those licences ask for.
 *
 * @param copied packages of which files are copied rather than bundled
 */
export function thirdPartyNotices(copied: readonly string[]): Rolldown.Plugin {
  return {
    name: 'third-party-notices',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const bundled = modules.flatMap((module) => packageOf(module) ?? []);
      const folders = [...bundled, ...copied.map((name) => path.resolve('node_modules', name))];
      const notices = [...new Set(folders)]
        .filter((folder) => existsSync(path.join(folder, 'package.json')))
        .map(noticeOf)
        .sort();
      this.emitFile({ type: 'asset', fileName, source: notices.join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}

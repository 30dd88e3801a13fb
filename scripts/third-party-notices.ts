import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';
import { bundledPackages, manifestOf } from './packages.ts';

const fileName = 'THIRD-PARTY-NOTICES.txt';

/** Texts of licences that packages do not ship themselves, by their names. */
const supplied = fileURLToPath(new URL('licences', import.meta.url));

/**
 * The name of a package with the licences it comes under, in their own words.
 *
 * @throws where there is no text, in the package or in `scripts/licences/`
 */
export function noticeOf(folder: string): string {
  const { name, version, license } = manifestOf(folder);
  const shipped = (names: RegExp) => readdirSync(folder).filter((file) => names.test(file));
  const own = path.join(supplied, `${name.replace('/', '__')}.txt`);
  const files = shipped(/^(licen[cs]e|copying)/i).map((file) => path.join(folder, file));
  const licences = (files.length > 0 ? files : [own]).flatMap(textOf);
  if (licences.length === 0)
    throw new Error(
      `${name} ${version} is bundled, and the text of its licence (${license}) is nowhere. Put it into ${own}.`,
    );
  const notices = shipped(/^notice/i).flatMap((file) => textOf(path.join(folder, file)));
  return `${[`${name} ${version}`, ...licences, ...notices].join('\n\n')}\n`;
}

/** The text of a file; nothing where there is none. */
function textOf(file: string): string[] {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
  const text = readFileSync(file, 'utf8').trim();
  return text === '' ? [] : [text];
}

/** Writes beside the bundle under which licences everything in it comes, as those licences ask for. */
export function thirdPartyNotices(): Plugin {
  return {
    name: 'third-party-notices',
    generateBundle(_, bundle) {
      const notices = [...new Set(bundledPackages(bundle).map(noticeOf))].sort();
      this.emitFile({ type: 'asset', fileName, source: notices.join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}

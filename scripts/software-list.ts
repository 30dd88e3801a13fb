import type { Plugin } from 'rolldown';
import { bundledPackages, installedPackages, type Manifest, manifestOf } from './packages.ts';

const fileName = 'sbom.cdx.json';

/** The address of a package in the form that scanners share. */
const purlOf = ({ name, version }: Manifest): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** A licence by its name, or several as an SPDX expression. */
const licenceOf = ({ license }: Manifest) =>
  /[\s()]/.test(license) ? { expression: license } : { license: { id: license } };

/** A package as CycloneDX lists it. */
const component = (manifest: Manifest) => ({
  type: 'library',
  'bom-ref': purlOf(manifest),
  name: manifest.name,
  version: manifest.version,
  purl: purlOf(manifest),
  licenses: [licenceOf(manifest)],
});

/**
 * Everything that is shipped with a package, as a CycloneDX document. It has no time and no serial number, so that the
 * same sources make the same file.
 *
 * @param folder the package itself, whose dependencies are listed as they are installed here
 * @param bundled the folders of the packages that are in its bundle
 */
export function softwareList(folder: string, bundled: readonly string[]): object {
  const list = (folders: readonly string[], isBundled: boolean) =>
    folders.map((one) => ({
      ...component(manifestOf(one)),
      properties: [{ name: 'messenger-bots:bundled', value: String(isBundled) }],
    }));
  const all = [...list(bundled, true), ...list(installedPackages(folder), false)];
  // What is bundled and installed besides is listed once, and two copies of one version are one.
  const byName = new Map(all.toReversed().map((one) => [one.purl, one]));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: component(manifestOf(folder)) },
    components: [...byName.values()].sort((one, other) => (one.purl < other.purl ? -1 : 1)),
  };
}

/** Writes the list beside the bundle. */
export const writeSoftwareList = (folder: string): Plugin => ({
  name: 'software-list',
  generateBundle(_, bundle) {
    const list = softwareList(folder, bundledPackages(bundle));
    this.emitFile({ type: 'asset', fileName, source: `${JSON.stringify(list, null, 2)}\n` });
  },
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { softwareList } from '../../scripts/software-list.ts';
import { packageFile } from '../../src/base/package-file.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const manifest = (name: string, dependencies: Record<string, string> = {}, license = 'MIT') =>
  JSON.stringify({ name, version: '1.2.3', license, dependencies });

const listed = (name: string, bundled: boolean, licence: object = { license: { id: 'MIT' } }) => {
  const purl = `pkg:npm/${name.replace('@', '%40')}@1.2.3`;
  const properties = [{ name: 'messenger-bots:bundled', value: String(bundled) }];
  return { type: 'library', 'bom-ref': purl, name, version: '1.2.3', purl, licenses: [licence], properties };
};

describe('the list of what is shipped', () => {
  const folder = temporaryFolder(endAfterAll());
  writeFiles(folder, {
    'package.json': manifest('ours', { '@some/parser': '^1' }),
    'node_modules/@some/parser/package.json': manifest('@some/parser', { inner: '1', circle: '1' }),
    'node_modules/@some/parser/node_modules/inner/package.json': manifest('inner', {}, '(MIT OR WTFPL)'),
    'node_modules/circle/package.json': manifest('circle', { '@some/parser': '1' }, 'ISC'),
    'node_modules/bundled/package.json': manifest('bundled', { unknown: '1' }),
    'node_modules/for-development/package.json': manifest('for-development'),
  });

  test('has what is bundled and what is installed with it, each with its licence', () => {
    expect(softwareList(folder, [`${folder}/node_modules/bundled`])).toMatchObject({
      bomFormat: 'CycloneDX',
      metadata: { component: { name: 'ours' } },
      components: [
        listed('@some/parser', false),
        listed('bundled', true),
        listed('circle', false, { license: { id: 'ISC' } }),
        listed('inner', false, { expression: '(MIT OR WTFPL)' }),
      ],
    });
  });

  test('names a package once that is bundled and installed besides', () => {
    const both = softwareList(folder, [`${folder}/node_modules/circle`]);
    expect(JSON.stringify(both).match(/"bom-ref":"pkg:npm\/circle@1.2.3"/g)).toHaveLength(1);
    expect(both).toMatchObject({
      components: [{}, listed('circle', true, { license: { id: 'ISC' } }), {}],
    });
  });

  test('is refused where a package is not installed', () => {
    const other = temporaryFolder();
    writeFiles(other, { 'package.json': manifest('other', { 'surely-missing': '1' }) });
    expect(() => softwareList(other, [])).toThrow('surely-missing is not installed.');
  });
});

describe('the list in the build', () => {
  const { components } = JSON.parse(readFileSync(packageFile('dist/sbom.cdx.json'), 'utf8'));
  const namesOf = (bundled: boolean): string[] =>
    components
      .filter((one: ReturnType<typeof listed>) => one.properties[0]?.value === String(bundled))
      .map((one: ReturnType<typeof listed>) => `${one.name} ${one.version}`);

  test('has every package that comes with a notice of its licence', () => {
    const notices = readFileSync(packageFile('dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const noticed = notices.split(`\n${'-'.repeat(80)}\n\n`).map((notice) => notice.split('\n')[0]);
    expect(noticed).toContain(`fastify ${versionOf('fastify')}`);
    expect(namesOf(true).sort()).toEqual(noticed.sort());
  });

  test('has every dependency', () => {
    const { dependencies } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
    const expected = Object.keys(dependencies).map((name) => `${name} ${versionOf(name)}`);
    expect(namesOf(false)).toEqual(expect.arrayContaining(expected));
  });
});

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(packageFile(`node_modules/${name}/package.json`), 'utf8')).version;

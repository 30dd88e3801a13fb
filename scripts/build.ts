import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build } from 'rolldown';
import configurations, { program } from '../rolldown.config.ts';
import { packageFile } from '../src/base/package-file.ts';
import { defaultActionLimits } from '../src/domain/limits.ts';
import { libraryDescriptionFile } from '../src/sandbox/library-description.ts';
import { pruneTypes } from './prune-types.ts';

/** Bundles, and returns the size of each file in bytes. */
async function bundle(options: BuildOptions): Promise<number[]> {
  const { output } = await build({
    ...options,
    cwd: packageFile('.'),
    onLog(level, { message }) {
      // Nobody reads the warnings of a build that passes.
      if (level === 'warn') throw new Error(message);
    },
  });
  return output.map((file) => Buffer.byteLength(file.type === 'chunk' ? file.code : file.source));
}

/** What authors import. */
const doors = ['index.d.ts', 'library/index.d.ts', 'testing/index.d.ts', 'testing/vitest.d.ts'];

/** Writes the types that authors import, a file for each source file. */
async function declareTypes(): Promise<void> {
  const words = ['node_modules/typescript/bin/tsc', '--project', 'scripts/types.tsconfig.json'];
  const child = spawn(process.execPath, words, { cwd: packageFile('.'), stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The types cannot be declared.');
  pruneTypes(packageFile('dist'), doors);
}

/** Describes the ready-made handlers once, so that no command has to load them. Returns the size in bytes. */
async function describeLibrary(): Promise<number> {
  const { describeLibrary: describe }: typeof import('../src/sandbox/describe-library.ts') = await import(
    packageFile('dist/sandbox/describe-library.js')
  );
  const [name, text] = libraryDescriptionFile(await describe(defaultActionLimits, packageFile('.')));
  writeFileSync(name, text);
  return Buffer.byteLength(text);
}

/** Benchmarks of `bench/` that are to run as fast as the build does, from `dist/bench/`. */
const benches = process.argv.slice(2);

const began = performance.now();
rmSync(packageFile('dist'), { recursive: true, force: true });
const [sizes] = await Promise.all([Promise.all(configurations.map(bundle)), declareTypes()]);
if (benches.length > 0) {
  await bundle({ ...program, input: benches, output: { ...program.output, dir: 'dist/bench' } });
}
const all = [...sizes.flat(), await describeLibrary()];
const megabytes = all.reduce((sum, size) => sum + size, 0) / 1e6;
const seconds = (performance.now() - began) / 1000;
console.log(`Built dist/: ${all.length} files, ${megabytes.toFixed(1)} MB, in ${seconds.toFixed(1)} s.`);

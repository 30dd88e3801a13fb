import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packageFile } from '../src/base/package-file.ts';

/** `npm run bench [NAME [ARGUMENT...]]`: builds and runs a benchmark of `bench/`, or lists them. */

const names = readdirSync(packageFile('bench'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'));

/** The first sentence of the comment at the top of a benchmark. */
function summaryOf(name: string): string {
  const [comment = ''] = readFileSync(packageFile(`bench/${name}.ts`), 'utf8').split('*/');
  const text = comment.replace(/^\/\*\*|^ \* ?/gm, '').trim();
  return (/^[^.:]+/.exec(text)?.[0] ?? '').replaceAll(/\s+/g, ' ');
}

async function run(words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, words, { cwd: packageFile('.'), stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exit(code ?? 1);
}

function git(...words: string[]): string {
  return execFileSync('git', words, { cwd: packageFile('.'), encoding: 'utf8' }).trim();
}

/** Which code runs on which machine. */
function circumstances(): string {
  const changed = git('status', '--porcelain', 'src') === '' ? '' : ', with changes';
  const [{ model = 'unknown processor' } = {}] = os.cpus();
  const processors = `${os.cpus().length} × ${model.trim()}`;
  return `Commit ${git('rev-parse', '--short', 'HEAD')}${changed}; Node ${process.version}; ${processors}; ${os.type()} ${os.release()}.`;
}

const [name, ...more] = process.argv.slice(2);
if (name !== undefined && names.includes(name)) {
  console.log(circumstances());
  await run(['--import', 'jiti/register', 'scripts/build.ts', `bench/${name}.ts`]);
  await run(['--expose-gc', `dist/bench/${name}.js`, ...more]);
} else {
  if (name !== undefined) console.error(`There is no benchmark "${name}".`);
  console.log(names.map((each) => `${each.padEnd(16)} ${summaryOf(each)}`).join('\n'));
  process.exitCode = name === undefined ? 0 : 1;
}

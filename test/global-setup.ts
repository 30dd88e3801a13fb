import { execFileSync } from 'node:child_process';

/** Worker threads and the command line run from the build, so the build must be of these sources. */
export default function build(): void {
  execFileSync(process.execPath, ['node_modules/tsdown/dist/run.mjs', '--logLevel', 'error'], {
    stdio: 'inherit',
  });
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The package as it would be published. */
    tarball: string;
  }
}

/** Packs the package once for all tests, unless it was packed before. */
export default function pack({ provide }: TestProject): undefined | (() => void) {
  const packed = process.env.PACKED_TARBALL;
  if (packed !== undefined) {
    provide('tarball', packed);
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-packed-'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { stdio: 'inherit' });
  provide('tarball', path.join(folder, String(readdirSync(folder)[0])));
  return () => rmSync(folder, { recursive: true });
}

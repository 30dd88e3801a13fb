import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { onTestFinished, vi } from 'vitest';

/** What the current test writes to standard output and standard error from now on. */
export function capturedOutputs(): { stdout: string; stderr: string } {
  const texts = { stdout: '', stderr: '' };
  const collect = (name: keyof typeof texts) => {
    const write = vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      texts[name] += String(chunk);
      return true;
    });
    onTestFinished(() => write.mockRestore());
    return new Writable({
      write(chunk, _, done) {
        texts[name] += String(chunk);
        done();
      },
    });
  };
  const { log, error } = console;
  onTestFinished(() => void Object.assign(console, { log, error }));
  const captured = new Console({ stdout: collect('stdout'), stderr: collect('stderr') });
  Object.assign(console, { log: captured.log, error: captured.error });
  return texts;
}

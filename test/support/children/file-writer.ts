import { LocalFiles } from '../../../src/store/local-files.ts';

/*
 * A process that writes a file of a size and says `done` or what went wrong. Where a file would become larger than
 * the process may make one, the system sends a signal first.
 */
process.on('SIGXFSZ', () => {});
const [root = '', name = '', size = '0'] = process.argv.slice(2);
const outcome = await new LocalFiles(root).write(name, Buffer.alloc(Number(size))).then(() => 'done', String);
process.send?.(outcome, () => process.disconnect());

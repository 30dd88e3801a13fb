import { ownIdentity } from '../../../src/base/process-identity.ts';

/*
 * A process that says who it is and lives until its standard input ends.
 */
process.title = process.argv[2] ?? 'child';
process.stdout.write(`${JSON.stringify(ownIdentity())}\n`);
process.stdin.resume();

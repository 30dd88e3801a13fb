import fc from 'fast-check';
import { afterAll } from 'vitest';
import { fileEnd } from './support/file-end.ts';

// Tests that npx started are told of the same commands as those that npm did.
delete process.env.npm_command;

// The gate asks the same questions each time, so that it is red for a change and not by luck. New ones are asked by
// hand: FUZZ_SEED=$RANDOM npm test
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20_241_101) });

afterAll(() => fileEnd.dispose());

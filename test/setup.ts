import fc from 'fast-check';

// The gate asks the same questions each time, so that it is red for a change and not by luck. New ones are asked by
// hand: FUZZ_SEED=$RANDOM npm test
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20_241_101) });

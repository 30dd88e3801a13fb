import { testHostileHandlers } from '../support/hostile/tests.ts';

testHostileHandlers('process');

import { startDeadline } from '../../../src/base/deadline.ts';

/*
 * A process that starts a deadline of so many milliseconds, says `started`, answers whatever it is told with whether the
 * deadline is over, and says `exceeded` when it is.
 */
const [milliseconds = '0'] = process.argv.slice(2);
let isOver = false;
startDeadline(Number(milliseconds), () => {
  isOver = true;
  process.send?.('exceeded');
});
process.on('message', () => process.send?.(isOver ? 'over' : 'not over'));
process.send?.('started');

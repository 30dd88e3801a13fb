/**
 * Answers the questions of the benchmark: asks for so many milliseconds, so many at a time, and returns how many
 * answers there were.
 *
 * @param {(lane: number, number: number) => Promise<string>} ask sends `!ask NUMBER` and returns what is answered
 */
export function serveTurns(ask) {
  let count = 0;
  process.on('message', async ({ milliseconds, together }) => {
    const [begun, end] = [count, performance.now() + milliseconds];
    const askUntilEnd = async (lane) => {
      while (performance.now() < end) {
        const number = ++count;
        const answer = await ask(lane, number);
        if (answer !== `answer ${number}`) throw new Error(`The answer was ${answer}.`);
      }
    };
    await Promise.all(Array.from({ length: together }, (_, lane) => askUntilEnd(lane)));
    process.send({ answers: count - begun });
  });
  process.on('disconnect', () => process.exit());
}

/** How many handlers there are. Only the one in the middle answers. */
export const handlers = Number(process.argv[2]);

/** What the text of a message has to begin with for each handler. */
export const triggers = Array.from({ length: handlers }, (_, index) =>
  index === handlers >> 1 ? '!ask' : `!other${index}`,
);

/** What the handler in the middle answers. */
export const answerTo = (text) => text.replace('!ask', 'answer');

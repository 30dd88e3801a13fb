import { Adapter, Robot, TextMessage, User } from 'hubot';
import { answerTo, serveTurns, triggers } from './turns.mjs';

/** What is answered in each room. */
const answers = new Map();

class MemoryAdapter extends Adapter {
  async send({ room }, text) {
    answers.set(room, text);
  }

  async run() {
    this.emit('connected');
  }
}

const robot = new Robot({ use: (robot) => new MemoryAdapter(robot), name: 'memory' }, false);
await robot.loadAdapter();
await robot.run();
for (const trigger of triggers) {
  robot.hear(new RegExp(`^${trigger}`), (response) => response.send(answerTo(response.message.text)));
}

serveTurns(async (lane, number) => {
  const room = `room ${lane}`;
  await robot.receive(new TextMessage(new User(`user ${lane}`, { room }), `!ask ${number}`, String(number)));
  return answers.get(room);
});

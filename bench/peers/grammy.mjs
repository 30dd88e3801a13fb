import { Bot } from 'grammy';
import { answerTo, serveTurns, triggers } from './turns.mjs';

/** What is answered in each chat. */
const answers = new Map();
const me = { id: 1, is_bot: true, first_name: 'Bot', username: 'bot' };
const bot = new Bot('1:token', { botInfo: me });

// Instead of calling Telegram.
bot.api.config.use(async (_call, _method, { chat_id: id, text }) => {
  answers.set(id, text);
  return { ok: true, result: { message_id: 1, date: 0, chat: { id, type: 'group', title: 'Group' }, text } };
});
for (const trigger of triggers) {
  bot.hears(new RegExp(`^${trigger}`), (context) => context.reply(answerTo(context.message.text)));
}

serveTurns(async (lane, number) => {
  const chat = { id: lane, type: 'group', title: `Group ${lane}` };
  const from = { id: 100 + lane, is_bot: false, first_name: `User ${lane}` };
  const message = { message_id: number, date: 0, chat, from, text: `!ask ${number}` };
  await bot.handleUpdate({ update_id: number, message });
  return answers.get(lane);
});

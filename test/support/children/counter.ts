import { openSqliteStore } from '../../../src/store/store.ts';

/*
 * A process that, when told, opens a database and counts up in it: each time it reads what is there and writes one
 * more, in one transaction. It says `ready`, then `done` or what went wrong.
 */
const [file = '', times = '0'] = process.argv.slice(2);

async function countUp(): Promise<string> {
  const store = await openSqliteStore(file);
  for (let time = 0; time < Number(times); time++) {
    await store.transaction(async ({ cooldowns }) => {
      const before = (await cooldowns.endings(['counter'], '')).get('counter') ?? '0';
      await cooldowns.start('counter', String(Number(before) + 1));
    });
  }
  await store.close();
  return 'done';
}

process.once('message', () => {
  void countUp()
    .catch(String)
    .then((outcome) => process.send?.(outcome, () => process.disconnect()));
});
process.send?.('ready');

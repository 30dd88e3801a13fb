import { beforeAll, describe, expect, test } from 'vitest';
import { HttpStage } from '../support/http-stage.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const atEnd = endAfterAll();
let stage: HttpStage;
beforeAll(async () => {
  stage = await HttpStage.open({}, {}, atEnd);
});

const bots = () => `/threads/${stage.thread.id}/bots`;
const body = { name: 'Test Bot', enabled: true, hide_actions: false, cooldown: 0 };

describe('making a bot', () => {
  test('answers it as it is shown', async () => {
    const heard = stage.listen('NewBot', 'NewMessage');
    const { status, body: bot } = await stage.call('POST', bots(), body);
    expect(status).toBe(201);
    expect(bot).toMatchObject({ name: 'Test Bot', actions_count: 0 });
    expect(heard).toEqual(['NewMessage', 'NewBot']);
    expect(await stage.systemMessages()).toEqual(['100 added the BOT - Test Bot']);
  });
});

/** A handler file whose `getSettings()` returns these fields, with more members of the class. */
export const settingsSource = (fields: string, members = ''): string => `
import { BotActionHandler } from 'messenger-bots';
import { z } from 'zod';
export class TestBot extends BotActionHandler {
  static override getSettings() {
    return { ${fields} } as never;
  }
  ${members}
  handle() {}
}
`;

/** The fields that no handler may leave out. */
export const requiredSettings = "alias: 'test', description: 'A handler of a test.', name: 'Test'";

/** The parts of a test handler. Omitted ones are left out. */
interface BotParts {
  /** More fields of `getSettings()`. */
  settings?: string;
  /** More members of the class. */
  members?: string;
}

/**
 * A handler file: the class has this name, and its alias is the name in lower case.
 *
 * @example botSource('Echo', 'await this.composer().message(this.message.body);', { settings: "match: 'any'" })
 */
export const botSource = (name: string, handle: string, { settings = '', members = '' }: BotParts = {}) => `
import { BotActionHandler, MessengerBots } from 'messenger-bots';
import { z } from 'zod';

export class ${name} extends BotActionHandler {
  static override getSettings() {
    return { alias: '${name.toLowerCase()}', description: 'Of a testGroup.', name: '${name}', ${settings} } as const;
  }
  ${members}
  async handle() {
    ${handle}
  }
}
`;

/** A handler that fixes one exact trigger. */
export const exactBot = (name: string, trigger: string, handle: string, more: BotParts = {}) =>
  botSource(name, handle, {
    ...more,
    settings: `triggers: ['${trigger}'], match: 'exact', ${more.settings ?? ''}`,
  });

/** A statement that posts a text: a JavaScript expression. */
export const posting = (expression: string): string =>
  `await this.composer().message(String(${expression}));`;

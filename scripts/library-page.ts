import { z } from 'zod';
import {
  BotActionHandler,
  type BotActionHandlerClass,
  type BotActionHandlerDTO,
  MessengerBots,
  PackagedBot,
  type PackagedBotClass,
  type ResolvedBotHandlerDTO,
} from '../src/index.ts';
import * as library from '../src/library/index.ts';

const isHandler = (value: unknown): value is BotActionHandlerClass =>
  typeof value === 'function' && value.prototype instanceof BotActionHandler;
const isPackage = (value: unknown): value is PackagedBotClass =>
  typeof value === 'function' && value.prototype instanceof PackagedBot;

const exported: unknown[] = Object.values(library);
const handlers = exported.filter(isHandler);
const packages = exported.filter(isPackage);

const code = (text: string): string => `\`${text}\``;
const codes = (texts: readonly string[]): string => texts.map(code).join(' ');

/** A table as the formatter of this repository leaves it: all cells of a column are equally wide. */
function table(head: readonly string[], rows: readonly string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [head, rule, ...rows].map(row).join('\n');
}

/** A parameter as JSON schema describes it. */
interface Field {
  type?: string;
  description?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Field;
}

const kinds: Record<string, string> = { integer: 'whole number', string: 'text', boolean: 'true or false' };
const kindOf = ({ description, type = '' }: Field): string => description ?? kinds[type] ?? type;

function fieldText(field: Field): string {
  const { items, minItems, maxItems, minimum, maximum } = field;
  if (items) return `${minItems}–${maxItems} × ${kindOf(items)}`;
  return minimum === undefined ? kindOf(field) : `${kindOf(field)} ${minimum}–${maximum}`;
}

/** The handler's own parameters, those that may be left out with a question mark. */
function parametersOf(handler: BotActionHandlerClass): string {
  const schema = z.toJSONSchema(z.object(new handler().rules()), { io: 'input' });
  const fields = Object.entries(schema.properties ?? {}) as [string, Field][];
  const mark = (name: string) => (schema.required?.includes(name) ? '' : '?');
  return fields.map(([name, field]) => `${code(name + mark(name))}: ${fieldText(field)}`).join('<br>');
}

function handlerRow(handler: BotActionHandlerClass): string[] {
  const { alias, name, description, triggers, matchMethod, unique } = descriptionOf(handler);
  return [
    handler.name,
    code(alias),
    `${name}${unique ? '' : ' (many)'}`,
    triggers === null ? '–' : codes(triggers),
    matchMethod === null ? '–' : code(matchMethod),
    parametersOf(handler),
    codes(handler.environment ?? []),
    description,
  ];
}

function descriptionOf(handler: BotActionHandlerClass): BotActionHandlerDTO {
  const description = MessengerBots.getHandler(handler);
  if (description === null) throw new Error(`${handler.name} is not registered.`);
  return description;
}

const installRow = ({ handlerDTO, ...action }: ResolvedBotHandlerDTO): string[] => [
  handlerDTO.class,
  codes(action.triggers?.split('|') ?? []),
  code(action.matchMethod),
  `${action.cooldown} s${action.adminOnly ? ', admins only' : ''}`,
  Object.entries(action.payload ?? {})
    .map(([field, value]) => code(`${field}: ${JSON.stringify(value)}`))
    .join('<br>'),
];

function packageSection(packagedBot: PackagedBotClass): string {
  const { alias, name, description, avatar = '' } = packagedBot.getSettings();
  const { resolved } = PackagedBot.testInstalls.call(packagedBot);
  return `## ${packagedBot.name}

<img src="../assets/${avatar.split(/[\\/]/).at(-1)}" width="64" alt="${name}">

${code(alias)}, installed as “${name}”. ${description}

${table(['handler', 'triggers', 'match', 'rest', 'parameters'], resolved.map(installRow))}`;
}

const intro = `# Ready-made handlers and packages

<!-- Written by "npm run docs:library" from the classes in src/library. -->

They are part of the package, as \`messenger-bots/library\`, and use only what every author can import.

\`\`\`sh
messenger attach roll
messenger install games_package
\`\`\`

“–” means that the person who attaches the handler chooses it. A handler can be attached once in a group, unless it says
“many”. Set the variables under “needs” in the environment, or under \`keys\` in \`messenger.config.ts\`; without them the
handler answers that it is not configured. Names that end with \`?\` are optional. \`library\` in
\`messenger.config.ts\` says which of them are registered; \`BOT_AUTO_REGISTER_ALL=true\` registers all of them, and
\`BOT_AUTO_REGISTER_ALL=false\` overrides \`library: true\`.`;

const handlerHead = ['class', 'alias', 'name', 'triggers', 'match', 'parameters', 'needs', 'what it does'];

/** The text of `docs/library.md`. */
export function libraryPage(): string {
  MessengerBots.registerHandlers(handlers);
  const sections = [intro, table(handlerHead, handlers.map(handlerRow)), ...packages.map(packageSection)];
  return `${sections.join('\n\n')}\n`;
}

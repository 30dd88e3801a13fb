import { BotActionHandler, type BotActionHandlerClass, MessengerBots } from 'messenger-bots';
import * as library from 'messenger-bots/library';
import { expect, test } from 'vitest';
import { type SpecifiedField, specifiedHandlers } from '../support/library-spec.ts';

const packages = ['GamesPackage', 'JokesterPackage', 'NeoPackage'];
const handlers = Object.values(library).filter(
  (exported): exported is Extract<typeof exported, BotActionHandlerClass> =>
    exported.prototype instanceof BotActionHandler,
);
const common = { cooldown: 0, admin_only: false, enabled: true, match: 'exact', triggers: ['hi'] };

MessengerBots.registerHandlers(handlers);

test('what is shipped is what the specification names, and nothing else', () => {
  const names = [...specifiedHandlers.map(({ description }) => description.class), ...packages];
  expect(Object.keys(library).sort()).toEqual(names.sort());
});

test.each(specifiedHandlers)('$description.class is what the specification says', ({ description }) => {
  expect(MessengerBots.getHandler(description.alias)).toMatchObject(description);
});

test.each(specifiedHandlers)('$description.class takes just its parameters', ({ description, fields }) => {
  const handler = handlers.find(({ name }) => name === description.class);
  if (handler === undefined) throw new Error(`${description.class} is not exported.`);
  expect(Object.keys(new handler().rules())).toEqual(fields.map(({ name }) => name));
  const right = Object.fromEntries(fields.map(({ name, accepts }) => [name, accepts[0]]));
  for (const field of fields) {
    expect([field.name, verdicts(handler, field, right)]).toEqual([field.name, wanted(field)]);
  }
});

/** Each sample of a field and whether the handler refuses it, all other fields being right. */
function verdicts(handler: BotActionHandlerClass, field: SpecifiedField, right: Record<string, unknown>) {
  const isRefused = (value: unknown) => {
    const params = { ...common, ...right, [field.name]: value };
    const result = BotActionHandler.testResolve.call(handler, params);
    return Object.keys(result).some((key) => key.split('.')[0] === field.name);
  };
  return [...field.accepts, undefined, ...field.refuses].map((value) => [value, isRefused(value)]);
}

const wanted = ({ accepts, optional, refuses }: SpecifiedField) => [
  ...accepts.map((value) => [value, false]),
  [undefined, !optional],
  ...refuses.map((value) => [value, true]),
];

import { z } from 'zod';
import { isRecord } from '../base/is-record.ts';
import { attachDefaults } from '../domain/bot-action.ts';
import { readStep } from './read-step.ts';
import type { AttachedHandler, NamedBot, Setup } from './transcript.ts';

const name = z.string('It must be a name.').min(1, 'It must be a name.');

const attachedHandler = z.unknown().transform((value, context): AttachedHandler => {
  if (typeof value === 'string' && value !== '') return { handler: value, params: attachDefaults };
  const [entry, ...others] = isRecord(value) ? Object.entries(value) : [];
  if (entry && others.length === 0 && (isRecord(entry[1]) || entry[1] === null))
    return { handler: entry[0], params: { ...attachDefaults, ...entry[1] } };
  context.addIssue('It must be a handler, like "hello" or "reply: { triggers: [help], replies: [Yes?] }".');
  return z.NEVER;
});

const namedBot = z
  .strictObject({
    bot: name,
    cooldown: z.int().min(0).max(900).default(0),
    enabled: z.boolean().default(true),
    hide_actions: z.boolean().default(false),
    actions: z.array(attachedHandler).default([]),
  })
  .transform(({ hide_actions, ...bot }): NamedBot => ({ ...bot, hideActions: hide_actions }));

const installed = z.strictObject({ install: name });

/** A handler may be called `bot` or `install`, but its parameters are never a text. */
const setup = z.unknown().transform((value, context): Setup => {
  const schema = isRecord(value) && typeof value.bot === 'string' ? namedBot : attachedHandler;
  const chosen = isRecord(value) && typeof value.install === 'string' ? installed : schema;
  const { data, error } = chosen.safeParse(value);
  for (const { message, path } of error?.issues ?? []) context.addIssue({ code: 'custom', message, path });
  return data ?? z.NEVER;
});

const step = z.unknown().transform((value, context) => {
  const read = readStep(value);
  if (typeof read !== 'string') return read;
  context.addIssue(read);
  return z.NEVER;
});

/** What a file `*.chat.yaml` contains. The documentation of its fields is docs/testing.md. */
export const transcriptSchema = z.strictObject(
  {
    title: z.string('It must be a text.').optional(),
    seed: z.int('It must be a whole number.').min(0, 'It must be 0 or more.').optional(),
    admins: z.array(name, 'It must be a list of names.').optional(),
    bots: z
      .array(setup, 'It must be a list of handlers.')
      .nullish()
      .transform((bots) => (bots === null ? [] : bots)),
    chat: z.array(step, 'A transcript needs "chat:" with a list of what is said, like "- alice: hi".'),
  },
  'It must have the field "chat:" with a list of what is said, like "- alice: hi".',
);

import type { Plugin } from 'rolldown';

/** What commander requires at once, and what stands for it. */
const replacements = [
  // Only for subcommands that are programs of their own. There are none.
  ["require('node:child_process')", 'undefined'],
  ["require('node:fs')", 'undefined'],
  // As a module, it would start everything that the process opens on first use.
  ["require('node:process')", 'globalThis.process'],
] as const;

/** Bundles commander without modules of Node that it never uses here: loading them takes longer than commander. */
export const leanCommander = (): Plugin => ({
  name: 'lean-commander',
  transform: {
    filter: { id: /commander[\\/]lib[\\/]command\.js$/ },
    handler: (code) =>
      replacements.reduce((text, [required, instead]) => {
        if (!text.includes(required)) throw new Error(`commander has no ${required} any more.`);
        return text.replace(required, instead);
      }, code),
  },
});

import type { Call } from '../transport.ts';
import type { Page, ThreadJson, ThreadSettingsJson } from '../types.ts';

/** Threads of the caller: lists, groups, settings, reading and knocking. */
export const threads = (call: Call) => ({
  list: () => call<Page<ThreadJson>>('GET', 'threads'),
  show: (thread: string) => call<ThreadJson>('GET', `threads/${thread}`),
  /** Makes a group; its bots are off. */
  createGroup: (subject: string) => call<ThreadJson>('POST', 'groups', { subject }),
  settings: (thread: string) => call<ThreadSettingsJson>('GET', `threads/${thread}/settings`),
  /** Changes some settings; the others stay. */
  changeSettings: async (thread: string, changes: Partial<ThreadSettingsJson>) => {
    const { name, ...settings } = await call<ThreadSettingsJson>('GET', `threads/${thread}/settings`);
    return call<ThreadSettingsJson>('PUT', `threads/${thread}/settings`, {
      ...settings,
      subject: changes.name ?? name,
      ...changes,
    });
  },
  markRead: (thread: string) => call<{ message: string }>('GET', `threads/${thread}/mark-read`),
  knock: (thread: string) => call<{ message: string }>('POST', `threads/${thread}/knock-knock`),
});

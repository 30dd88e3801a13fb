import type { SuccessJson } from '../../api/success.ts';
import type {
  NewGroupBody,
  ThreadJson,
  ThreadPageJson,
  ThreadSettingsBody,
  ThreadSettingsJson,
} from '../../api/thread.ts';
import type { Call } from '../transport.ts';

/** Threads of the caller: lists, groups, settings, reading and knocking. */
export const threads = (call: Call) => ({
  /** The first page. Later ones are at the routes that each page names. */
  list: (route = 'threads') => call<ThreadPageJson>('GET', route),
  /** Those whose name contains a text, the one with this very name first. */
  search: (text: string) => call<ThreadPageJson>('GET', `threads/search?q=${encodeURIComponent(text)}`),
  show: (thread: string) => call<ThreadJson>('GET', `threads/${thread}`),
  /** Creates a group. Its bots are off. */
  createGroup: (subject: string) => call<ThreadJson>('POST', 'groups', { subject } satisfies NewGroupBody),
  settings: (thread: string) => call<ThreadSettingsJson>('GET', `threads/${thread}/settings`),
  /** Changes the given settings and keeps the others. */
  changeSettings: async (thread: string, changes: Partial<ThreadSettingsBody>) => {
    const { name, ...settings } = await call<ThreadSettingsJson>('GET', `threads/${thread}/settings`);
    const body: ThreadSettingsBody = { ...settings, subject: name, ...changes };
    return call<ThreadSettingsJson>('PUT', `threads/${thread}/settings`, body);
  },
  markRead: (thread: string) => call<SuccessJson>('GET', `threads/${thread}/mark-read`),
  knock: (thread: string) => call<SuccessJson>('POST', `threads/${thread}/knock-knock`),
});

import type { HttpApp } from './endpoint.ts';
import type { Presentation } from './presenters/presentation.ts';

/** How an app presents people. */
export const presentationOf = (app: HttpApp): Presentation => ({
  presence: (userId) => app.online.of(userId),
});

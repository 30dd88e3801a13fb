import type { HttpApp } from './endpoint.ts';
import type { Look } from './presenters/look.ts';
import { writing } from './writing.ts';

/** How an app shows people and what they write. */
export const lookOf = (app: HttpApp): Look => ({
  write: writing(app.settings.http),
  presence: (userId) => app.online.of(userId),
});

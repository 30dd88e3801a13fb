import type { HttpApp } from './endpoint.ts';
import type { Look } from './presenters/look.ts';

/** How an app shows people. */
export const lookOf = (app: HttpApp): Look => ({
  presence: (userId) => app.online.of(userId),
});

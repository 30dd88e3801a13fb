import { z } from 'zod';
import { signsSchema } from '../../api/bot.ts';
import { handlerFormSchema } from '../../api/handler.ts';
import {
  explainBody,
  explanationSchema,
  failedRunSchema,
  runningRunSchema,
  verdictsSchema,
} from '../../api/run.ts';
import { cancelRun, runningInThread } from '../../services/answering/cancel-run.ts';
import { clearCooldownsAs } from '../../services/answering/clear-cooldowns.ts';
import { threadSigns } from '../../services/bots/thread-signs.ts';
import { explainMessage } from '../../services/explaining/explain-message.ts';
import { explainText } from '../../services/explaining/explain-text.ts';
import { retryInThread, threadFailures } from '../../services/failed-runs/thread-failures.ts';
import { handlerForm } from '../../services/handlers/handler-form.ts';
import { messageParams } from '../conversation-params.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentFailedRun } from '../presenters/failed-run.ts';
import { presentHandlerForm } from '../presenters/handler-form.ts';
import { presentRunningRun } from '../presenters/running-run.ts';
import { presentExplanation, presentVerdicts } from '../presenters/verdicts.ts';
import { handlerParams, threadParams } from '../route-params.ts';

/** Information for authors of bots that the original does not offer. */
export function inspectionEndpoints(app: HttpApp): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/threads/:thread/messages/:message/verdicts',
      summary: 'What each action did with a message',
      place: messageParams,
      answer: verdictsSchema,
      handle: async ({ user, place: { thread, message } }) =>
        presentVerdicts(
          message,
          await explainMessage(app, { thread, user, message }),
          app.clock.milliseconds(),
        ),
    }),
    endpoint({
      method: 'POST',
      path: '/threads/:thread/explain',
      summary: 'What each action would do with a text, which is not sent',
      place: threadParams,
      body: explainBody({ message: () => app.settings().messageLimit }),
      storesNothing: true,
      answer: explanationSchema,
      async handle({ user, place: { thread }, body }) {
        const sender = { type: 'user', id: user.id } as const;
        return presentExplanation(await explainText(app, { thread, user, sender, body: body.message }));
      },
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/bots/:bot/add-handlers/:handler',
      summary: 'The form fields of a handler',
      place: handlerParams,
      answer: handlerFormSchema,
      handle: async ({ user, place: { thread, alias } }) =>
        presentHandlerForm(await handlerForm(app, { thread, user, alias })),
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/failed-runs',
      summary: 'The latest failed runs',
      place: threadParams,
      answer: z.array(failedRunSchema),
      handle: async ({ user, place: { thread } }) =>
        (await threadFailures(app, thread, user)).map((report) => presentFailedRun(report)),
    }),
    endpoint({
      method: 'POST',
      path: '/threads/:thread/failed-runs/:run/retry',
      summary: 'Retry a failed run',
      place: async (context, ids) => ({ ...(await threadParams(context, ids)), run: ids.run ?? '' }),
      status: 204,
      handle: ({ user, place: { thread, run } }) => retryInThread(app, { thread, user, id: run }),
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/signs',
      summary: 'Broken files, and handlers that are gone or attached to nothing',
      place: threadParams,
      answer: signsSchema,
      handle: ({ user, place: { thread } }) => threadSigns(app, thread, user),
    }),
    endpoint({
      method: 'GET',
      path: '/threads/:thread/running-runs',
      summary: 'The handlers that run now',
      place: threadParams,
      answer: z.array(runningRunSchema),
      handle: async ({ user, place: { thread } }) =>
        (await runningInThread(app, thread, user)).map((run) => presentRunningRun(run)),
    }),
    endpoint({
      method: 'POST',
      path: '/threads/:thread/running-runs/:run/cancel',
      summary: 'Cancel a running handler',
      place: async (context, ids) => ({ ...(await threadParams(context, ids)), run: ids.run ?? '' }),
      status: 204,
      handle: ({ user, place: { thread, run } }) => cancelRun(app, { thread, user, id: run }),
    }),
    endpoint({
      method: 'DELETE',
      path: '/threads/:thread/cooldowns',
      summary: 'End the cooldowns of all bots and actions',
      place: threadParams,
      status: 204,
      handle: ({ user, place: { thread } }) => clearCooldownsAs(app, thread, user),
    }),
  ];
}

import { element } from './elements.ts';
import type { OpenApi } from './open-api.ts';
import { showDocument } from './page.ts';

const documentUrl = '/api/messenger/openapi.json';

try {
  const answer = await fetch(documentUrl);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  const description: OpenApi = await answer.json();
  showDocument(description, documentUrl);
} catch (error) {
  document.body.replaceChildren(
    element('p', { role: 'alert' }, `The documentation cannot be shown: ${error}`),
    element('a', { href: documentUrl }, 'OpenAPI document'),
  );
}

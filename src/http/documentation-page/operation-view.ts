import { disclosure, element } from './elements.ts';
import { curlOf } from './example.ts';
import { parameterList, valueView } from './fields.ts';
import type { Content, Schemas } from './open-api.ts';
import type { Listed } from './operations.ts';

/** An operation: a single line until it is opened, then what it takes and returns. */
export function operationView(listed: Listed, schemas: Schemas): HTMLDetailsElement {
  const { method, path, anchor, operation } = listed;
  const summary = element(
    'summary',
    {},
    element('span', { class: `method ${method.toLowerCase()}` }, method),
    ' ',
    element('code', { class: 'path' }, ...breakable(path)),
    ' ',
    element('span', { class: 'about' }, operation.summary ?? ''),
  );
  const view = disclosure(summary, () => [
    ...parametersView(listed, schemas),
    ...requestView(listed, schemas),
    ...answersView(listed, schemas),
    element('h3', {}, 'Example'),
    element('pre', { tabindex: '0' }, element('code', {}, curlOf(listed, location.origin, schemas))),
  ]);
  view.id = anchor;
  view.className = 'operation';
  view.addEventListener('toggle', () => {
    if (view.open) history.replaceState(null, '', `#${anchor}`);
  });
  return view;
}

/** A path that may break after each slash. */
const breakable = (path: string): Array<Node | string> =>
  path.split(/(?<=\/)/).flatMap((part) => [part, element('wbr')]);

const parametersView = ({ operation: { parameters = [] } }: Listed, schemas: Schemas): Node[] =>
  parameters.length === 0 ? [] : [element('h3', {}, 'Parameters'), parameterList(parameters, schemas)];

const requestView = ({ operation: { requestBody } }: Listed, schemas: Schemas): Node[] =>
  requestBody ? contentView('Request body', requestBody.content, schemas) : [];

const answersView = ({ operation: { responses = {} } }: Listed, schemas: Schemas): Node[] =>
  Object.entries(responses).flatMap(([status, { content }]) =>
    content
      ? contentView(`Response ${status}`, content, schemas)
      : [element('h3', {}, `Response ${status}`), element('p', { class: 'value' }, 'No content')],
  );

const contentView = (title: string, content: Content, schemas: Schemas): Node[] =>
  Object.entries(content).flatMap(([type, { schema = {} }]) => [
    element('h3', {}, `${title} `, element('small', {}, type)),
    ...valueView(schema, schemas),
  ]);

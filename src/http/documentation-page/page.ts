import { element } from './elements.ts';
import type { OpenApi } from './open-api.ts';
import { operationView } from './operation-view.ts';
import { groupOperations, type Listed, matches } from './operations.ts';

/** A group and its operations, as they appear on the page. */
interface Section {
  view: HTMLElement;
  link: HTMLElement;
  operations: ReadonlyArray<{ listed: Listed; view: HTMLDetailsElement }>;
}

/** Shows a document, and opens the operation that the page's address names. */
export function showDocument(description: OpenApi, documentUrl: string): void {
  const schemas = description.components?.schemas ?? {};
  const sections = [...groupOperations(description)].map(([group, operations]): Section => {
    const views = operations.map((listed) => ({ listed, view: operationView(listed, schemas) }));
    const id = `group-${group}`;
    const heading = element('h2', { id }, group);
    return {
      view: element('section', { 'aria-labelledby': id }, heading, ...views.map(({ view }) => view)),
      link: element('li', {}, element('a', { href: `#${id}` }, group)),
      operations: views,
    };
  });
  const { title, version } = description.info;
  document.body.replaceChildren(
    element('a', { class: 'skip', href: '#operations' }, 'Skip to the operations'),
    element(
      'header',
      {},
      element('h1', {}, title, ' ', element('small', {}, version)),
      element('a', { href: documentUrl }, 'OpenAPI document'),
    ),
    element('nav', { 'aria-label': 'Groups' }, ...searchView(sections), ...linksOf(sections)),
    element('main', { id: 'operations', tabindex: '-1' }, ...sections.map(({ view }) => view)),
  );
  openNamed();
  addEventListener('hashchange', openNamed);
}

const linksOf = (sections: readonly Section[]): Node[] => [
  element('ul', {}, ...sections.map(({ link }) => link)),
];

/** The search field, which hides what does not match. As on many pages, `/` focuses it. */
function searchView(sections: readonly Section[]): Node[] {
  const input = element('input', {
    type: 'search',
    id: 'search',
    placeholder: 'post bots',
  });
  const count = element('p', { role: 'status' });
  const filter = () => {
    const shown = sections.map((section) => filterSection(section, input.value.trim()));
    const all = sections.flatMap(({ operations }) => operations).length;
    count.textContent = `${shown.reduce((sum, one) => sum + one, 0)} of ${all} operations`;
  };
  input.addEventListener('input', filter);
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target === input) return;
    event.preventDefault();
    input.focus();
  });
  filter();
  return [element('label', { for: 'search' }, 'Filter operations'), input, count];
}

/** Hides what does not match, and returns the number of operations left. */
function filterSection({ view, link, operations }: Section, search: string): number {
  for (const { listed, view: operation } of operations) operation.hidden = !matches(listed, search);
  const shown = operations.filter(({ view: operation }) => !operation.hidden).length;
  view.hidden = shown === 0;
  link.hidden = shown === 0;
  return shown;
}

/** Opens the operation that the address names, and scrolls to it. */
function openNamed(): void {
  const named = document.getElementById(location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) named.open = true;
  named?.scrollIntoView();
}

/**
 * Creates an element. Texts become text nodes, so that nothing of the document is taken for markup.
 *
 * @example element('a', { href: '#bots' }, 'bots')
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: ReadonlyArray<Node | string>
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** A part that opens. Its content is created when it is opened first: schemas may contain each other for ever. */
export function disclosure(summary: HTMLElement, createContent: () => readonly Node[]): HTMLDetailsElement {
  const details = element('details', {}, summary);
  details.addEventListener('toggle', () => details.append(...createContent()), { once: true });
  return details;
}

/**
 * Creates an element. Texts become text nodes, so that nothing in the document is parsed as markup.
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

/** A part that can be opened. Its content is created on first opening, since schemas may be recursive. */
export function disclosure(summary: HTMLElement, createContent: () => readonly Node[]): HTMLDetailsElement {
  const details = element('details', {}, summary);
  details.addEventListener('toggle', () => details.append(...createContent()), { once: true });
  return details;
}

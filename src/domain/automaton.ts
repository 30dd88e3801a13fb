import { NONE, Trie } from './trie.ts';

/**
 * Finds every occurrence of many patterns in one pass over a text (Aho–Corasick).
 *
 * A pass takes as many steps as the text has code units, whatever the number of patterns. At each position it
 * reports the longest pattern that ends there; `shorter` leads from each to the next shorter one.
 */
export class Automaton {
  readonly #trie: Trie;
  /** For each node, the longest other node whose text is a suffix of the node's text. */
  readonly #fallback: Uint32Array;
  /** For each node, the longest pattern that is a suffix of its text, or `NONE`. */
  readonly #longest: Int32Array;
  readonly #shorter: Int32Array;

  /** `patterns`: distinct, not empty, in the default order of `sort()`. A pattern's number is its position. */
  constructor(patterns: readonly string[]) {
    this.#trie = new Trie(patterns);
    this.#fallback = new Uint32Array(this.#trie.size);
    this.#longest = new Int32Array(this.#trie.size).fill(NONE);
    this.#shorter = new Int32Array(patterns.length).fill(NONE);
    this.#trie.forEachNode((node, parent, unit) => this.#link(node, parent, unit));
  }

  #link(node: number, parent: number, unit: number): void {
    const fallback = parent === 0 ? 0 : this.#step(this.#fallback[parent] ?? 0, unit);
    const inherited = this.#longest[fallback] ?? NONE;
    const own = this.#trie.ending[node] ?? NONE;
    this.#fallback[node] = fallback;
    this.#longest[node] = own === NONE ? inherited : own;
    if (own !== NONE) this.#shorter[own] = inherited;
  }

  #step(from: number, unit: number): number {
    for (let node = from; ; node = this.#fallback[node] ?? 0) {
      const child = this.#trie.child(node, unit);
      if (child !== NONE) return child;
      if (node === 0) return 0;
    }
  }

  /** The longest other pattern that is a suffix of `pattern`, or `NONE`. */
  shorter(pattern: number): number {
    return this.#shorter[pattern] ?? NONE;
  }

  /** Calls `visit` after the end of each match, with the longest pattern that ends there. */
  walk(text: string, visit: (pattern: number, end: number) => void): void {
    let node = 0;
    for (let end = 1; end <= text.length; end++) {
      node = this.#step(node, text.charCodeAt(end - 1));
      const pattern = this.#longest[node] ?? NONE;
      if (pattern !== NONE) visit(pattern, end);
    }
  }
}

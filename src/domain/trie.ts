/** No node or no pattern. It cannot be 0, which is a valid number of both. */
export const NONE = -1;

/** How many code units two texts have in common at the start. */
function sharedPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

function countNodes(patterns: readonly string[]): number {
  let nodes = 1;
  let previous = '';
  for (const pattern of patterns) {
    nodes += pattern.length - sharedPrefix(pattern, previous);
    previous = pattern;
  }
  return nodes;
}

/**
 * A prefix tree of texts with ten bytes per node.
 *
 * Nodes are numbered level by level and, within a level, in the order of the patterns. So the children of a
 * node are adjacent and sorted: a child is found by binary search, and no node stores a list of children.
 */
export class Trie {
  /** For each node, the pattern that ends there, or `NONE`. */
  readonly ending: Int32Array;
  readonly size: number;
  /** The children of `node` are `#children[node]` up to but excluding `#children[node + 1]`. */
  readonly #children: Uint32Array;
  /** The code unit that leads to each node. */
  readonly #units: Uint16Array;

  /** `patterns`: distinct, not empty, in the default order of `sort()`. A pattern's number is its position. */
  constructor(patterns: readonly string[]) {
    this.size = countNodes(patterns);
    this.ending = new Int32Array(this.size).fill(NONE);
    this.#children = new Uint32Array(this.size + 1);
    this.#units = new Uint16Array(this.size);
    this.#grow(patterns);
  }

  /** Fills the arrays. Each node covers a range of the sorted patterns, its children cover parts of it. */
  #grow(patterns: readonly string[]): void {
    const from = new Uint32Array(this.size);
    const to = new Uint32Array(this.size);
    to[0] = patterns.length;
    let next = 1;
    let levelEnd = 1;
    for (let node = 0, depth = 0; node < this.size; node++) {
      if (node === levelEnd) {
        levelEnd = next;
        depth++;
      }
      this.#children[node] = next;
      let pattern = from[node] ?? 0;
      const end = to[node] ?? 0;
      if (pattern < end && patterns[pattern]?.length === depth) this.ending[node] = pattern++;
      while (pattern < end) {
        const unit = unitAt(patterns, pattern, depth);
        this.#units[next] = unit;
        from[next] = pattern;
        while (pattern < end && unitAt(patterns, pattern, depth) === unit) pattern++;
        to[next++] = pattern;
      }
    }
    this.#children[this.size] = next;
  }

  /** Calls `visit` with every node except the root, its parent and its code unit. Parents come first. */
  forEachNode(visit: (node: number, parent: number, unit: number) => void): void {
    for (let parent = 0; parent < this.size; parent++) {
      const end = this.#children[parent + 1] ?? 0;
      for (let node = this.#children[parent] ?? 0; node < end; node++) {
        visit(node, parent, this.#units[node] ?? 0);
      }
    }
  }

  /** The child of a node for a code unit, or `NONE`. */
  child(node: number, unit: number): number {
    let low = this.#children[node] ?? 0;
    let high = this.#children[node + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.#units[middle] ?? 0;
      if (found === unit) return middle;
      if (found < unit) low = middle + 1;
      else high = middle;
    }
    return NONE;
  }
}

const unitAt = (patterns: readonly string[], pattern: number, depth: number): number =>
  patterns[pattern]?.charCodeAt(depth) ?? 0;

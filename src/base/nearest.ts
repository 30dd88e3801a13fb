import { distance } from 'fastest-levenshtein';

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_:.\s]/g, '');

/**
 * Finds the name that was most likely meant, if one is close enough. Ignores case and separators.
 *
 * @example nearest('timout', ['memory', 'timeout']) // 'timeout'
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const [best] = [...known]
    .map((candidate) => ({ candidate, far: distance(plain(name), plain(candidate)) }))
    .filter(({ candidate, far }) => far <= Math.max(1, Math.floor(plain(candidate).length / 3)))
    .sort((one, other) => one.far - other.far);
  return best?.candidate;
}

/** A "did you mean" question for a wrong name, preceded by a space; empty when no name is close. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

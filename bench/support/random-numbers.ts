/** Returns whole numbers below a limit that look random and are the same in every run (Lehmer). */
export function randomNumbers(): (below: number) => number {
  let seed = 42;
  return (below) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
}

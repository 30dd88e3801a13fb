import { type Clock, timestamp } from '../base/clock.ts';
import { isOfThisHost, isRunning, parseIdentity } from '../base/process-identity.ts';
import type { Lease } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds after which an owner on another machine loses its jobs without having renewed its lease. */
const leaseLength = 30_000;

/** What a queue needs to hold jobs. */
interface LeaseOptions {
  store: Store;
  /** One that is neither moved nor frozen: the other processes do not share what a simulation does to its clock. */
  clock: Clock;
  /** The name of the queue. */
  queue: string;
  owner: string;
}

/** The claims of processes on the jobs that they run. */
export class Leases {
  readonly #options: LeaseOptions;
  /** The last lease of owners that cannot be checked, and when it was first seen. */
  readonly #seen = new Map<string, { until: string; at: number }>();

  constructor(options: LeaseOptions) {
    this.#options = options;
  }

  /** The lease of a job that is claimed now. */
  own(): Lease {
    const { owner, clock } = this.#options;
    return { owner, until: timestamp(clock.milliseconds() + leaseLength) };
  }

  /**
   * Takes over the jobs of crashed processes as soon as they are seen to be gone, and our own jobs that could
   * not be ended because the table could not be written.
   *
   * @param running the jobs that run here
   */
  async renew(running: readonly number[]): Promise<void> {
    const { store, queue, owner } = this.#options;
    const leases = await store.jobs.leases(queue);
    for (const seen of this.#seen.keys()) {
      if (!leases.some((lease) => lease.owner === seen)) this.#seen.delete(seen);
    }
    for (const lease of leases) {
      if (lease.owner === owner) {
        await store.jobs.releaseOwner(queue, owner, running);
        await store.jobs.extend(queue, this.own());
      } else if (this.#isLost(lease)) await store.jobs.releaseOwner(queue, lease.owner);
    }
  }

  /**
   * An owner that is seen running keeps its jobs, however late it is. One on another machine, or on a system
   * that cannot distinguish it from a later process with its pid, keeps them while it renews its lease.
   */
  #isLost(lease: Lease): boolean {
    const owner = parseIdentity(lease.owner);
    if (owner === undefined || !isRunning(owner)) return true;
    const isSeen = isOfThisHost(owner) && owner.started !== '';
    const now = timestamp(this.#options.clock.milliseconds());
    return !isSeen && (lease.until < now || this.#isSilent(lease));
  }

  /**
   * After the system's clock was set back, a lease seems to last long. What counts is that nobody renews it.
   */
  #isSilent({ owner, until }: Lease): boolean {
    const now = this.#options.clock.steady();
    const known = this.#seen.get(owner);
    if (known?.until === until) return now - known.at >= leaseLength;
    this.#seen.set(owner, { until, at: now });
    return false;
  }
}

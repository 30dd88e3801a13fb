/** An answer that was no success: its status, its sentence, and the sentences by field of a 422. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** 0 when there was no answer at all. */
    readonly status: number,
    message: string,
    readonly errors: Record<string, string[]> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether nobody answered. */
  get isUnreachable(): boolean {
    return this.status === 0;
  }
}

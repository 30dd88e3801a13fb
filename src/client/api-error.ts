/** An unsuccessful answer: its status, its message, and the messages by field of a 422. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** 0 if there was no answer. */
    readonly status: number,
    message: string,
    readonly errors: Record<string, string[]> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether there was no answer. */
  get isUnreachable(): boolean {
    return this.status === 0;
  }
}

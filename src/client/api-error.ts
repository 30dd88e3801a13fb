/** An unsuccessful answer: its status, its message, its code, and the messages by field of a 422. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The code in the catalogue of errors; undefined if the answer has none. */
  readonly code: string | undefined;

  constructor(
    /** 0 if there was no answer. */
    readonly status: number,
    message: string,
    readonly errors: Record<string, string[]> = {},
    { code, ...options }: ErrorOptions & { code?: string | undefined } = {},
  ) {
    super(message, options);
    this.code = code;
  }

  /** Whether there was no answer. */
  get isUnreachable(): boolean {
    return this.status === 0;
  }
}

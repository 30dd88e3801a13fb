import type { FileKind } from '../domain/file-kind.ts';

/** Kilobytes of the largest file of each kind, where the configuration has no other limit. */
export const defaultUploadLimits: Readonly<Record<FileKind, number>> = {
  image: 5_120,
  document: 10_240,
  audio: 10_240,
  video: 15_360,
};

/** Bytes of the largest message from a handler: a file and its metadata. */
export const messageLimitOf = (uploads: Readonly<Record<string, number>>): number =>
  Math.max(...Object.values(uploads)) * 1_024 + 1_048_576;

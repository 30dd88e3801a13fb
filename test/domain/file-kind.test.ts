import { describe, expect, test } from 'vitest';
import { type FileKind, fileKinds, kindOfMessage } from '../../src/domain/file-kind.ts';
import { messageTypes } from '../../src/domain/message.ts';

describe('the kinds of files', () => {
  test.each<[FileKind, number, string, string]>([
    ['image', 1, 'images', 'jpg jpeg png bmp gif webp'],
    ['document', 2, 'documents', 'csv doc docx json pdf ppt pptx rar rtf txt xls xlsx xml zip 7z'],
    ['audio', 3, 'audio', 'aac mp3 oga ogg wav weba webm'],
    ['video', 4, 'videos', 'avi mp4 ogv webm 3gp 3g2 wmv mov'],
  ])('%s is as the HTTP contract has it', (kind, messageType, folder, extensions) => {
    expect(fileKinds[kind]).toEqual({ messageType, folder, extensions: extensions.split(' ') });
    expect(kindOfMessage(messageType)).toBe(kind);
  });

  test('are four', () => {
    expect(Object.keys(fileKinds)).toEqual(['image', 'document', 'audio', 'video']);
  });

  test('belong to no other message', () => {
    const others = Object.values(messageTypes).filter((type) => type < 1 || type > 4);
    expect(others.map(kindOfMessage)).toEqual(others.map(() => undefined));
    expect(kindOfMessage(-1)).toBeUndefined();
  });
});

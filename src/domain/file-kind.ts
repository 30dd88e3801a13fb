import { messageTypes } from './message.ts';

/** What a file can be sent as. */
export type FileKind = 'image' | 'document' | 'audio' | 'video';

/** A kind of file: the type of its messages, its folder, and the allowed extensions. */
interface FileKindData {
  messageType: number;
  folder: string;
  extensions: readonly string[];
}

/** Every kind of file, as in the HTTP contract. */
export const fileKinds: Readonly<Record<FileKind, FileKindData>> = {
  image: {
    messageType: messageTypes.IMAGE_MESSAGE,
    folder: 'images',
    extensions: ['jpg', 'jpeg', 'png', 'bmp', 'gif', 'webp'],
  },
  document: {
    messageType: messageTypes.DOCUMENT_MESSAGE,
    folder: 'documents',
    extensions: [
      ...['csv', 'doc', 'docx', 'json', 'pdf', 'ppt', 'pptx', 'rar', 'rtf', 'txt', 'xls', 'xlsx', 'xml'],
      ...['zip', '7z'],
    ],
  },
  audio: {
    messageType: messageTypes.AUDIO_MESSAGE,
    folder: 'audio',
    extensions: ['aac', 'mp3', 'oga', 'ogg', 'wav', 'weba', 'webm'],
  },
  video: {
    messageType: messageTypes.VIDEO_MESSAGE,
    folder: 'videos',
    extensions: ['avi', 'mp4', 'ogv', 'webm', '3gp', '3g2', 'wmv', 'mov'],
  },
};

const kinds: readonly FileKind[] = ['image', 'document', 'audio', 'video'];

/** The kind of file in a message of this type; undefined for a message without a file. */
export const kindOfMessage = (type: number): FileKind | undefined =>
  kinds.find((kind) => fileKinds[kind].messageType === type);

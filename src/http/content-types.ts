import { extensionOf } from '../base/file-extension.ts';

/**
 * The content types of files, by extension. Browsers run none of them but SVG, which no upload can be: only the
 * authors of packages provide it.
 */
const contentTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '3g2': 'video/3gpp2',
    '3gp': 'video/3gpp',
    '7z': 'application/x-7z-compressed',
    aac: 'audio/aac',
    avi: 'video/x-msvideo',
    bmp: 'image/bmp',
    csv: 'text/csv; charset=utf-8',
    doc: 'application/msword',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    gif: 'image/gif',
    jpeg: 'image/jpeg',
    jpg: 'image/jpeg',
    json: 'application/json',
    mov: 'video/quicktime',
    mp3: 'audio/mpeg',
    mp4: 'video/mp4',
    oga: 'audio/ogg',
    ogg: 'audio/ogg',
    ogv: 'video/ogg',
    pdf: 'application/pdf',
    png: 'image/png',
    ppt: 'application/vnd.ms-powerpoint',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    rar: 'application/vnd.rar',
    rtf: 'application/rtf',
    svg: 'image/svg+xml',
    txt: 'text/plain; charset=utf-8',
    wav: 'audio/wav',
    weba: 'audio/webm',
    webm: 'video/webm',
    webp: 'image/webp',
    wmv: 'video/x-ms-wmv',
    xls: 'application/vnd.ms-excel',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    xml: 'application/xml',
    zip: 'application/zip',
  }),
);

/** The content type of a file, by the extension of its name. */
export const contentType = (name: string): string =>
  contentTypes.get(extensionOf(name)) ?? 'application/octet-stream';

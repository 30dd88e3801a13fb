import { crc32 } from 'node:zlib';

type Part = string | number[] | Uint8Array;

/** Bytes of texts (Latin-1), numbers and other bytes. */
export const bytesOf = (...parts: Part[]): Buffer =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

const little = (value: number, length: 2 | 4): number[] =>
  [0, 8, 16, 24].slice(0, length).map((shift) => (value >>> shift) & 255);
const big = (value: number): number[] => little(value, 4).reverse();
const zeros = (length: number): number[] => new Array<number>(length).fill(0);

const pngChunk = (name: string, data: number[] = []) => {
  const content = bytesOf(name, data);
  return bytesOf(big(data.length), content, big(crc32(content)));
};
const png = (...chunks: Uint8Array[]) =>
  bytesOf(
    '\x89PNG\r\n\x1a\n',
    pngChunk('IHDR', [...big(1), ...big(1), 8, 0, 0, 0, 0]),
    ...chunks,
    pngChunk('IEND'),
  );

const riff = (form: string, ...rest: Part[]) => {
  const content = bytesOf(form, ...rest);
  return bytesOf('RIFF', little(content.length, 4), content);
};
const ftyp = (brand: string) => bytesOf(big(24), 'ftyp', brand, zeros(4), brand, 'mp41', big(8), 'mdat');
const ogg = (...header: Part[]) => bytesOf('OggS', zeros(24), ...header, zeros(40));

/** A zip archive of files that are stored as they are. */
export function zipOf(files: Record<string, string>): Buffer {
  const entries = Object.entries(files).map(([name, text]) => {
    const [data, size] = [bytesOf(text), little(text.length, 4)];
    const shared = bytesOf(
      little(20, 2),
      zeros(8),
      little(crc32(data), 4),
      size,
      size,
      little(name.length, 2),
    );
    return { local: bytesOf('PK\x03\x04', shared, zeros(2), name, data), name, shared };
  });
  let offset = 0;
  const directory = entries.map(({ local, name, shared }) => {
    const entry = bytesOf('PK\x01\x02', little(20, 2), shared, zeros(12), little(offset, 4), name);
    offset += local.length;
    return entry;
  });
  const [count, size] = [little(entries.length, 2), Buffer.concat(directory).length];
  const end = bytesOf('PK\x05\x06', zeros(4), count, count, little(size, 4), little(offset, 4), zeros(2));
  return bytesOf(...entries.map(({ local }) => local), ...directory, end);
}

const office = (folder: string, type: string) =>
  zipOf({
    '[Content_Types].xml': `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`,
    [`${folder}/content.xml`]: '<a/>',
  });

/** The smallest files of their kinds that show what they are. */
export const samples = {
  '3g2': ftyp('3g2a'),
  '3gp': ftyp('3gp5'),
  '7z': bytesOf('7z\xbc\xaf\x27\x1c', [0, 4], zeros(24)),
  aac: bytesOf([0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc], zeros(64)),
  apng: png(pngChunk('acTL', zeros(8)), pngChunk('IDAT', [1])),
  avi: riff('AVI ', 'LIST', zeros(40)),
  bmp: bytesOf('BM', little(58, 4), zeros(4), little(54, 4), little(40, 4), zeros(40)),
  cfb: bytesOf([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], zeros(504)),
  docx: office('word', 'wordprocessingml.document'),
  exe: bytesOf('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff', zeros(64)),
  flacInOgg: ogg('\x7fFLAC'),
  gif: bytesOf('GIF89a', [1, 0, 1, 0, 0x80, 0, 0], zeros(6), ',', zeros(12), ';'),
  heic: ftyp('heic'),
  jpg: bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF\0', zeros(20), [0xff, 0xd9]),
  mkv: bytesOf([0x1a, 0x45, 0xdf, 0xa3, 0x8b, 0x42, 0x82, 0x88], 'matroska', zeros(16)),
  mov: ftyp('qt  '),
  mp3: bytesOf([0xff, 0xfb, 0x90, 0x64], zeros(413), [0xff, 0xfb, 0x90, 0x64], zeros(413)),
  mp3WithLongTag: bytesOf('ID3\x04\0\0\0\0\0\0', zeros(400)),
  mp3WithTag: bytesOf('ID3\x04\0\0\0\0\0\x0a', zeros(10), [0xff, 0xfb, 0x90, 0x64], zeros(413)),
  mp4: ftyp('isom'),
  ogg: ogg('\x01vorbis'),
  oggOfSomething: ogg('fishead\0'),
  ogv: ogg('\x80theora'),
  opus: ogg('OpusHead'),
  pdf: bytesOf('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n%%EOF\n'),
  png: png(pngChunk('IDAT', [1])),
  pptx: office('ppt', 'presentationml.presentation'),
  rar: bytesOf('Rar!\x1a\x07\x01\0', zeros(24)),
  rtf: bytesOf('{\\rtf1\\ansi Hello}'),
  wav: riff('WAVE', 'fmt ', little(16, 4), zeros(16), 'data', zeros(4)),
  webm: bytesOf([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm', zeros(16)),
  webp: riff('WEBP', 'VP8 ', little(10, 4), zeros(10)),
  wmv: bytesOf(
    [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c],
    zeros(14),
  ),
  xlsx: office('xl', 'spreadsheetml.sheet'),
  zip: zipOf({ 'hello.txt': 'hello' }),
} as const;

/** The name of a sample. */
export type Sample = keyof typeof samples;

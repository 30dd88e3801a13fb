import net from 'node:net';

/** What was read last, by whichever client: texts are counted at once, so one buffer serves all. */
const buffer = Buffer.alloc(262_144);

/** Where the text of a frame begins and how long it is. Undefined if the head of the frame has not arrived whole. */
function headOf(bytes: Buffer, at: number): { start: number; length: number } | undefined {
  const length = bytes[at + 1] ?? Number.NaN;
  if (length < 126) return { start: at + 2, length };
  if (length === 126 && at + 4 <= bytes.length) return { start: at + 4, length: bytes.readUInt16BE(at + 2) };
  if (length === 127 && at + 10 <= bytes.length)
    return { start: at + 10, length: bytes.readUIntBE(at + 4, 6) };
  return undefined;
}

/** A frame of a client, masked with zeros. */
function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 255, 0, 0, 0, 0]);
  return Buffer.concat([head, payload]);
}

/** A WebSocket client that only counts what it receives, so that the server is measured and not its clients. */
export class CountingClient {
  /** How many texts have arrived whole. */
  texts = 0;
  /** How many bytes the text of the last one has. */
  size = 0;
  readonly #socket: net.Socket;
  #onText: ((text: string) => void) | undefined;
  /** How many bytes of the last frame are still to come. */
  #missing = 0;
  /** The beginning of a head that has not arrived whole. */
  #rest: Buffer | undefined;

  /** @param onOpen called when the server speaks WebSocket, before the first text */
  constructor(url: URL, onOpen: () => void) {
    let isOpen = false;
    const callback = (length: number) => {
      const bytes = buffer.subarray(0, length);
      const begin = isOpen ? 0 : bytes.indexOf('\r\n\r\n') + 4;
      if (!isOpen) onOpen();
      isOpen = true;
      this.#read(bytes.subarray(begin));
      return true;
    };
    this.#socket = net.connect({
      host: url.hostname,
      port: Number(url.port),
      onread: { buffer, callback },
    });
    const lines = [
      `GET ${url.pathname}${url.search} HTTP/1.1`,
      `Host: ${url.host}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ];
    this.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    this.#socket.on('end', () => {
      throw new Error('The server ended the connection.');
    });
  }

  send(text: string): void {
    this.#socket.write(maskedFrame(text));
  }

  /** The next text, which has to arrive in one piece. */
  next(): Promise<string> {
    return new Promise((resolve) => {
      this.#onText = resolve;
    });
  }

  #read(arrived: Buffer): void {
    const bytes = this.#rest === undefined ? arrived : Buffer.concat([this.#rest, arrived]);
    let at = this.#missing;
    if (at > 0 && at <= bytes.length) this.texts += 1;
    for (let head = headOf(bytes, at); head !== undefined; head = headOf(bytes, at)) {
      at = head.start + head.length;
      this.size = head.length;
      if (at > bytes.length) break;
      this.texts += 1;
      this.#onText?.(bytes.toString('utf8', head.start, at));
      this.#onText = undefined;
    }
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : undefined;
    this.#missing = Math.max(0, at - bytes.length);
  }
}

import { changes, type Place, placeCursor, type Rows, rowsOf, type Size } from './paint.ts';

/** The other screen, on which nothing of the user's is, and pastes that are told from keys. */
const enter = '\u001b[?1049h\u001b[?2004h\u001b[?25l';
/** What stands here is erased: tmux would put a part of it above the user's screen if that had been lower. */
const leave = '\u001b[m\u001b[?2004l\u001b[?25h\u001b[H\u001b[J\u001b[?1049l';

/** Clicks and the wheel, with places beyond column 223. */
const mouseOn = '\u001b[?1000h\u001b[?1006h';
const mouseOff = '\u001b[?1006l\u001b[?1000l';

/** Terminals that know this show a frame at once. Others ignore it. */
const beginFrame = '\u001b[?2026h';
const endFrame = '\u001b[?2026l';

const showCursor = '\u001b[?25h';
const hideCursor = '\u001b[?25l';

export interface ScreenOptions {
  stdout: NodeJS.WriteStream;
  /** Whether the terminal is asked to report the mouse. */
  mouse: boolean;
  /** The size that the newest frame was made for, and where text is written; null where there is no text. */
  drawn: () => { size: Size; cursor: Place | null };
  /** Called when the terminal has another size than the frame. A frame of the new size is expected. */
  onResize: (size: Size) => void;
}

/**
 * The terminal's other screen, to which Ink writes whole frames. Only what changed is written to the terminal, so that
 * a key costs some hundred bytes. Nothing is ever scrolled or cleared: what the user had on the terminal is there again
 * when the screen is left, and so is what had scrolled out of it.
 */
export class Screen {
  readonly #options: ScreenOptions;
  readonly #write: (text: string) => void;
  /** What Ink takes for the terminal. */
  readonly stdout: NodeJS.WriteStream;
  #frame = '';
  /** What stands on the terminal; null if nobody knows. */
  #rows: Rows | null = null;
  #size: Size;
  #cursor = '';
  #isOpen = false;

  constructor(options: ScreenOptions) {
    this.#options = options;
    const { stdout } = options;
    this.#write = stdout.write.bind(stdout);
    this.stdout = receiver(stdout, (frame) => this.#draw(frame));
    this.#size = sizeOf(stdout);
    // A terminal that was resized may have moved or cut what stood on it.
    stdout.prependListener('resize', this.#forget);
  }

  /** Shows the other screen. */
  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#write(this.#options.mouse ? enter + mouseOn : enter);
    this.redraw();
  }

  /** Shows the user's screen again. What is drawn meanwhile appears when it is opened. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#write(this.#options.mouse ? mouseOff + leave : leave);
  }

  /** Ends it. */
  dispose(): void {
    this.close();
    this.#options.stdout.off('resize', this.#forget);
  }

  /** Writes everything again, whatever stands on the terminal. */
  redraw(): void {
    this.#forget();
    this.#draw(this.#frame);
  }

  /** Writes a sequence that moves nothing, such as a bell. */
  send(sequence: string): void {
    this.#write(sequence);
  }

  readonly #forget = (): void => {
    this.#rows = null;
    this.#cursor = '';
  };

  #draw(frame: string): void {
    this.#frame = frame;
    if (!this.#isOpen || frame === '') return;
    const size = sizeOf(this.#options.stdout);
    if (!isSame(size, this.#size)) this.#forget();
    this.#size = size;
    const drawn = this.#options.drawn();
    if (isSame(size, drawn.size)) this.#paint(frame, size, drawn.cursor);
    else this.#options.onResize(size);
  }

  #paint(frame: string, size: Size, place: Place | null): void {
    const rows = rowsOf(frame, size, this.#rows);
    const changed = changes(this.#rows, rows, size.columns);
    const cursor = place === null ? hideCursor : placeCursor(place, size) + showCursor;
    if (changed !== '') this.#write(beginFrame + hideCursor + changed + cursor + endFrame);
    else if (cursor !== this.#cursor) this.#write(cursor);
    this.#rows = rows;
    this.#cursor = cursor;
  }
}

/** A terminal that passes on what is written to it. */
const receiver = (stdout: NodeJS.WriteStream, receive: (text: string) => void): NodeJS.WriteStream => {
  const write = (text: string, done?: () => void): boolean => {
    receive(text);
    done?.();
    return true;
  };
  return new Proxy(stdout, {
    get: (target, property) => {
      if (property === 'write') return write;
      // Ink would hide and show the cursor by itself.
      if (property === 'isTTY') return false;
      return property === 'columns' || property === 'rows'
        ? sizeOf(target)[property]
        : Reflect.get(target, property);
    },
  });
};

/** The size of a terminal as Node knows it. */
export function sizeOf(stdout: NodeJS.WriteStream): Size {
  const [columns, rows] = stdout.getWindowSize();
  return { columns: columns || 80, rows: rows || 24 };
}

const isSame = (one: Size, other: Size): boolean => one.columns === other.columns && one.rows === other.rows;

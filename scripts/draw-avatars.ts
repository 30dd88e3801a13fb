import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

/*
 * Draws the avatars of the ready-made packages into assets/: node --import jiti/register scripts/draw-avatars.ts
 */

type Color = readonly [red: number, green: number, blue: number];
/** How far a point is outside of a shape; negative inside. The picture reaches from -1 to 1. */
type Shape = (x: number, y: number) => number;
/** Shapes in their colors, each painted over those before it. */
type Drawing = ReadonlyArray<readonly [Color, Shape]>;

const size = 256;
const smooth = 1.5 / size;

const everywhere: Shape = () => -1;
const circle =
  (left: number, top: number, radius: number): Shape =>
  (x, y) =>
    Math.hypot(x - left, y - top) - radius;
const box =
  (left: number, top: number, width: number, height: number, corner: number): Shape =>
  (x, y) => {
    const [dx, dy] = [Math.abs(x - left) - width + corner, Math.abs(y - top) - height + corner];
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - corner;
  };
const turned =
  (angle: number, shape: Shape): Shape =>
  (x, y) =>
    shape(x * Math.cos(angle) + y * Math.sin(angle), y * Math.cos(angle) - x * Math.sin(angle));
const below =
  (top: number, shape: Shape): Shape =>
  (x, y) =>
    Math.max(shape(x, y), top - y);
/** A line with round ends. */
const line =
  (x1: number, y1: number, x2: number, y2: number, width: number): Shape =>
  (x, y) => {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(x - x1 - along * dx, y - y1 - along * dy) - width;
  };

const white: Color = [255, 255, 255];
const ink: Color = [38, 42, 61];

const pips = [-0.26, 0, 0.26].flatMap((x) =>
  x === 0
    ? [[0, 0]]
    : [
        [x, -0.26],
        [x, 0.26],
      ],
);
/** A die. */
const games: Drawing = [
  [[20, 148, 140], everywhere],
  [[14, 122, 117], turned(0.25, box(0.05, 0.07, 0.52, 0.52, 0.14))],
  [white, turned(0.25, box(0, 0, 0.52, 0.52, 0.14))],
  ...pips.map(([x = 0, y = 0]) => [[20, 148, 140], turned(0.25, circle(x, y, 0.1))] as const),
];

/** A laughing face. */
const jokester: Drawing = [
  [[116, 73, 184], everywhere],
  [[255, 205, 60], circle(0, 0, 0.68)],
  [ink, circle(-0.25, -0.16, 0.1)],
  [ink, circle(0.25, -0.16, 0.1)],
  [ink, below(0.1, circle(0, 0.1, 0.42))],
  [[240, 92, 92], (x, y) => Math.max(circle(0, 0.1, 0.42)(x, y), circle(0, 0.54, 0.26)(x, y))],
];

/** A prompt. */
const neo: Drawing = [
  [ink, everywhere],
  [[54, 60, 86], box(0, 0, 0.7, 0.56, 0.12)],
  [[84, 224, 138], line(-0.4, -0.24, -0.12, 0, 0.075)],
  [[84, 224, 138], line(-0.4, 0.24, -0.12, 0, 0.075)],
  [[84, 224, 138], line(0.08, 0.24, 0.4, 0.24, 0.075)],
];

function colorAt(drawing: Drawing, x: number, y: number): Color {
  let color: Color = white;
  for (const [over, shape] of drawing) {
    const share = Math.min(1, Math.max(0, 0.5 - shape(x, y) / smooth / 2));
    const mix = (from: number, to: number) => Math.round(from + (to - from) * share);
    color = [mix(color[0], over[0]), mix(color[1], over[1]), mix(color[2], over[2])];
  }
  return color;
}

const place = (pixel: number): number => ((pixel + 0.5) / size) * 2 - 1;

/** Rows of three bytes a pixel, each behind the number of its filter: none. */
const rowsOf = (drawing: Drawing): Buffer =>
  Buffer.from(
    Array.from({ length: size }, (_, row) => [
      0,
      ...Array.from({ length: size }, (_unused, column) =>
        colorAt(drawing, place(column), place(row)),
      ).flat(),
    ]).flat(),
  );

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([number(data.length), body, number(crc32(body))]);
}

/** Eight bits a channel, red green blue. */
const header = Buffer.concat([number(size), number(size), Buffer.from([8, 2, 0, 0, 0])]);

const png = (drawing: Drawing): Buffer =>
  Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rowsOf(drawing), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);

for (const [name, drawing] of Object.entries({ games, jokester, neo })) {
  writeFileSync(new URL(`../assets/${name}.png`, import.meta.url), png(drawing));
}

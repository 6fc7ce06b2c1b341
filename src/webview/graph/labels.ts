/** Names beside files and on closed folders. */
import type { SceneItem } from './scene.js';
import { type Colour, css, fade, type Theme } from './theme.js';

interface Labelled {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly label: string | null;
  readonly files?: number;
  readonly side?: SceneItem['side'];
}

const SIZE = 12;
/** Radius of a disc in pixels from which there is room for two lines. */
const TWO_LINES = 20;

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** The labels of one frame: none is written over another. */
export class Labels {
  #taken: Box[] = [];

  clear(): void {
    this.#taken = [];
  }

  draw(context: CanvasRenderingContext2D, data: Labelled, theme: Theme): void {
    if (!data.label) return;
    const name = data.files !== undefined && data.files > 1 ? nameOnDisc : nameBeside;
    name(context, data, theme, (box) => this.#take(box));
  }

  /** False where something is written already. */
  #take([left, top, right, bottom]: Box): boolean {
    if (this.#taken.some(([l, t, r, b]) => left < r && right > l && top < b && bottom > t)) return false;
    this.#taken.push([left, top, right, bottom]);
    return true;
  }
}

type Place = (box: Box) => boolean;

/** Pixels that a name may stick out of its disc on each side, where there is room. */
const OVERHANG = 28;

function nameOnDisc(context: CanvasRenderingContext2D, { x, y, size, label }: Labelled, theme: Theme, take: Place): void {
  const [, name = '', count = ''] = /^(.*) \((\d+)\)$/.exec(label ?? '') ?? [];
  // "parent/src" is told in two lines.
  const slash = name.indexOf('/');
  const two = size > TWO_LINES;
  const write = (text: string, font: string, at: number, colour: Colour): boolean => {
    context.font = font;
    for (const width of [2 * size + 2 * OVERHANG, 1.9 * size]) {
      const cut = fitted(context, text, width);
      const half = context.measureText(cut).width / 2;
      if (cut === '' || !take([x - half, at - SIZE / 2, x + half, at + SIZE / 2])) continue;
      outlined(context, cut, x - half, at, colour, theme);
      return true;
    }
    return false;
  };
  context.font = `600 ${SIZE}px ${theme.font}`;
  const top =
    two && slash >= 0
      ? name.slice(0, slash)
      : context.measureText(name).width <= 2 * size + 2 * OVERHANG
        ? name
        : name.slice(name.lastIndexOf('/') + 1);
  const first = write(top, `600 ${SIZE}px ${theme.font}`, y - (two ? 7 : 0), theme.foreground);
  if (!first || !two) return;
  const second = slash < 0 ? count : `${name.slice(slash + 1)} · ${count}`;
  write(second, `${SIZE - 1}px ${theme.font}`, y + 8, theme.highContrast ? theme.foreground : fade(theme.foreground, 0.75));
}

function nameBeside(context: CanvasRenderingContext2D, { x, y, size, label, side = 'right' }: Labelled, theme: Theme, take: Place): void {
  if (!label) return;
  context.font = `${SIZE}px ${theme.font}`;
  const width = context.measureText(label).width;
  const left = side === 'left' ? x - size - 5 - width : side === 'above' ? x - width / 2 : x + size + 5;
  const middle = side === 'above' ? y - size - 16 : y;
  if (take([left, middle - SIZE / 2, left + width, middle + SIZE / 2])) outlined(context, label, left, middle, theme.foreground, theme);
}

/** Legible over links and discs. */
function outlined(context: CanvasRenderingContext2D, text: string, left: number, middle: number, colour: Colour, theme: Theme): void {
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = css(fade(theme.background, 0.8));
  context.strokeText(text, left, middle);
  context.fillStyle = css(colour);
  context.fillText(text, left, middle);
}

/** What the pointer is on: its name in full, over all else. */
export function drawHover(context: CanvasRenderingContext2D, data: Labelled, theme: Theme): void {
  const { x, y, size, label } = data;
  context.lineWidth = 2;
  context.strokeStyle = css(theme.focus);
  context.beginPath();
  context.arc(x, y, size + 3, 0, 2 * Math.PI);
  context.stroke();
  if (!label) return;
  context.font = `600 ${SIZE}px ${theme.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const width = context.measureText(label).width + 12;
  context.fillStyle = css(theme.background);
  context.strokeStyle = css(fade(theme.foreground, 0.4));
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x + size + 6, y - 11, width, 22, 4);
  context.fill();
  context.stroke();
  context.fillStyle = css(theme.foreground);
  context.fillText(label, x + size + 12, y);
}

/** As much of the text as is so wide; nothing if that were less than four letters. */
function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  const whole = context.measureText(text).width;
  if (whole <= width) return text;
  // Measuring is slow, and letters are about as wide as each other.
  for (let n = Math.floor((text.length * width) / whole); n >= 4; n--) {
    const cut = `${text.slice(0, n)}…`;
    if (context.measureText(cut).width <= width) return cut;
  }
  return '';
}

/** What lies under and over the drawing: rings of open folders with their names, halos of cycles and of the selection, letters of groups. */
import type Sigma from 'sigma';
import type { Item } from './model.js';
import type { Scene } from './scene.js';
import { css, fade, type Theme } from './theme.js';

/** Letters that name groups where colours do not tell them apart. */
export const LETTERS = 'ABCDEFGH';

/** Rings and discs of a smaller radius, in pixels, are left without text. */
const LEGIBLE = { ring: 34, letter: 7 };

export interface Marked {
  readonly selected: Item | undefined;
  readonly active: Item | undefined;
}

export class Backdrop {
  readonly #under: HTMLCanvasElement;
  readonly #over: HTMLCanvasElement;

  constructor(private readonly sigma: Sigma) {
    this.#under = sigma.createCanvas('backdrop', { beforeLayer: 'edges' });
    this.#over = sigma.createCanvas('letters', { afterLayer: 'nodes' });
    for (const canvas of [this.#under, this.#over]) canvas.style.pointerEvents = 'none';
  }

  draw(scene: Scene, theme: Theme, { selected, active }: Marked): void {
    const under = this.#clear(this.#under);
    const over = this.#clear(this.#over);
    if (!under || !over) return;
    const scale = this.sigma.scaleSize(1);
    const { width, height } = this.sigma.getDimensions();
    const onPage = (x: number, y: number, r: number): boolean => x + r > 0 && y + r > 0 && x - r < width && y - r < height;
    const names: { readonly text: string; readonly x: number; readonly y: number; readonly r: number }[] = [];
    for (const ring of scene.rings) {
      const { x, y } = this.sigma.graphToViewport(ring);
      const r = ring.radius * scale;
      if (r < 2 || !onPage(x, y, r)) continue;
      const chosen = ring.item === selected;
      circle(under, x, y, r);
      under.fillStyle = css(fade(theme.foreground, theme.highContrast ? 0 : 0.035));
      under.fill();
      under.lineWidth = chosen ? 2 : 1;
      under.strokeStyle = css(chosen ? theme.focus : fade(theme.foreground, theme.highContrast ? 0.6 : 0.14));
      under.stroke();
      if (r > LEGIBLE.ring) names.push({ text: ring.label, x, y, r });
    }
    for (const item of scene.items) {
      if (!item.inCycle && item.item !== selected && item.item !== active) continue;
      const { x, y } = this.sigma.graphToViewport(item);
      const r = item.radius * scale;
      if (!onPage(x, y, r)) continue;
      const halo = (colour: string, more: number): void => {
        circle(under, x, y, r + more);
        under.fillStyle = colour;
        under.fill();
      };
      if (item.item === selected) halo(css(theme.focus), 6);
      else if (item.item === active) halo(css(theme.foreground), 4);
      if (item.item === selected || item.item === active) halo(css(theme.background), 3);
      if (item.inCycle) halo(css(theme.cycle), Math.min(2, 0.6 + r / 6));
    }
    if (theme.highContrast) this.#letters(over, scene, theme, scale, onPage);
    ringNames(over, names, theme);
  }

  #letters(
    to: CanvasRenderingContext2D,
    scene: Scene,
    theme: Theme,
    scale: number,
    onPage: (x: number, y: number, r: number) => boolean,
  ): void {
    to.textAlign = 'center';
    to.textBaseline = 'middle';
    to.fillStyle = css(theme.background);
    for (const { x: gx, y: gy, radius, colour, files } of scene.items) {
      const r = radius * scale;
      if (r < LEGIBLE.letter || files > 1) continue;
      const { x, y } = this.sigma.graphToViewport({ x: gx, y: gy });
      if (!onPage(x, y, r)) continue;
      to.font = `bold ${Math.min(16, r * 1.3)}px ${theme.font}`;
      to.fillText(LETTERS[colour] ?? '', x, y);
    }
  }

  /** In pixels of the page, whatever the screen's are. */
  #clear(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
    const { width, height } = this.sigma.getDimensions();
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    const context = canvas.getContext('2d');
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    context?.clearRect(0, 0, width, height);
    return context;
  }
}

function circle(to: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  to.beginPath();
  to.arc(x, y, r, 0, 2 * Math.PI);
}

/** Names at the upper rim, those of the biggest rings first; one that would lie on another is left out. */
function ringNames(
  to: CanvasRenderingContext2D,
  names: { readonly text: string; readonly x: number; readonly y: number; readonly r: number }[],
  theme: Theme,
): void {
  const taken: (readonly [number, number, number, number])[] = [];
  to.textAlign = 'center';
  to.textBaseline = 'middle';
  to.font = `600 11px ${theme.font}`;
  for (const { text, x, y, r } of names.sort((a, b) => b.r - a.r)) {
    const half = to.measureText(text).width / 2 + 5;
    if (half > r * 0.95) continue;
    const top = y - r;
    const box = [x - half, top - 8, x + half, top + 8] as const;
    if (taken.some(([l, t, right, b]) => box[0] < right && box[2] > l && box[1] < b && box[3] > t)) continue;
    taken.push(box);
    to.fillStyle = css(fade(theme.background, 0.85));
    to.beginPath();
    to.roundRect(box[0], box[1], 2 * half, 16, 4);
    to.fill();
    to.fillStyle = css(theme.highContrast ? theme.foreground : fade(theme.foreground, 0.75));
    to.fillText(text, x, top);
  }
}

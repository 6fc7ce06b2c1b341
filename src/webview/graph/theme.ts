/** The editor's colours as the canvas needs them: numbers, read from the page's variables. */
import { COLOURS } from './groups.js';

/** Red, green, blue from 0 to 255, and opacity from 0 to 1. */
export type Colour = readonly [number, number, number, number];

export interface Theme {
  readonly background: Colour;
  readonly foreground: Colour;
  readonly muted: Colour;
  /** Colours of groups, and last that of all others. */
  readonly groups: readonly Colour[];
  readonly cycle: Colour;
  readonly focus: Colour;
  /** What the selected file depends on, and what depends on it. */
  readonly outgoing: Colour;
  readonly incoming: Colour;
  readonly highContrast: boolean;
  readonly font: string;
  readonly reduceMotion: boolean;
}

/** Red is left to cycles. */
const GROUP_VARIABLES = [
  'charts-blue',
  'charts-green',
  'charts-orange',
  'charts-purple',
  'terminal-ansiCyan',
  'charts-yellow',
  'terminal-ansiMagenta',
].slice(0, COLOURS);

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const context = document.createElement('canvas').getContext('2d');
  const read = (variable: string, fallback: string): Colour => {
    if (!context) return [128, 128, 128, 1];
    // The context turns every notation of CSS into one of two; what it does not know leaves it as it was.
    context.fillStyle = fallback;
    context.fillStyle = style.getPropertyValue(`--vscode-${variable}`).trim() || fallback;
    return parse(context.fillStyle);
  };
  // Some themes give charts a colour that lets the background through; a disc or a line on others must not.
  const solid = (variable: string, fallback: string): Colour => {
    const [r, g, b] = read(variable, fallback);
    return [r, g, b, 1];
  };
  const { classList } = document.body;
  const highContrast = classList.contains('vscode-high-contrast') || classList.contains('vscode-high-contrast-light');
  const foreground = read('editor-foreground', '#cccccc');
  const muted = read('descriptionForeground', '#888888');
  return {
    background: read('editor-background', '#1e1e1e'),
    foreground,
    muted,
    groups: [...GROUP_VARIABLES.map((v) => solid(v, '#888888')), fade(muted, 0.8)],
    cycle: solid('charts-red', '#f14c4c'),
    focus: read(highContrast ? 'contrastActiveBorder' : 'focusBorder', '#3794ff'),
    outgoing: solid('charts-blue', '#3794ff'),
    incoming: solid('charts-orange', '#d18616'),
    highContrast,
    font: style.getPropertyValue('--vscode-font-family') || 'sans-serif',
    reduceMotion: classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches,
  };
}

/** Calls `then` when the editor's theme changes: it changes the classes of the body, and its variables before. */
export function onThemeChange(then: () => void): void {
  new MutationObserver(then).observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
}

function parse(css: string): Colour {
  if (css.startsWith('#'))
    return [Number.parseInt(css.slice(1, 3), 16), Number.parseInt(css.slice(3, 5), 16), Number.parseInt(css.slice(5, 7), 16), 1];
  const [r = 128, g = 128, b = 128, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b, a];
}

export function fade([r, g, b, a]: Colour, opacity: number): Colour {
  return [r, g, b, a * opacity];
}

export function css([r, g, b, a]: Colour): string {
  return `rgba(${r}, ${g}, ${b}, ${a})`;
}

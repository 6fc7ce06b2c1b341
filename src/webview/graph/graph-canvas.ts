/** Draws a scene with WebGL and tells what the pointer does to it. */
import { DirectedGraph } from 'graphology';
import Sigma from 'sigma';
import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types';
import { Backdrop, type Marked } from './backdrop.js';
import { drawHover, Labels } from './labels.js';
import { LinkProgram } from './link-program.js';
import type { Item } from './model.js';
import type { Bounds, Scene } from './scene.js';
import { type Colour, css, fade, type Theme } from './theme.js';
import type { Camera } from './view-state.js';

export interface CanvasEvents {
  chosen(item: Item): void;
  /** A second click on the same. */
  opened(item: Item): void;
  /** A click beside all. */
  left(): void;
  /** The camera rests after it was moved. */
  moved(camera: Camera): void;
}

/** Labels per cell of 80 pixels. */
const DENSITY = { whole: 2, neighbourhood: 20 };
/** Neighbours of the selection that all have their names shown. */
const LABELLED = 20;
/** Opacity of what the selection is not linked with. */
const DIMMED = { whole: 0.3, neighbourhood: 0.75 };
/** More links than these are left out while the camera moves: filling them takes longer than a frame. */
const MOVED = 4_000;
const REST_MS = 250;
const MOVE_MS = 250;

export class GraphCanvas {
  readonly #sigma: Sigma;
  readonly #backdrop: Backdrop;
  readonly #labels = new Labels();
  #scene: Scene | undefined;
  #theme: Theme;
  #marked: Marked = { selected: undefined, active: undefined };
  #linked = new Set<string>();
  #hovered: string | undefined;
  #bounds: Bounds | undefined;
  #timer: number | undefined;

  /** Throws where the browser has no WebGL. */
  constructor(container: HTMLElement, theme: Theme, events: CanvasEvents) {
    this.#theme = theme;
    this.#sigma = new Sigma(new DirectedGraph(), container, {
      allowInvalidContainer: true,
      itemSizesReference: 'positions',
      zoomToSizeRatioFunction: (ratio) => ratio,
      zIndex: true,
      minCameraRatio: 0.002,
      maxCameraRatio: 2,
      stagePadding: 24,
      labelRenderedSizeThreshold: 7,
      labelDensity: DENSITY.whole,
      labelGridCellSize: 80,
      defaultEdgeType: 'link',
      edgeProgramClasses: { link: LinkProgram },
      defaultDrawNodeLabel: (context, data) => this.#labels.draw(context, data, this.#theme),
      defaultDrawNodeHover: (context, data) => drawHover(context, data, this.#theme),
      nodeReducer: (key, data) => this.#reduceNode(key, data),
      edgeReducer: (key, data) => this.#reduceEdge(key, data),
    });
    this.#backdrop = new Backdrop(this.#sigma);
    const sigma = this.#sigma;
    sigma.on('beforeRender', () => this.#labels.clear());
    sigma.on('afterRender', () => this.#scene && this.#backdrop.draw(this.#scene, this.#theme, this.#marked));
    sigma.on('clickNode', ({ node }) => events.chosen(Number(node)));
    sigma.on('clickStage', () => events.left());
    sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      events.opened(Number(node));
    });
    sigma.on('enterNode', ({ node }) => this.#hover(node));
    sigma.on('leaveNode', () => this.#hover(undefined));
    sigma.getCamera().on('updated', ({ x, y, ratio }) => {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => events.moved({ x, y, ratio }), REST_MS);
    });
  }

  /** Draws another scene; the camera stays unless the scene is of another kind. */
  show(scene: Scene, marked: Marked): void {
    const sameKind = this.#scene?.kind === scene.kind;
    this.#scene = scene;
    this.#mark(marked);
    const graph = new DirectedGraph();
    for (const { item, x, y, radius, label, side, colour, files } of scene.items) {
      graph.addNode(String(item), { x, y, size: files > 1 ? radius * 0.94 : radius, label, side, colour, files });
    }
    for (const { from, to, count, resolved, loop } of scene.links) {
      graph.addEdgeWithKey(`${from}>${to}`, String(from), String(to), { count, dashed: !resolved, loop });
    }
    const bounds = sameKind && this.#bounds && scene.kind === 'whole' && near(this.#bounds, scene.bounds) ? this.#bounds : scene.bounds;
    this.#bounds = bounds;
    this.#hovered = undefined;
    this.#sigma.setCustomBBox({ x: [...bounds.x], y: [...bounds.y] });
    const whole = scene.kind === 'whole';
    this.#sigma.setSetting('hideEdgesOnMove', scene.links.length > MOVED);
    this.#sigma.setSetting('labelRenderedSizeThreshold', whole ? 7 : 0);
    this.#sigma.setSetting('labelDensity', whole ? DENSITY.whole : DENSITY.neighbourhood);
    this.#sigma.setGraph(graph);
  }

  /** Shows another selection in the same scene. */
  mark(marked: Marked): void {
    this.#mark(marked);
    this.#sigma.refresh({ skipIndexation: true });
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    this.#sigma.refresh({ skipIndexation: true });
  }

  get camera(): Camera {
    return this.#sigma.getCamera().getState();
  }

  set camera(camera: Camera) {
    this.#sigma.getCamera().setState(camera);
  }

  /** Shows all. */
  fit(): void {
    this.#move({ x: 0.5, y: 0.5, ratio: 1 });
  }

  zoom(factor: number): void {
    this.#move({ ratio: this.camera.ratio / factor });
  }

  /** Brings an item to the middle, near enough to be seen. */
  approach(item: Item): void {
    const place = this.#sigma.getNodeDisplayData(String(item));
    if (!place) return;
    // Its disc is to be 12 pixels wide at least.
    const near = (this.camera.ratio * this.#sigma.scaleSize(place.size)) / 12;
    this.#move({ x: place.x, y: place.y, ratio: Math.min(this.camera.ratio, Math.max(near, 0.02)) });
  }

  /** Whether the item can be seen as the camera stands. */
  inSight(item: Item): boolean {
    const seen = this.#scene?.byItem.get(item);
    if (!seen) return false;
    const { x, y } = this.#sigma.graphToViewport(seen);
    const { width, height } = this.#sigma.getDimensions();
    return x > 0 && y > 0 && x < width && y < height;
  }

  resize(): void {
    this.#sigma.resize();
    this.#sigma.scheduleRefresh();
  }

  #move(camera: Partial<Camera>): void {
    void this.#sigma.getCamera().animate(camera, { duration: this.#theme.reduceMotion ? 0 : MOVE_MS });
  }

  #mark(marked: Marked): void {
    this.#marked = marked;
    this.#linked = new Set();
    const { selected } = marked;
    if (selected === undefined || !this.#scene?.byItem.has(selected)) return;
    this.#linked.add(String(selected));
    for (const { from, to } of this.#scene.links) {
      if (from === selected) this.#linked.add(String(to));
      if (to === selected) this.#linked.add(String(from));
    }
  }

  /** Links of what the pointer is on stand out. */
  #hover(key: string | undefined): void {
    const graph = this.#sigma.getGraph();
    const edges = [this.#hovered, key].flatMap((k) => (k !== undefined && graph.hasNode(k) ? graph.edges(k) : []));
    this.#hovered = key;
    this.#sigma.refresh({ partialGraph: { nodes: [], edges }, skipIndexation: true });
  }

  #reduceNode(key: string, data: Record<string, unknown>): Partial<NodeDisplayData> {
    const { groups } = this.#theme;
    const kind = this.#scene?.kind ?? 'whole';
    const { colour, files } = data as { colour: number; files: number };
    const dimmed = this.#linked.size > 0 && !this.#linked.has(key);
    const opacity = (files > 1 ? 0.38 : 1) * (dimmed ? DIMMED[kind] : 1);
    const near = this.#linked.has(key) && this.#linked.size <= LABELLED;
    return {
      ...data,
      color: css(this.#opaque(groups[colour]!, opacity)),
      forceLabel: near || kind === 'neighbourhood',
      ...(dimmed && kind === 'whole' ? { label: files > 1 ? (data as { label: string }).label : null } : {}),
      zIndex: near ? 2 : 1,
    };
  }

  /** As if it were transparent, with nothing shining through: links end at discs. */
  #opaque([r, g, b, a]: Colour, opacity: number): Colour {
    const { background } = this.#theme;
    const mix = (c: number, under: number): number => Math.round(c * a * opacity + under * (1 - a * opacity));
    return [mix(r, background[0]), mix(g, background[1]), mix(b, background[2]), 1];
  }

  #reduceEdge(key: string, data: Record<string, unknown>): Partial<EdgeDisplayData> {
    const { foreground, cycle, outgoing, incoming, highContrast } = this.#theme;
    const kind = this.#scene?.kind ?? 'whole';
    const { count, loop } = data as { count: number; loop: boolean };
    const [from, to] = key.split('>');
    const width = Math.min(5, 1 + Math.log2(count) * 0.5);
    const shown = (color: Colour, size: number, zIndex: number): Partial<EdgeDisplayData> => ({ ...data, color: css(color), size, zIndex });
    const selected = this.#marked.selected === undefined ? undefined : String(this.#marked.selected);
    const at = [selected, this.#hovered].find((k) => k !== undefined && (k === from || k === to));
    if (at !== undefined) return shown(loop ? cycle : at === from ? outgoing : incoming, width + 1.4, 3);
    const away = this.#linked.size > 0;
    if (loop) return shown(fade(cycle, away ? 0.35 : 0.9), width + 1.2, 2);
    // The more there are, the fainter each one, so that the discs stay in view.
    const crowd = Math.min(1, 900 / Math.max(1, this.#scene?.links.length ?? 1)) ** 0.65;
    const strength = Math.min(1.2, 0.75 + Math.log2(count) * 0.12);
    const opacity = (highContrast ? 0.7 : 0.42) * crowd * strength * (away ? DIMMED[kind] : 1);
    return shown(fade(foreground, Math.max(0.03, opacity)), width, 1);
  }
}

/** Little growth is no reason to move the camera. */
function near(a: Bounds, b: Bounds): boolean {
  const width = a.x[1] - a.x[0];
  return [a.x[0] - b.x[0], a.x[1] - b.x[1], a.y[0] - b.y[0], a.y[1] - b.y[1]].every((d) => Math.abs(d) < 0.15 * width);
}

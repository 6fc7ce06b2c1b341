/** What the user set up in the page, kept while it is hidden and over a reload. */
import { type Filters, NO_FILTERS } from './filters.js';
import type { ColourBy } from './groups.js';

export interface Camera {
  readonly x: number;
  readonly y: number;
  /** 1 shows all, less is nearer. */
  readonly ratio: number;
}

export interface ViewState {
  readonly filters: Filters;
  readonly colourBy: ColourBy;
  /** Path of the file whose neighbourhood is shown; undefined shows the whole. */
  readonly centre: string | undefined;
  /** The centre is the active editor's file, whichever that is. */
  readonly follow: boolean;
  readonly hops: number;
  /** Path of the file or folder that is selected. */
  readonly selected: string | undefined;
  /** Paths of folders that were opened and closed by hand. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  readonly camera: Camera | undefined;
  readonly tab: 'facts' | 'list';
}

export const FIRST_VIEW: ViewState = {
  filters: NO_FILTERS,
  colourBy: 'folder',
  centre: undefined,
  follow: false,
  hops: 1,
  selected: undefined,
  opened: [],
  closed: [],
  camera: undefined,
  tab: 'facts',
};

/** What was kept, as far as it has the shape of a view; an older version may have kept something else. */
export function restoreView(kept: unknown): ViewState {
  if (typeof kept !== 'object' || kept === null) return FIRST_VIEW;
  const fits = (value: unknown, model: unknown): boolean =>
    Array.isArray(model) ? Array.isArray(value) && value.every((v) => typeof v === 'string') : typeof value === typeof model;
  const merge = <T extends object>(model: T, from: object): T =>
    Object.fromEntries(
      Object.entries(model).map(([key, fallback]) => {
        const value: unknown = (from as Record<string, unknown>)[key];
        const ok = fallback === undefined ? optional(key, value) : fits(value, fallback);
        return [key, ok ? value : fallback];
      }),
    ) as T;
  const view = merge(FIRST_VIEW, kept);
  const hops = [1, 2, 3].includes(view.hops) ? view.hops : 1;
  return { ...view, hops, filters: merge(NO_FILTERS, (view.filters as object | null) ?? {}) };
}

function optional(key: string, value: unknown): boolean {
  if (key !== 'camera') return typeof value === 'string';
  const { x, y, ratio } = (value ?? {}) as Record<string, unknown>;
  return [x, y, ratio].every((n) => typeof n === 'number' && Number.isFinite(n)) && (ratio as number) > 0;
}

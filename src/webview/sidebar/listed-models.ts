/** Choosing a model in a list box, by keyboard and by click: for the list of models and the table of the route. */
import type { LitElement } from 'lit';
import { wish } from './wishes.js';

export class ListedModels {
  #at: string | undefined;

  /** @param list has the options in its shadow root; the one that is reached by keyboard alone has the tab index 0. */
  constructor(private readonly list: LitElement) {}

  /** The first of these that the list has: where the keyboard stood last, then those that are wished for. */
  standing(ids: readonly string[], ...wished: readonly (string | undefined)[]): string | undefined {
    return [this.#at, ...wished].find((id) => id !== undefined && ids.includes(id)) ?? ids[0];
  }

  /** A key was pressed in the list of these models, at one of them. */
  pressed(event: KeyboardEvent, ids: readonly string[], at: string | undefined): void {
    const to = placeAfter(event.key, at === undefined ? -1 : ids.indexOf(at), ids.length);
    if (to !== undefined) this.#goTo(ids[to]);
    else if ((event.key === 'Enter' || event.key === ' ') && at !== undefined) this.choose(at);
    else return;
    event.preventDefault();
  }

  choose(id: string): void {
    this.#stand(id);
    wish(this.list, { kind: 'model', id });
  }

  #goTo(id: string | undefined): void {
    this.#stand(id);
    void this.list.updateComplete.then(() => this.list.shadowRoot?.querySelector<HTMLElement>('[role=option][tabindex="0"]')?.focus());
  }

  #stand(id: string | undefined): void {
    this.#at = id;
    this.list.requestUpdate();
  }
}

/** The place that a key leads to; undefined for one that leads nowhere. @param now -1 for none. */
function placeAfter(key: string, now: number, length: number): number | undefined {
  const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: length - 1 }[key];
  return to === undefined ? undefined : Math.min(length - 1, Math.max(0, to));
}

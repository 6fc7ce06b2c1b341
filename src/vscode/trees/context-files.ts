/** The view Context Files: every file of the pack with level, tokens, price and reason; its checkbox says whether the file may be in. */

import * as vscode from 'vscode';
import { counted, formatCount } from '../../base/count.js';
import { nameOf as fileNameOf } from '../../base/paths.js';
import type { FilePlace } from '../../context/why.js';
import type { CurrentPack, PackState } from '../current-pack.js';
import type { Services } from '../services.js';
import { readSettings } from '../settings.js';
import { type ContextRow, ContextRows, type FileRow, SORT_KEYS, type SortKey } from './context-rows.js';
import { describeFile, describeGroup, explainRow, GROUP_LABELS, labelOfPage, type PackFrame, speakFile } from './context-words.js';
import { absoluteOf } from './file-places.js';
import type { PromptPrice } from './price-share.js';
import { dotted } from './words.js';

const GROUP_ICONS = { pinned: 'pinned', packed: 'package', dropped: 'circle-slash', left: 'inbox' } as const;
const SORT = 'longview.contextFiles.sort';
const NO_FRAME: PackFrame = { tokens: 0, price: { kind: 'no-model' } };

export class ContextFiles implements vscode.TreeDataProvider<ContextRow>, vscode.Disposable {
  readonly view: vscode.TreeView<ContextRow>;
  #rows: ContextRows;
  #frame = NO_FRAME;
  #sort: SortKey;
  /** Held while the view is visible: the pack follows every change. */
  #watching: vscode.Disposable | undefined;
  /** Ends the bar that runs while a pack is made. */
  #packed: (() => void) | undefined;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly services: Services,
    private readonly memento: vscode.Memento,
  ) {
    const { index, pack, quotes } = services;
    const kept = memento.get<string>(SORT);
    this.#sort = SORT_KEYS.find((key) => key === kept) ?? 'score';
    this.#rows = new ContextRows(pack.pack, pack.choice, this.#sort);
    this.view = vscode.window.createTreeView('longview.contextFiles', {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
      manageCheckboxStateManually: true,
    });
    let { pins, drops } = pack.choice;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.view,
      this.view.onDidChangeVisibility(() => this.#watch()),
      this.view.onDidChangeCheckboxState(({ items }) => this.#check(items)),
      pack.onDidChangeState((state) => void this.#follow(state)),
      pack.onDidChangeChoice((choice) => {
        if (choice.pins === pins && choice.drops === drops) return;
        ({ pins, drops } = choice);
        this.#show();
      }),
      index.onDidChangeState(() => this.#tell()),
      quotes.onDidChange(() => void this.#follow(pack.state)),
      { dispose: () => this.#watching?.dispose() },
    );
    this.#watch();
    void this.#follow(pack.state);
  }

  get sort(): SortKey {
    return this.#sort;
  }

  set sort(key: SortKey) {
    this.#sort = key;
    void this.memento.update(SORT, key);
    this.#show();
  }

  get frame(): PackFrame {
    return this.#frame;
  }

  getChildren(row?: ContextRow): ContextRow[] {
    return [...this.#rows.children(row)];
  }

  getTreeItem(row: ContextRow): vscode.TreeItem {
    if (row.kind === 'file') return this.#fileItem(row);
    if (row.kind === 'page') {
      const item = new vscode.TreeItem(labelOfPage(row), vscode.TreeItemCollapsibleState.Collapsed);
      item.id = `page:${row.of}:${row.start}`;
      return item;
    }
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(GROUP_LABELS[row.standing], row.standing === 'left' ? Collapsed : Expanded);
    item.id = `group:${row.standing}`;
    item.description = describeGroup(row);
    item.iconPath = new vscode.ThemeIcon(GROUP_ICONS[row.standing]);
    item.contextValue = `group ${row.standing}`;
    item.accessibilityInformation = { label: `${GROUP_LABELS[row.standing]}, ${item.description}` };
    return item;
  }

  /** The hover: only the row under the pointer asks the engine, and only where the pack does not say. */
  async resolveTreeItem(item: vscode.TreeItem, row: ContextRow, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
    if (row.kind !== 'file') return item;
    const place = row.listed ? undefined : await this.placeOf(row, token).catch(() => undefined);
    item.tooltip = new vscode.MarkdownString(explainRow(row, this.#frame, place));
    return item;
  }

  /** Why the file stands where it stands, from the engine. */
  async placeOf({ path }: Pick<FileRow, 'path'>, token?: vscode.CancellationToken): Promise<FilePlace | undefined> {
    const { index, pack } = this.services;
    const abort = new AbortController();
    const listener = token?.onCancellationRequested(() => abort.abort());
    try {
      const focus = pack.state.kind === 'packed' ? pack.state.request.focus : undefined;
      return await index.ask('why', { path, task: pack.choice.task, focus }, abort.signal);
    } finally {
      listener?.dispose();
    }
  }

  dispose(): void {
    this.#packed?.();
    this.#subscriptions.dispose();
  }

  #fileItem(row: FileRow): vscode.TreeItem {
    const label = this.#rows.label(row);
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
    item.id = `file:${row.path}`;
    item.description = describeFile(row, this.#frame);
    item.contextValue = `file ${row.standing}`;
    const inside = row.standing === 'pinned' || row.standing === 'packed';
    const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
    item.checkboxState = {
      state: inside ? Checked : Unchecked,
      tooltip: inside
        ? 'In the pack. Uncheck to drop it.'
        : row.standing === 'dropped'
          ? 'Dropped. Check to take that back.'
          : 'No room. Check to pin it.',
      accessibilityInformation: { label: inside ? `${label} is in the pack` : `${label} is not in the pack` },
    };
    item.accessibilityInformation = { label: speakFile(row, label, this.#frame) };
    const absolute = absoluteOf(this.services.index.last?.roots ?? [], row.path);
    if (absolute !== undefined) {
      item.resourceUri = vscode.Uri.file(absolute);
      item.iconPath = vscode.ThemeIcon.File;
      item.command = { command: 'longview.glanceAtFile', title: 'Open File', arguments: [item.resourceUri] };
    }
    return item;
  }

  /** Only a visible tree has the pack made again and again. */
  #watch(): void {
    if (this.view.visible) this.#watching ??= this.services.pack.watch();
    else {
      this.#watching?.dispose();
      this.#watching = undefined;
    }
  }

  /** A file without a check stays out; one with a check is left to Longview again, or pinned where it had no room. */
  #check(items: readonly [ContextRow, vscode.TreeItemCheckboxState][]): void {
    const { pack } = this.services;
    let { pins } = pack.choice;
    const drops = new Set(pack.choice.drops);
    for (const [row, state] of items) {
      if (row.kind !== 'file') continue;
      if (state === vscode.TreeItemCheckboxState.Unchecked) drops.add(row.path);
      else if (!drops.delete(row.path)) pins = { ...pins, [row.path]: 'full' };
    }
    pack.choose({ pins, drops: [...drops] });
  }

  async #follow(state: PackState): Promise<void> {
    void vscode.commands.executeCommand('setContext', 'longview.pack', state.kind);
    if (state.kind === 'packing') {
      this.#tell();
      if (!this.#packed) {
        const packed = new Promise<void>((done) => {
          this.#packed = done;
        });
        void vscode.window.withProgress({ location: { viewId: 'longview.contextFiles' } }, () => packed);
      }
      return;
    }
    this.#packed?.();
    this.#packed = undefined;
    const frame = await this.#frameOf(this.services.pack);
    if (this.services.pack.state !== state) return;
    this.#frame = frame;
    this.#show();
  }

  async #frameOf({ pack }: CurrentPack): Promise<PackFrame> {
    return pack ? { tokens: pack.tokens, price: await this.#priceOf(pack.tokens) } : NO_FRAME;
  }

  async #priceOf(tokens: number): Promise<PromptPrice> {
    const { model } = readSettings();
    if (model === '') return { kind: 'no-model' };
    const quote = await this.services.quotes.ofPrompt(tokens);
    if (!quote) return { kind: 'unknown', model, reason: 'it is not in the list of models' };
    const { cost } = quote;
    return cost.kind === 'unknown' ? { kind: 'unknown', model, reason: cost.reason } : { ...cost, model, tokens };
  }

  #show(): void {
    const { pack } = this.services;
    this.#rows = new ContextRows(pack.pack, pack.choice, this.#sort);
    const files = this.#rows.inside;
    this.view.badge = files > 0 ? { value: files, tooltip: `${counted(files, 'file')} in the context` } : undefined;
    const { pins, drops } = pack.choice;
    void vscode.commands.executeCommand('setContext', 'longview.hasPinsOrDrops', Object.keys(pins).length + drops.length > 0);
    this.#tell();
    this.#changed.fire(undefined);
  }

  #tell(): void {
    const { pack } = this.services;
    const sorted = this.#sort === 'score' ? undefined : `by ${this.#sort}`;
    this.view.description = dotted(
      pack.choice.focus.kind !== 'none' && pack.focus ? fileNameOf(pack.focus.absolute.replaceAll('\\', '/')) : undefined,
      sorted,
    );
    this.view.message = this.#message();
  }

  /** Where there are no rows at all, the welcome of package.json speaks instead. */
  #message(): string {
    const { index, pack } = this.services;
    if (index.state.kind === 'indexing' && index.state.total > 0)
      return `Reading ${formatCount(index.state.done)} of ${formatCount(index.state.total)} files`;
    if (pack.state.kind === 'refused' || pack.state.kind === 'failed') return pack.state.message;
    if (pack.state.kind === 'nothing-asked' && this.#rows.groups.length > 0)
      return 'Describe a task or open a file to have a context packed.';
    return '';
  }
}

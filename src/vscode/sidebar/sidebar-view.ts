/** The view `longview.context`: shows the index, the pack and its price, and does what its page asks for. */
import * as vscode from 'vscode';
import type { SentPack } from '../../engine/protocol.js';
import { cacheableShare, FRAME_TOKENS } from '../../question.js';
import type { FocusWish, QuotesView, RouteView, SidebarState, SidebarWish } from '../../webview/sidebar/protocol.js';
import { setModel } from '../commands/choose.js';
import type { FocusChoice } from '../focus.js';
import { nameOf } from '../price-quotes.js';
import type { Proposals } from '../proposals/proposals.js';
import { CHOOSE_MODEL, generalObstacle, type Obstacle, SET_ANY_KEY } from '../requests/obstacle.js';
import { type Quoted, quotedOf } from '../requests/receipt-words.js';
import type { Requests, ShownQuote } from '../requests/requests.js';
import { tokensBehind } from '../requests/wanted.js';
import type { Services } from '../services.js';
import { AUTO, onSettings, readSettings } from '../settings.js';
import { preparePage } from '../webview-page.js';
import { answerView, askView } from './ask-state.js';
import { routeView } from './route-state.js';
import { budgetView, focusView, packView, quotesView, workspaceView } from './sidebar-state.js';
import { readWish } from './sidebar-wish.js';

/** States follow each other no faster. */
const PAUSE_MS = 100;
const NO_QUOTES: QuotesView = { tokens: 0, of: 'budget', chosen: '', automatic: false, models: [] };

export class SidebarProvider implements vscode.WebviewViewProvider, vscode.Disposable {
  #sidebar: Sidebar | undefined;

  constructor(
    private readonly services: Services,
    private readonly requests: Requests,
    private readonly proposals: Proposals,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#sidebar?.dispose();
    this.#sidebar = new Sidebar(view, this.services, this.requests, this.proposals);
  }

  dispose(): void {
    this.#sidebar?.dispose();
  }
}

class Sidebar implements vscode.Disposable {
  /** Held as long as the page is there to show what comes. */
  #shown: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #postedMs = 0;
  /** Of the page's last change to the task. */
  #edit = 0;
  #quotes = NO_QUOTES;
  #quotesOutdated = true;
  #routeOpen = false;
  /** Of the pack that the quotes are for. */
  #route: RouteView = { kind: 'none' };
  /** The quote of the chosen model, and the pack that the quotes are for. */
  #chosen: { readonly pack: SentPack | undefined; readonly quoted: Quoted | undefined } = { pack: undefined, quoted: undefined };
  /** Number of the quote that the page shows on its button. */
  #shownQuote = 0;
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly view: vscode.WebviewView,
    private readonly services: Services,
    private readonly requests: Requests,
    private readonly proposals: Proposals,
  ) {
    const { extension, index, pack, quotes, cost } = services;
    const show = (): void => this.#show();
    const quoteAgain = (): void => {
      this.#quotesOutdated = true;
      show();
    };
    this.#subscriptions = vscode.Disposable.from(
      view.webview.onDidReceiveMessage((message: unknown) => this.#grant(message)),
      view.onDidChangeVisibility(() => !view.visible && this.#hide()),
      view.onDidDispose(() => this.dispose()),
      index.onDidChangeState(show),
      pack.onDidChangeState(show),
      pack.onDidChangeChoice(show),
      quotes.onDidChange(quoteAgain),
      // A budget may have less room, an endpoint may be out of order.
      cost.onDidChange(() => this.#routes && quoteAgain()),
      requests.onDidChangeKeys(() => this.#routes && quoteAgain()),
      ...['auto', 'budgets', 'endpoints', 'localOnly'].map((id) => onSettings(id, () => this.#routes && quoteAgain())),
      requests.onDidChange(show),
      requests.ongoing.onDidChange(show),
      proposals.onDidChange(show),
      vscode.workspace.onDidGrantWorkspaceTrust(show),
    );
    preparePage(view.webview, extension, 'sidebar', 'Longview');
  }

  dispose(): void {
    this.#hide();
    this.#subscriptions.dispose();
  }

  /** The page is loaded, for the first time or again after it was hidden. */
  #begin(): void {
    const { index, pack } = this.services;
    this.#edit = 0;
    this.#routeOpen = false;
    this.#postedMs = 0;
    this.#shown ??= pack.watch();
    index.wake();
    void this.requests.wake();
    void this.proposals.wake();
    void this.services.editorModels.wake();
    this.#show();
  }

  #hide(): void {
    this.requests.shown = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#shown?.dispose();
    this.#shown = undefined;
  }

  #show(): void {
    if (!this.#shown || this.#timer) return;
    this.#timer = setTimeout(() => this.#post(), Math.max(0, this.#postedMs + PAUSE_MS - Date.now()));
  }

  #post(): void {
    this.#timer = undefined;
    this.#postedMs = Date.now();
    void this.view.webview.postMessage(this.#state());
    void this.requests.ongoing.wake();
    void this.#quoteAgain();
  }

  #state(): SidebarState {
    const { index, pack } = this.services;
    const { choice, state } = pack;
    const quotes = this.#quotes;
    const { phase, obstacles, answer } = this.requests;
    const shown = this.#quoteToShow();
    if (shown !== this.requests.shown) this.#shownQuote++;
    this.requests.shown = shown;
    return {
      workspace: workspaceView(index.state),
      trusted: vscode.workspace.isTrusted,
      task: { text: choice.task, edit: this.#edit },
      focus: focusView(choice.focus, pack.focus, state, (absolute) => vscode.workspace.asRelativePath(absolute)),
      budget: budgetView(
        choice.budget,
        quotes.models.find((m) => m.id === quotes.chosen),
      ),
      pack: packView(state),
      quotes,
      route: this.#route,
      ask: askView({
        phase,
        obstacles,
        off: this.#off(),
        quote: shown && { ...shown, number: this.#shownQuote, model: this.#automaticName() },
        session: this.requests.ongoing.carried,
        asked: pack.choice.ask,
        proposal: this.proposals.state,
        fixable: this.proposals.fixable,
        answer: answer && answerView(answer, { canGoOn: this.requests.canGoOn, restore: this.requests.restoreShown }),
      }),
    };
  }

  /** What stands against sending anything. */
  #off(): Obstacle | undefined {
    const { model } = readSettings();
    const general = generalObstacle(model);
    if (general || model !== AUTO || this.#quotes.chosen !== '' || this.#route.kind === 'none') return general;
    return {
      message: this.#route.kind === 'failed' ? this.#route.message : `${this.#route.why} Route, below, says why.`,
      fixes: [SET_ANY_KEY, CHOOSE_MODEL],
    };
  }

  /** Undefined where the user has named the model. */
  #automaticName(): string | undefined {
    const { automatic, chosen, models } = this.#quotes;
    return automatic ? (models.find((m) => m.id === chosen)?.name ?? chosen) : undefined;
  }

  /** Whether somebody wants to know who could be asked. */
  get #routes(): boolean {
    return this.#routeOpen || readSettings().model === AUTO;
  }

  /** The price on the button: of the pack that is shown at the model that is chosen. The same object as long as it stays. */
  #quoteToShow(): ShownQuote | undefined {
    const { pack } = this.services;
    const model = this.#quotes.chosen;
    if (pack.state.kind !== 'packed' || pack.state.pack !== this.#chosen.pack || pack.choice.task.trim() === '') return undefined;
    const { pack: packed, request } = pack.state;
    const foreseen = this.requests.exactQuote(packed, model) ?? this.requests.ongoing.foreseen(packed, request, model);
    const quoted: Omit<ShownQuote, 'pack' | 'model'> | 'pending' | undefined = foreseen ?? this.#chosen.quoted;
    if (!quoted || quoted === 'pending') return undefined;
    const { again } = quoted;
    const last = this.requests.shown;
    const stays =
      last &&
      last.pack === pack.state.pack &&
      last.model === model &&
      last.low === quoted.low &&
      last.high === quoted.high &&
      last.again === again;
    return stays ? last : { ...quoted, again, pack: packed, model };
  }

  /** Quotes are for a question with the pack, and for the whole budget until there is one. */
  async #quoteAgain(): Promise<void> {
    const { pack, quotes, log } = this.services;
    const packed = pack.pack;
    const of = packed ? 'pack' : 'budget';
    const tokens = packed ? packed.tokens + FRAME_TOKENS + tokensBehind(pack.choice.ask) : pack.choice.budget;
    if (!this.#quotesOutdated && packed === this.#chosen.pack && tokens === this.#quotes.tokens && of === this.#quotes.of) return;
    this.#quotesOutdated = false;
    const { model, maxAnswer } = readSettings();
    try {
      const route = await this.#routeOf(packed);
      const { chosen } = quotes;
      const all = await quotes.quote(tokens, packed && this.#cacheable(packed));
      const own = all.find((q) => nameOf(q.model) === chosen);
      this.#chosen = { pack: packed, quoted: own && quotedOf(own) };
      this.#quotes = quotesView(all, { tokens, of, chosen, automatic: model === AUTO, maxAnswer });
      this.#route = route;
      this.#show();
    } catch (error) {
      log.error(`quotes: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #routeOf(packed: SentPack | undefined): Promise<RouteView> {
    if (!packed || !this.#routes) return { kind: 'none' };
    try {
      return routeView((await this.requests.route(packed)).table);
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Share of the prompt that may be repeated: in a session that is all of it. */
  #cacheable(pack: SentPack): number {
    return this.requests.ongoing.on ? 1 : cacheableShare(pack, this.services.pack.choice.task);
  }

  #grant(message: unknown): void {
    const { log } = this.services;
    const wish = readWish(message);
    if (!wish) {
      log.warn('sidebar: a message that is no wish was left out');
      return;
    }
    this.#do(wish).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      log.error(`sidebar: ${wish.kind}: ${message}`);
      void vscode.window.showErrorMessage(`Longview: ${message}`);
    });
  }

  async #do(wish: SidebarWish): Promise<void> {
    const { index, pack } = this.services;
    switch (wish.kind) {
      case 'ready':
        this.#begin();
        break;
      case 'wake':
        index.wake();
        break;
      case 'task':
        this.#edit = wish.edit;
        // The same again would make the same context again, and its price outdated meanwhile.
        if (wish.text !== pack.choice.task) pack.choose({ task: wish.text });
        break;
      case 'budget':
        pack.choose({ budget: wish.tokens });
        break;
      case 'focus': {
        const focus = this.#focusOf(wish.choice);
        if (focus) pack.choose({ focus });
        break;
      }
      case 'model':
        await setModel(wish.id);
        break;
      case 'route':
        this.#routeOpen = wish.open;
        this.#quotesOutdated = true;
        this.#show();
        break;
      case 'send':
        if (wish.quote === this.#shownQuote) await this.requests.send();
        break;
      case 'fix':
        await this.#obstacle(wish.obstacle)?.fixes[wish.fix]?.run();
        break;
      case 'request':
        await vscode.commands.executeCommand('longview.showRequest', wish.id);
        break;
      case 'propose':
        pack.choose({ ask: { ...pack.choice.ask, answers: wish.on ? 'proposal' : 'text' } });
        break;
      case 'command':
        await vscode.commands.executeCommand(wish.command);
    }
  }

  #obstacle(which: number | 'off'): Obstacle | undefined {
    return which === 'off' ? this.#off() : this.requests.obstacles[which];
  }

  /** Undefined where there is no place to keep. */
  #focusOf(wish: FocusWish): FocusChoice | undefined {
    if (wish !== 'keep') return { kind: wish };
    const place = this.services.pack.focus;
    return place && { kind: 'place', place };
  }
}

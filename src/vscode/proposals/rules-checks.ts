/** Holds new proposals against the project's rules by a model of the user's choice, where one is set. What it finds is shown; it applies and hides nothing. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type Breach, readBreaches } from '../../proposals/breaches.js';
import { proposalKey } from '../../proposals/markers.js';
import type { AnswerForm } from '../../proposing.js';
import { CHECK_ACTION, CHECK_ANSWER, checkRequest } from '../../rules-check.js';
import { answerFormFor } from '../requests/answer-form.js';
import type { Asking, Question } from '../requests/asking.js';
import { confirmed } from '../requests/confirm.js';
import type { Requests } from '../requests/requests.js';
import { PLAIN, wantedOf } from '../requests/wanted.js';
import type { Services } from '../services.js';
import { readSettings } from '../settings.js';
import type { Pending } from './pending.js';
import type { Proposals } from './proposals.js';

/** What came of the check of one proposal. */
export interface RulesChecked {
  /** Id of the proposal. */
  readonly proposal: string;
  readonly breaches: readonly Breach[];
  /** Who has checked, or why nobody has, in one sentence. */
  readonly words: string;
}

export class RulesChecks implements vscode.Disposable {
  #checked: RulesChecked | undefined;
  #abort: AbortController | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly services: Services,
    private readonly asking: Asking,
    private readonly requests: Requests,
    private readonly proposals: Proposals,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      proposals.onDidRead((pending) => void this.#check(pending)),
      proposals.onDidChange(() => {
        if (!proposals.pending) this.#abort?.abort();
      }),
    );
  }

  of({ id }: Pick<Pending, 'id'>): RulesChecked | undefined {
    return this.#checked?.proposal === id ? this.#checked : undefined;
  }

  async #check(pending: Pending): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const say = (words: string, breaches: readonly Breach[] = []): void => {
      if (this.#abort !== abort || abort.signal.aborted) return;
      this.services.log.info(`rules: ${words}`);
      this.#checked = { proposal: pending.id, breaches, words };
      this.#changed.fire();
    };
    this.#checked = undefined;
    try {
      await this.#ask(pending, abort.signal, say);
    } catch (error) {
      say(`Not checked against the rules: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #ask(pending: Pending, signal: AbortSignal, say: (words: string, breaches?: readonly Breach[]) => void): Promise<void> {
    const { rulesCheck: name, isRulesCheckOwn, confirmAbove } = readSettings();
    const files = pending.files.map(({ file }) => file);
    if (name === '' || files.length === 0) return;
    const paths = files.flatMap(({ path, to }) => (to === undefined ? [path] : [path, to]));
    const { files: rules } = await this.services.index.ask('projectRules', paths, signal);
    if (rules.length === 0) return;
    const model = await this.services.quotes.find(name);
    if (!model) return say(`Not checked against the rules: “${name}” is not “provider/model”.`);
    const { workspace, session } = this.requests;
    const check = { rules, files, key: proposalKey(), workspace };
    const inForm = (form: AnswerForm) => checkRequest(check, model, form);
    const form = answerFormFor(model);
    const question: Question = { request: inForm(form), model, wanted: wantedOf(PLAIN), inForm, expectedOutput: CHECK_ANSWER.expected };
    const ready = await this.asking.prepare(question);
    if (ready.kind === 'stopped') return say(`Not checked against the rules: ${ready.obstacles.map(({ message }) => message).join(' ')}`);
    // Who has set a model for it wants it; what is dear, or the wish of a workspace alone, is asked for.
    if (!(await confirmed(ready.prepared, confirmAbove, isRulesCheckOwn))) return;
    const request = randomUUID();
    const names = { request, session, action: CHECK_ACTION, workspace, workspaceName: vscode.workspace.name };
    const sending = await this.asking.send(ready, names, signal);
    if ('message' in sending) return say(`Not checked against the rules: ${sending.message}`);
    this.proposals.sentFor(pending.id, request);
    let answer = '';
    for await (const event of sending) {
      if (event.kind === 'text') answer += event.text;
      if (event.kind === 'over-budget') return say('Not checked against the rules: a budget has no room for it.');
      if (event.kind !== 'receipt') continue;
      await this.services.cost.refresh();
      const { outcome } = event.ended;
      if ('error' in outcome) return say(`Not checked against the rules: ${outcome.error.message}`);
      const read = readBreaches(this.asking.restore(answer), { files }, rules);
      if (read.kind === 'unreadable') return say(`${model.name} did not answer in the form that was asked for.`);
      say(read.breaches.length === 0 ? `${model.name} sees no rule broken.` : `${model.name} sees rules broken.`, read.breaches);
    }
  }

  dispose(): void {
    this.#abort?.abort();
    this.#subscriptions.dispose();
  }
}

/** One request from question to receipt: everything that may stand against it first, then the stream. What that takes is loaded with the first one. */
import { dataFolder } from '../../base/user-folders.js';
import type { PackRequest } from '../../context/pack.js';
import type { Fallback } from '../../fallback.js';
import type { Model } from '../../models/catalogue.js';
import type { Place } from '../../models/health/health.js';
import { HealthFile, healthFile } from '../../models/health/health-file.js';
import { placeOf } from '../../models/health/place.js';
import type { Provider } from '../../models/provider.js';
import { destinationOf, needsKey } from '../../models/providers/presets.js';
import type { ModelRequest } from '../../models/request.js';
import { type Budgets, readBudgets } from '../../money/budgets.js';
import type { Ledger } from '../../money/ledger/ledger.js';
import { formatUsd } from '../../money/micro-usd.js';
import { AuditLog, auditFolder } from '../../policy/audit.js';
import type { Destination } from '../../policy/gate.js';
import type { Redaction } from '../../policy/redaction.js';
import type { AnswerForm } from '../../proposing.js';
import type { Denied, OrderNames, Prepared, SendEvent } from '../../request.js';
import type { Offer } from '../../routing.js';
import type { SessionTurn } from '../../session-turn.js';
import type { WorkspacePath } from '../../workspace/entry.js';
import { readEndpointSetting } from '../endpoints.js';
import type { Keys } from '../keys/keys.js';
import { EDITOR, EDITOR_NAME } from '../models/editor-models.js';
import { EditorProvider } from '../models/editor-provider.js';
import { nameOf } from '../price-quotes.js';
import type { Services } from '../services.js';
import { readSettings } from '../settings.js';
import type { AllowedFiles } from './allowed-files.js';
import type { Estimated } from './answer.js';
import { answerFormFor } from './answer-form.js';
import { CHOOSE_MODEL, deniedFiles, type Fix, noKey, type Obstacle, openSetting, SET_KEY } from './obstacle.js';
import { quotedOf } from './receipt-words.js';
import type { ProposalForm, Wanted } from './wanted.js';

export interface Question {
  readonly request: ModelRequest;
  readonly model: Model;
  /** Asked in this order if the model cannot answer. */
  readonly fallbacks?: readonly Offer[];
  /** Where it is a turn of a session, with what it was packed for. */
  readonly turn?: SessionTurn | undefined;
  readonly asked?: PackRequest | undefined;
  readonly wanted: Wanted;
  /** The request as it asks for its answer by a schema, or in text; where that is a choice. */
  readonly inForm?: ((form: AnswerForm) => ModelRequest) | undefined;
  /** Tokens that its answer is expected to have, where the setting is not meant for it. */
  readonly expectedOutput?: number | undefined;
  /** Where the answer may change files. */
  readonly form?: ProposalForm | undefined;
}

/** May be sent. */
export interface Ready {
  readonly kind: 'ready';
  readonly prepared: Prepared;
  /** What of an earlier prompt is billed again, and what that costs. */
  readonly again?: string | undefined;
  readonly addressee: Addressee;
  readonly question: Question;
  readonly budgets: Budgets;
}

export type Readiness = Ready | { readonly kind: 'stopped'; readonly obstacles: readonly Obstacle[] };

/** A provider, and where it is, so that how it answers is remembered. */
interface Opened {
  readonly provider: Provider;
  readonly place?: Place | undefined;
}

/** Who is asked. */
interface Addressee {
  readonly destination: Destination;
  /** What helps where the key, or the consent, is missing. */
  readonly keyFixes: readonly Fix[];
  open(): Promise<Opened | Obstacle>;
}

export class Asking {
  #redaction: Redaction | undefined;
  /** How endpoints have answered lately, shared with all windows and the command line. */
  readonly #health = new HealthFile(healthFile(process.env));
  readonly #audit = new AuditLog(auditFolder(process.env));

  constructor(
    private readonly services: Services,
    private readonly keys: Keys,
    private readonly ledger: Ledger,
    readonly allowed: AllowedFiles,
  ) {}

  /** `text` with secrets in place of their placeholders, as far as this window took them out. */
  readonly restore = (text: string): string => this.#redaction?.restore(text) ?? text;

  /** The same for what is shown or copied: behind an address the placeholders stay. */
  readonly restoreShown = (text: string): string => this.#redaction?.restoreShown(text) ?? text;

  /** Knows the secrets that stand in the files, as far as they have placeholders: those that a window before this one took out too. */
  async knowing(files: readonly { readonly path: WorkspacePath; readonly text: string }[]): Promise<Redaction> {
    const { Redaction, machineKey } = await import('./sending.js');
    this.#redaction ??= new Redaction(await machineKey(dataFolder(process.env)));
    for (const { path, text } of files) await this.#redaction.redact(path, text);
    return this.#redaction;
  }

  /** Passes the gate and says what it will cost. Nothing leaves the machine. */
  async prepare(question: Question): Promise<Readiness> {
    const { request, model, turn, inForm, expectedOutput } = question;
    const { expectedAnswer, localOnly, budgets: setting } = readSettings();
    const budgets = readBudgets(setting);
    if (budgets.kind === 'invalid') return stopped(budgets.problems.map((p) => mistake('budgets', p)));
    const addressee = model.provider === EDITOR ? this.#editor(model) : this.#endpoint(model);
    if (!('destination' in addressee)) return stopped(addressee);
    const { destination } = addressee;
    const denied = destination.local ? [] : deniedFiles(request.files, this.allowed, this.services.pack);
    if (denied.length > 0) return stopped(denied);

    const { prepareRequest, describeRebilled } = await import('./sending.js');
    const prepared = await prepareRequest(
      {
        ...{ request, model, destination },
        expectedOutput: expectedOutput ?? turn?.expectedOutput ?? expectedAnswer,
        forecast: async (cleared) => turn?.forecast(cleared),
        ...(inForm && request.answerSchema ? { withoutSchema: () => this.#inText(question, inForm) } : {}),
      },
      {
        policy: { localOnly, allowed: this.allowed.paths },
        redaction: await this.knowing([]),
        prices: await this.services.quotes.table(),
        at: new Date(),
      },
    );
    if (prepared.kind === 'denied') return stopped(prepared.reasons.map((message) => ({ message, fixes: [CHOOSE_MODEL] })));
    const again = turn?.rebilled(prepared, prepared.cleared.answerSchema !== undefined);
    const rebilled = again && describeRebilled(again);
    return { kind: 'ready', prepared, again: rebilled, addressee, question, budgets: budgets.budgets };
  }

  /** For an endpoint that refuses the schema. */
  async #inText(question: Question, inForm: NonNullable<Question['inForm']>): Promise<Prepared | Denied> {
    const readiness = await this.prepare({ ...question, request: inForm('text') });
    if (readiness.kind === 'ready') return readiness.prepared;
    return { kind: 'denied', reasons: readiness.obstacles.map(({ message }) => message) };
  }

  #editor({ id, name }: Model): Addressee {
    return {
      // The editor sends it on, and does not say where to.
      destination: { provider: EDITOR_NAME, local: false, origin: 'vscode:' },
      keyFixes: [CHOOSE_MODEL],
      open: async () => {
        const model = await this.services.editorModels.find(id);
        return model ? { provider: new EditorProvider(model) } : { message: `${name} is no longer there.`, fixes: [CHOOSE_MODEL] };
      },
    };
  }

  #endpoint({ provider, id }: Model): Addressee | readonly Obstacle[] {
    const read = readEndpointSetting();
    if (read.kind === 'invalid') return read.problems.map((p) => mistake('endpoints', p));
    const endpoint = read.endpoints.find((e) => e.id === provider);
    if (!endpoint) return [{ message: `No address is known of the provider “${provider}”.`, fixes: [openSetting('endpoints')] }];
    return {
      destination: destinationOf(endpoint),
      keyFixes: [SET_KEY(endpoint)],
      open: async () => {
        const found = await this.keys.find(endpoint);
        if (needsKey(endpoint) && !found) return noKey(endpoint);
        const [{ openProvider }, { machineKey }] = await Promise.all([
          import('../../models/providers/open-provider.js'),
          import('./sending.js'),
        ]);
        const place = placeOf(endpoint, id, found?.key, await machineKey(dataFolder(process.env)));
        return { provider: openProvider(endpoint, found?.key), place };
      },
    };
  }

  /** The answer as it comes; an obstacle if it cannot even be asked. */
  async send(ready: Ready, names: OrderNames, signal: AbortSignal): Promise<AsyncGenerator<SendEvent> | Obstacle> {
    const { prepared, addressee, budgets } = ready;
    const opened = await addressee.open();
    if ('message' in opened) return opened;
    const { sendRequest } = await import('./sending.js');
    signal.throwIfAborted();
    // Who sends without a known price was asked.
    const allowUnpriced = prepared.quote.cost.kind === 'unknown';
    return sendRequest(
      prepared,
      {
        ...opened,
        fallbacks: await this.#fallbacks(ready),
        ledger: this.ledger,
        audit: this.#audit,
        budgets,
        allowUnpriced,
        names,
        health: this.#health,
      },
      signal,
    );
  }

  async #fallbacks({ question: { request: first, fallbacks = [], wanted, turn, inForm }, prepared }: Ready): Promise<readonly Fallback[]> {
    if (fallbacks.length === 0) return [];
    const [{ openProvider }, { machineKey, placeOfOffer }] = await Promise.all([
      import('../../models/providers/open-provider.js'),
      import('./sending.js'),
    ]);
    const secret = await machineKey(dataFolder(process.env));
    return fallbacks.map((offer): Fallback => {
      const { model, endpoint, key } = offer;
      const request = inForm?.(answerFormFor(model, 'auto', turn?.before)) ?? first;
      const maxOutput = Math.min(request.maxOutput, model.maxOutput ?? request.maxOutput);
      const of = { provider: model.provider, model: model.id, maxOutput };
      const asked = { ...request, ...of };
      return {
        model: nameOf(model),
        place: placeOfOffer(offer, secret),
        prepare: async () => {
          const readiness = await this.prepare({
            request: asked,
            model,
            wanted,
            ...(asked.answerSchema ? { inForm: (form) => ({ ...inForm!(form), ...of }) } : {}),
          });
          if (readiness.kind === 'stopped') return { kind: 'denied', reasons: readiness.obstacles.map(({ message }) => message) };
          const dear = tooDear(readiness.prepared, prepared);
          return dear === undefined ? readiness.prepared : { kind: 'denied', reasons: [dear] };
        },
        open: () => openProvider(endpoint, key),
      };
    });
  }

  /** What a request has used that nobody reported, by Longview's own count. */
  async estimate({ input, asking }: Prepared, text: string): Promise<Estimated> {
    const { countTokens, estimateTokens } = await import('./sending.js');
    return { input: input.tokens, output: estimateTokens(countTokens(text), asking.model.tokens).tokens };
  }
}

/** Why the user would have to be asked first, who agreed to the price of `agreed`. */
function tooDear({ quote: { cost } }: Prepared, agreed: Prepared): string | undefined {
  if (cost.kind === 'unknown') return 'its price is not known';
  const most = Math.max(quotedOf(agreed.quote).high ?? 0, readSettings().confirmAbove * 1e6);
  return cost.cold.high <= most ? undefined : `it could cost ${formatUsd(cost.cold.high)}, which is asked for first`;
}

const stopped = (obstacles: readonly Obstacle[]): Readiness => ({ kind: 'stopped', obstacles });

const mistake = (setting: string, problem: string): Obstacle => ({
  message: `The setting longview.${setting} has a mistake: ${problem}.`,
  fixes: [openSetting(setting)],
});

/** `--check-rules MODEL`: a second model says which of the project's rules a proposal breaks, before the user decides. */
import { rulesFor } from '../index/project-rules.js';
import type { Snapshot } from '../index/snapshot.js';
import { destinationOf } from '../models/providers/presets.js';
import { type Breach, readBreaches } from '../proposals/breaches.js';
import { proposalKey } from '../proposals/markers.js';
import type { PlannedFile } from '../proposals/plan.js';
import { type FormWish, formFor } from '../proposing.js';
import { type Denied, type Prepared, prepareRequest, type Safeguards } from '../request.js';
import { nameOf, type Offer, placeOfOffer } from '../routing.js';
import { CHECK_ACTION, CHECK_ANSWER, checkRequest } from '../rules-check.js';
import type { Sender } from './ask-send.js';
import { describeCost, describeRefusal } from './ask-text.js';
import type { Terminal } from './command.js';
import type { Consent } from './consent.js';
import { keyOf } from './endpoints.js';

export interface RulesChecker {
  readonly offer: Offer;
  readonly snapshot: Snapshot;
  readonly workspace: string;
  readonly safeguards: Safeguards;
  readonly sender: Sender;
  /** Of this machine. */
  readonly secret: Uint8Array;
  readonly wish: FormWish;
  /** The user has agreed to what is sent. */
  readonly yes: boolean;
}

/** Shows the breaches. Whatever comes of it, the proposal stays as it is. */
export async function checkRules(
  files: readonly PlannedFile[],
  checker: RulesChecker,
  terminal: Terminal,
  consent: Consent,
): Promise<void> {
  const { offer, snapshot, sender, secret } = checker;
  const note = (text: string): void => terminal.note(`Rules: ${text}\n`);
  const paths = files.flatMap(({ path, to }) => (to === undefined ? [path] : [path, to]));
  const rules = rulesFor(snapshot, paths);
  for (const path of rules.leftOut) note(`${path} is left out, all of them are too long.`);
  if (rules.files.length === 0)
    return note('none are written down (AGENTS.md, CLAUDE.md, .github/copilot-instructions.md, .longview/rules.md).');
  const prepared = await prepareCheck(checker, rules.files, files);
  if (prepared.kind === 'denied') return note(`not checked. ${prepared.reasons.join(' ')}`);
  note(`${nameOf(offer.model)} checks ${rules.files.map(({ path }) => path).join(', ')}: ${describeCost(prepared)}.`);
  if (!checker.yes && terminal.interactive && !(await consent.to('Check?'))) return;
  const { openProvider } = await import('../models/providers/open-provider.js');
  const to = { provider: openProvider(offer.endpoint, keyOf(offer.endpoint, terminal.env)), place: placeOfOffer(offer, secret) };
  const { end, answer } = await sender.send(prepared, to, CHECK_ACTION, { quiet: false, silent: true });
  if (end.kind === 'over-budget') return note(`not checked. ${describeRefusal(end.refusal)}`);
  const { outcome } = end.ended;
  if ('error' in outcome) return note(`not checked. ${outcome.error.message}`);
  const read = readBreaches(answer, { files }, rules.files);
  if (read.kind === 'unreadable') return note(`${nameOf(offer.model)} did not answer in the form that was asked for.`);
  if (read.breaches.length === 0) note(`${nameOf(offer.model)} sees none broken.`);
  for (const breach of read.breaches) note(describeBreach(breach));
}

async function prepareCheck(
  { offer, workspace, safeguards, wish }: RulesChecker,
  rules: readonly { readonly path: string; readonly text: string }[],
  files: readonly PlannedFile[],
): Promise<Prepared | Denied> {
  const { model, endpoint } = offer;
  const key = proposalKey();
  const prepare = (form: 'schema' | 'text'): Promise<Prepared | Denied> =>
    prepareRequest(
      {
        request: checkRequest({ rules, files, key, workspace }, model, form),
        model,
        destination: destinationOf(endpoint),
        expectedOutput: CHECK_ANSWER.expected,
        withoutSchema: () => prepare('text'),
      },
      { ...safeguards, at: new Date() },
    );
  return await prepare(formFor(wish, model, endpoint));
}

function describeBreach({ file, line, rule, from, why }: Breach): string {
  const source = from === undefined ? 'not in the rules in these words' : from;
  return `${file}${line === undefined ? '' : `:${line}`}: ${why}\n  "${rule}" (${source})`;
}

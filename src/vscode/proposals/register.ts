/** Proposals: the service, its diff, its view and its commands. */
import * as vscode from 'vscode';
import { openAt } from '../open-at.js';
import type { RegisteredRequests } from '../requests/register.js';
import { PLAIN } from '../requests/wanted.js';
import type { Services } from '../services.js';
import { Acceptance } from './acceptance.js';
import { ProposalDocuments } from './proposal-documents.js';
import type { ProposalRow } from './proposal-rows.js';
import { ProposalView } from './proposal-view.js';
import { Proposals } from './proposals.js';
import { RulesChecks } from './rules-checks.js';
import { undoProposal } from './undo-proposal.js';

export interface RegisteredProposals extends vscode.Disposable {
  readonly proposals: Proposals;
}

export function registerProposals(
  { requests, answers, asking }: RegisteredRequests,
  services: Services,
  memento: vscode.Memento,
): RegisteredProposals {
  const { pack, index } = services;
  const proposals = new Proposals(services, asking, requests, answers, memento, new Acceptance(services.log));
  const documents = new ProposalDocuments(proposals);
  const checks = new RulesChecks(services, asking, requests, proposals);
  const view = new ProposalView(proposals, checks);
  const closing = async (step: Promise<void>): Promise<void> => {
    await step;
    if (proposals.state.kind === 'none') await documents.close();
  };
  const commands: Readonly<Record<string, (asked?: unknown) => unknown>> = {
    mayPropose: () => {
      const { ask } = pack.choice;
      pack.choose({ ask: { ...ask, answers: ask.answers === 'proposal' ? 'text' : 'proposal' } });
    },
    plainQuestion: () => pack.choose({ ask: PLAIN }),
    openProposal: () => documents.open(),
    openProposalFile: (row) => {
      const { choice } = row as Extract<ProposalRow, { kind: 'file' | 'hunk' }>;
      return documents.open(choice.file.path);
    },
    openRefused: (row) => {
      const { path, line } = row as Extract<ProposalRow, { kind: 'refused' }>;
      return path === undefined ? undefined : openAt(index, path, line);
    },
    applyProposal: () => closing(proposals.apply()),
    fixProposal: () => proposals.fix(),
    discardProposal: () => closing(proposals.discard()),
    undoProposal: () => undoProposal(index, () => proposals.journal, proposals.acceptance),
  };
  const all = vscode.Disposable.from(
    proposals,
    documents,
    checks,
    view,
    proposals.onDidRead(() => documents.open()),
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`longview.${name}`, run)),
  );
  return { proposals, dispose: () => all.dispose() };
}

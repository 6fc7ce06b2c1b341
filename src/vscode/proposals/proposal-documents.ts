/** The two sides of a proposal's diff as read-only documents: each file as it is, and as Apply would write it. */
import * as vscode from 'vscode';
import { acceptedFile } from '../../proposals/choice.js';
import type { Proposals } from './proposals.js';

const PROPOSAL_SCHEME = 'longview-proposal';

type Side = 'before' | 'after';

export class ProposalDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly proposals: Proposals) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(PROPOSAL_SCHEME, this),
      proposals.onDidChange(() => {
        for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === PROPOSAL_SCHEME) this.#changed.fire(uri);
      }),
    );
  }

  /** Shows all files, or the one at this path. */
  async open(path?: string): Promise<void> {
    const { pending } = this.proposals;
    if (!pending) return;
    const files = pending.files.map(({ file }) => file).filter((file) => path === undefined || file.path === path);
    const sides = files.map(({ path, to, before, after }) => {
      const target = to ?? path;
      const label = this.proposals.uriOf(target) ?? uriOf('after', pending.id, target, path);
      const left = before === undefined ? undefined : uriOf('before', pending.id, path, path);
      return { path, target, label, left, right: after === undefined ? undefined : uriOf('after', pending.id, target, path) };
    });
    const [only] = sides;
    if (only && sides.length === 1) {
      const { left = uriOf('before', pending.id, only.target, ''), right = uriOf('after', pending.id, only.target, '') } = only;
      await vscode.commands.executeCommand('vscode.diff', left, right, `${only.target} (proposed)`);
    } else if (only) {
      const resources = sides.map(({ label, left, right }) => [label, left, right]);
      // Where the editor has no view of several diffs, the files open one by one from the view Proposal.
      await vscode.commands
        .executeCommand('vscode.changes', `Proposal: ${pending.title}`, resources)
        .then(undefined, () => this.open(only.path));
    }
  }

  /** Closes the diffs of a proposal that is over. */
  async close(): Promise<void> {
    const isOfProposal = ({ input }: vscode.Tab): boolean => {
      const shown =
        input instanceof vscode.TabInputTextDiff ? input.modified : input instanceof vscode.TabInputText ? input.uri : undefined;
      return shown?.scheme === PROPOSAL_SCHEME;
    };
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    // The editor has no word yet for a tab of several diffs: it is known by its title.
    const isOfSeveral = ({ input, label }: vscode.Tab): boolean =>
      !(input instanceof vscode.TabInputText || input instanceof vscode.TabInputTextDiff) && label.startsWith('Proposal: ');
    await vscode.window.tabGroups.close(tabs.filter((tab) => isOfProposal(tab) || isOfSeveral(tab)));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const { side, id, path } = read(uri);
    const { pending } = this.proposals;
    const choice = pending?.files.find(({ file }) => file.path === path);
    if (!choice || pending?.id !== id) return '';
    const { before = '' } = choice.file;
    if (side === 'before') return before;
    const accepted = acceptedFile(choice);
    return accepted ? (accepted.after ?? '') : before;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** @param shown path that the document has for the user; @param path of the file in the plan, "" for none. */
function uriOf(side: Side, id: string, shown: string, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: PROPOSAL_SCHEME, path: `/${shown}`, query: JSON.stringify({ side, id, path }) });
}

function read({ query }: vscode.Uri): { readonly side?: unknown; readonly id?: unknown; readonly path?: unknown } {
  try {
    return JSON.parse(query) as ReturnType<typeof read>;
  } catch {
    return {};
  }
}

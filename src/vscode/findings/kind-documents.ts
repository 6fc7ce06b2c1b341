/** What a kind of finding means, as a document that a diagnostic's code leads to. */
import * as vscode from 'vscode';
import { FINDING_KINDS, type FindingKind } from '../../graph/findings/finding.js';
import { explainKind } from './finding-words.js';

const SCHEME = 'longview-finding';

export const kindDocument = (kind: FindingKind): vscode.Uri => vscode.Uri.from({ scheme: SCHEME, path: `/${kind}.md` });

export function registerKindDocuments(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: ({ path }) => {
      const kind = FINDING_KINDS.find((k) => path === `/${k}.md`);
      return kind && explainKind(kind);
    },
  });
}

/** A language model of VS Code as a provider. The editor tells neither usage nor why an answer ended. */
import * as vscode from 'vscode';
import { type AnswerEvent, type Ended, type ErrorKind, type OfferedModel, type Provider, ProviderError } from '../../models/provider.js';
import type { Message, PromptPart } from '../../models/request.js';
import type { ClearedRequest } from '../../policy/gate.js';

const JUSTIFICATION = 'Longview asks this model about your workspace, as you have asked it to.';

export class EditorProvider implements Provider {
  constructor(private readonly model: vscode.LanguageModelChat) {}

  async *stream(request: ClearedRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent, void> {
    const cancel = new vscode.CancellationTokenSource();
    const stop = (): void => cancel.cancel();
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    let begun = false;
    try {
      const response = await this.model.sendRequest(messagesOf(request), { justification: JUSTIFICATION }, cancel.token);
      for await (const text of response.text) {
        if (signal.aborted) break;
        begun = true;
        yield { kind: 'text', text };
      }
      yield ended(signal.aborted ? { kind: 'cancelled' } : { kind: 'complete' });
    } catch (error) {
      yield ended(signal.aborted ? { kind: 'cancelled' } : { kind: begun ? 'cut' : 'failed', error: this.#error(error) });
    } finally {
      signal.removeEventListener('abort', stop);
      cancel.dispose();
    }
  }

  async listModels(): Promise<readonly OfferedModel[]> {
    return [{ id: this.model.id }];
  }

  /** Of each message alone: what the editor puts around them is not known. */
  async countTokens(request: ClearedRequest): Promise<number> {
    const counts = messagesOf(request).map((message) => this.model.countTokens(message));
    return (await Promise.all(counts)).reduce((sum, n) => sum + n, 0);
  }

  #error(error: unknown): ProviderError {
    const code = error instanceof vscode.LanguageModelError ? error.code : '';
    const { kind, advice } = KINDS[code] ?? { kind: 'request' as const, advice: 'the model could not be asked.' };
    const said = error instanceof Error ? error.message : String(error);
    return new ProviderError(kind, `${this.model.name} in VS Code: ${advice} (${said.slice(0, 300)})`);
  }
}

const KINDS: Readonly<Record<string, { readonly kind: ErrorKind; readonly advice: string }>> = {
  NoPermissions: { kind: 'key', advice: 'it may not be used by Longview. Allow it when VS Code asks, or choose another model.' },
  Blocked: { kind: 'credit', advice: 'the request was blocked, by its content or by a limit of your subscription.' },
  NotFound: { kind: 'unknown-model', advice: 'it is no longer there. Choose another.' },
};

const ended = (outcome: Ended['outcome']): Ended => ({ kind: 'ended', outcome, usage: undefined, final: true });

/** There are no instructions apart: they are the first message. */
function messagesOf({ system, messages }: ClearedRequest): vscode.LanguageModelChatMessage[] {
  const { User, Assistant } = vscode.LanguageModelChatMessage;
  return [User(textOf(system)), ...messages.map(({ role, parts }: Message) => (role === 'user' ? User : Assistant)(textOf(parts)))];
}

const textOf = (parts: readonly PromptPart[]): string => parts.map(({ text }) => text).join('');

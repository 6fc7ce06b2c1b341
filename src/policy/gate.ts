/**
 * The only exit. What a provider is sent is a {@link ClearedRequest}, and only {@link clear}
 * makes one: after secrets are taken out and nothing that policy denies is left in it.
 */
import type { ModelRequest, PromptPart } from '../models/request.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { deniedClass } from './file-classes.js';
import type { Redacted, RedactedText, Redaction } from './redaction.js';

export interface EgressPolicy {
  /** Nothing may leave the machine: only providers on it are asked. */
  readonly localOnly: boolean;
  /** Files of a denied class that the user lets out all the same, by their paths. */
  readonly allowed: ReadonlySet<WorkspacePath>;
}

/** Where a request would go. */
export interface Destination {
  readonly provider: string;
  /** Its server is on this machine. */
  readonly local: boolean;
  /** Scheme, host and port of its server; "vscode:" where the editor passes it on. */
  readonly origin: string;
}

declare const cleared: unique symbol;
/** A request that may be sent. There is no other way to one than {@link clear}. */
export type ClearedRequest = ModelRequest & { readonly [cleared]: true };

export type Clearance =
  | { readonly kind: 'cleared'; readonly request: ClearedRequest; readonly redacted: readonly Redacted[] }
  /** Each with the one thing to do. */
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

export async function clear(request: ModelRequest, to: Destination, policy: EgressPolicy, redaction: Redaction): Promise<Clearance> {
  const reasons = refusals(request, to, policy);
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const redacted = new Map<string, Redacted>();
  const taken = ({ text, redacted: found }: RedactedText): string => {
    for (const one of found) redacted.set(one.placeholder, one);
    return text;
  };
  const each = async (change: (text: string) => RedactedText | Promise<RedactedText>, of: ModelRequest): Promise<ModelRequest> => {
    const parts = (all: readonly PromptPart[]): Promise<PromptPart[]> =>
      Promise.all(all.map(async (part) => ({ ...part, text: taken(await change(part.text)) })));
    return {
      ...of,
      system: await parts(of.system),
      messages: await Promise.all(of.messages.map(async (m) => ({ ...m, parts: await parts(m.parts) }))),
    };
  };
  // What one part of the request tells for a secret may stand in another where nothing does.
  const clean = await each((text) => redaction.hide(text), await each((text) => redaction.redact('', text), request));
  return { kind: 'cleared', request: clean as ClearedRequest, redacted: [...redacted.values()] };
}

/** Why policy does not let it go there, each with the one thing to do; none: it may, once secrets are taken out. */
export function refusals({ files }: ModelRequest, to: Destination, policy: EgressPolicy): string[] {
  if (policy.localOnly && !to.local)
    return [`Local-only mode: ${to.provider} is not on this machine. Choose a local model, or turn the mode off.`];
  if (to.local) return [];
  return files.flatMap((path) => {
    const denied = policy.allowed.has(path) ? undefined : deniedClass(path);
    return denied ? [`${path} (${denied.name}) does not leave this machine. Drop it from the context, or allow it by name.`] : [];
  });
}

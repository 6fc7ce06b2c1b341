/** Finds secrets in a text that is about to leave the machine: secretlint's recommended rules, and ours for what they miss. */
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { SECRET_RULES } from './secret-rules.js';

export interface FoundSecret {
  /** Kind, as it stands in a placeholder: "github-token". */
  readonly kind: string;
  /** UTF-16 offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
}

const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] };

/** Secrets of `text`, in order, apart from each other. `path` helps rules that know a file by its name. */
export async function findSecrets(path: string, text: string): Promise<readonly FoundSecret[]> {
  const found = [...(await byLint(path, text)), ...bySecretRules(text)].sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: FoundSecret[] = [];
  for (const secret of found) {
    const last = apart.at(-1);
    if (!last || secret.start >= last.end) apart.push(secret);
    else if (secret.end > last.end) apart[apart.length - 1] = { ...last, end: secret.end };
  }
  return apart;
}

async function byLint(path: string, text: string): Promise<FoundSecret[]> {
  // A comment in the text itself can switch secretlint off: it is data, not an instruction. As many characters, so that offsets hold.
  const content = text.replace(/secretlint-(?=disable|enable)/g, 'secretlint_');
  // Rules want a name; text without one (a task) is a text.
  const filePath = path === '' ? 'text.txt' : path;
  const ext = /\.[^./\\]*$/.exec(filePath)?.[0] ?? '';
  const { messages } = await lintSource({
    source: { filePath, content, ext, contentType: 'text' },
    options: { config },
  });
  return messages.map(({ ruleId, range: [start, end] }) => ({ kind: ruleId.replace(/^.*secretlint-rule-/, ''), start, end }));
}

function bySecretRules(text: string): FoundSecret[] {
  return SECRET_RULES.flatMap(({ name, pattern, accepts }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const secret = match.groups?.secret ?? match[0];
      if (accepts && !accepts(secret)) return [];
      const start = match.index + match[0].lastIndexOf(secret);
      return [{ kind: name, start, end: start + secret.length }];
    }),
  );
}

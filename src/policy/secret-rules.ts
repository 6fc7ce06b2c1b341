/** What secretlint's recommended rules do not find. Every expression is anchored at a word's edge and has bounded quantifiers, so that no text makes it slow. */

export interface SecretRule {
  /** As it stands in a placeholder: "stripe-key". */
  readonly name: string;
  /** Global. Its group `secret` is what is taken out, else the whole match. */
  readonly pattern: RegExp;
  /** Whether what was matched looks like a secret and not like an example of one. */
  accepts?(secret: string): boolean;
}

const edge = (source: string): RegExp => new RegExp(`(?<![A-Za-z0-9_-])(?:${source})(?![A-Za-z0-9_-])`, 'g');

/** Bits per character that random text has and words have not; keys of 20 and more characters in base 16 reach 3, in base 62 4. */
const RANDOM_BITS = 3.2;

/** The same where a name of a variable may stand just as well. */
const UNQUOTED_BITS = 3.7;

/** "password", "api_key", "accessToken": what an assignment is called that holds a secret. */
const SECRET_NAME =
  '[A-Za-z0-9_.-]{0,40}?(?:passwd|password|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|credential)[A-Za-z0-9_]{0,20}';

export const SECRET_RULES: readonly SecretRule[] = [
  { name: 'aws-access-key', pattern: edge('(?:AKIA|ASIA)[A-Z2-7]{16}'), accepts: (s) => !s.endsWith('EXAMPLE') },
  { name: 'google-api-key', pattern: edge('AIza[A-Za-z0-9_-]{35}') },
  { name: 'google-oauth-secret', pattern: edge('GOCSPX-[A-Za-z0-9_-]{28}') },
  { name: 'stripe-key', pattern: edge('(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,247}') },
  { name: 'stripe-webhook-secret', pattern: edge('whsec_[A-Za-z0-9+/=]{24,100}') },
  { name: 'openrouter-key', pattern: edge('sk-or-v1-[a-f0-9]{64}') },
  { name: 'openai-key', pattern: edge('sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,300}') },
  { name: 'anthropic-key', pattern: edge('sk-ant-[a-z0-9]{3,12}-[A-Za-z0-9_-]{20,300}') },
  { name: 'xai-key', pattern: edge('xai-[A-Za-z0-9]{40,120}') },
  { name: 'groq-key', pattern: edge('gsk_[A-Za-z0-9]{40,80}') },
  { name: 'huggingface-token', pattern: edge('hf_[A-Za-z0-9]{30,60}') },
  { name: 'github-token', pattern: edge('(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})') },
  { name: 'github-token', pattern: edge('ghs_\\d{1,20}_eyJ[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{10,4000}\\.[A-Za-z0-9_-]{20,1000}') },
  { name: 'cloudflare-token', pattern: edge('cf(?:at|ut|k)_[A-Za-z0-9]{40}[a-f0-9]{8}') },
  { name: 'tailscale-key', pattern: /(?<![A-Za-z])tskey-[a-z]{2,20}-[A-Za-z0-9]{8,24}-[A-Za-z0-9]{16,64}/g },
  { name: 'azure-client-secret', pattern: /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/g },
  { name: 'gitlab-token', pattern: edge('gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[A-Za-z0-9_-]{20,64}') },
  { name: 'slack-token', pattern: edge('xox[abeoprs]-[A-Za-z0-9-]{10,250}') },
  { name: 'slack-webhook', pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]{20,120}/g },
  { name: 'discord-webhook', pattern: /https:\/\/(?:\w{1,10}\.)?discord(?:app)?\.com\/api\/webhooks\/\d{15,25}\/[A-Za-z0-9_-]{50,100}/g },
  { name: 'telegram-token', pattern: edge('\\d{8,10}:AA[A-Za-z0-9_-]{33}') },
  { name: 'twilio-key', pattern: edge('SK[a-f0-9]{32}') },
  { name: 'digitalocean-token', pattern: edge('do[opr]_v1_[a-f0-9]{64}') },
  { name: 'pypi-token', pattern: edge('pypi-[A-Za-z0-9_-]{50,300}') },
  { name: 'azure-account-key', pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/g },
  { name: 'json-web-token', pattern: edge('eyJ[A-Za-z0-9_-]{10,2000}\\.eyJ[A-Za-z0-9_-]{10,4000}\\.[A-Za-z0-9_-]{20,1000}') },
  {
    name: 'private-key',
    pattern:
      /-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]{40,20000}?-----END (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g,
  },
  {
    name: 'authorization',
    pattern: /\b[Aa]uthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:Bearer|Basic|Token)\s{1,4}(?<secret>[A-Za-z0-9._~+/-]{20,2000}=*)/g,
    accepts: looksRandom,
  },
  {
    name: 'password-in-url',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>`]{1,100}:(?<secret>[^\s:/@"'<>`]{3,100})@[A-Za-z0-9.[-]/g,
    accepts: (s) => !isExample(s),
  },
  {
    name: 'assigned-secret',
    pattern: new RegExp(
      `(?<![A-Za-z0-9])${SECRET_NAME}["'\\]]{0,2}\\s{0,8}(?::=|=>|[:=])\\s{0,8}(?<quote>["'\`])(?<secret>[^\\s"'\`\\\\]{8,200})\\k<quote>`,
      'gi',
    ),
    accepts: (s) => looksRandom(s) && !isExample(s),
  },
  {
    // A line of a settings file, where nothing is quoted.
    name: 'assigned-secret',
    pattern: new RegExp(
      `^[^\\S\\n]{0,40}(?:(?:export|ENV|ARG|set)[^\\S\\n]{1,4})?${SECRET_NAME}[^\\S\\n]{0,4}[:=][^\\S\\n]{0,4}(?<secret>[A-Za-z0-9+/_-]{20,200}={0,2})[^\\S\\n]{0,20}$`,
      'gim',
    ),
    accepts: (s) => bitsPerCharacter(s) >= UNQUOTED_BITS && (s.match(/\d/g) ?? []).length >= 3 && /[A-Za-z]/.test(s) && !isExample(s),
  },
];

/** Long, mixed and without the regularities of words: what an assignment's name alone cannot tell. */
function looksRandom(text: string): boolean {
  return text.length >= 12 && /\d/.test(text) && /[A-Za-z]/.test(text) && bitsPerCharacter(text) >= RANDOM_BITS;
}

/** Placeholders that documentation and tests use. */
function isExample(text: string): boolean {
  return /^https?:\/\/[^:@]*$|example|changeme|change_me|placeholder|password|passwd|secret|dummy|sample|your[_-]|xxxx|<[^>]*>|\$\{|\{\{|%\(|\*\*\*|^(.)\1+$|^(?:user|pass|test|foo|bar|admin|root|guest)$/i.test(
    text,
  );
}

/** Shannon's entropy of its characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= (n / text.length) * Math.log2(n / text.length);
  return bits;
}

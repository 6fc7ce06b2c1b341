import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findSecrets } from '../../src/policy/secrets.js';

/** Made up here, in two pieces, so that no scanner of this repository takes them for real. */
const made = (prefix: string, length: number, alphabet = 'aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xYz'): string =>
  prefix + [...Array(length)].map((_, i) => alphabet[(i * 7 + 3) % alphabet.length]).join('');

const SECRETS: Readonly<Record<string, string>> = {
  'AWS access key': made('AKI' + 'A', 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
  'Google key': made('AIz' + 'a', 35),
  'Stripe key': made('sk_li' + 've_', 24),
  'OpenAI project key': made('sk-pr' + 'oj-', 48),
  'Anthropic key': made('sk-a' + 'nt-api03-', 60),
  'OpenRouter key': made('sk-o' + 'r-v1-', 64, '0123456789abcdef'),
  'xAI key': made('xa' + 'i-', 80),
  'GitHub token': made('gh' + 'p_', 36),
  'GitLab token': made('glp' + 'at-', 20),
  'Slack token': made('xo' + 'xb-', 40, '0123456789abcdef-'),
  'GitHub token of an app': `gh${'s_'}12345_${made('ey' + 'J', 30)}.${made('', 60)}.${made('', 43)}`,
  'Cloudflare token': `${made('cf' + 'at_', 40)}03fa099b`,
  'Tailscale key': `${made('tsk' + 'ey-auth-', 12)}-${made('', 24)}`,
  'Azure client secret': `aB3${'8Q~'}${made('', 34)}`,
  'Telegram token': `123456789:A${made('A', 33)}`,
  'PyPI token': made('pyp' + 'i-', 80),
  'JSON web token': `${made('ey' + 'J', 30)}.${made('ey' + 'J', 60)}.${made('', 43)}`,
  'private key': `-----BEGIN RSA PRIV${'ATE KEY'}-----\n${made('', 200)}\n-----END RSA PRIV${'ATE KEY'}-----`,
};

describe('policy/secrets', () => {
  for (const [name, secret] of Object.entries(SECRETS)) {
    it(`finds a ${name}, in code, in a settings file and in a comment`, async () => {
      for (const around of [
        ["const key = '", "';\n"],
        ['key: ', '\n'],
        ['// old one: ', ' (do not use)\n'],
      ] as const) {
        const text = `first line\n${around[0]}${secret}${around[1]}last line\n`;
        const found = await findSecrets('src/config.ts', text);
        assert.ok(found.length > 0, `${around[0]}…`);
        const rest = found.reduceRight((t, { start, end }) => t.slice(0, start) + t.slice(end), text);
        assert.ok(!rest.includes(secret), 'nothing of it is left');
        assert.ok(rest.startsWith('first line\n') && rest.endsWith('last line\n'), 'no more is taken than the secret and its like');
      }
    });
  }

  it('finds what is assigned to a name that says it is secret, if it looks like one', async () => {
    const secret = made('', 24);
    for (const line of [
      `db_password = "${secret}"`,
      `"apiKey": "${secret}"`,
      `ACCESS_TOKEN := '${secret}'`,
      `:client_secret => "${secret}"`,
    ]) {
      assert.equal((await findSecrets('a.txt', line)).length, 1, line);
    }
  });

  it('finds what settings files assign without quotes', async () => {
    const secret = made('', 32);
    for (const line of [`API_KEY=${secret}`, `export DB_PASSWORD=${secret}`, `  client_secret: ${secret}`, `ENV AUTH_TOKEN=${secret}`])
      assert.equal((await findSecrets('a.txt', `first: 1\n${line}\nlast: 2\n`)).length, 1, line);
    for (const line of [
      'token = generateAccessTokenForUser2',
      'password: hunterWithoutAnyDigits',
      `integrity: ${secret}`,
      `token = f(${secret})`,
    ])
      assert.deepEqual(await findSecrets('a.txt', `${line}\n`), [], line);
  });

  it('finds a password in an address', async () => {
    const text = `postgres://app:${made('', 12)}@db.internal:5432/app`;
    const [found] = await findSecrets('a.txt', text);
    assert.ok(found && found.start <= 15 && found.end >= 27);
  });

  it('leaves ordinary code alone', async () => {
    const code = `
      const password = readLine('Password: ');
      password: 'changeme-please-now',
      token = process.env.TOKEN ?? 'your-token-goes-here-0';
      const apiKeyHeader = 'x-api-key-of-the-request';
      secret: "\${SECRET_FROM_VAULT_1}",
      https://user:password@example.com/
      integrity sha512-${made('', 86)}==
      apiKeyUrl: 'https://docs.cohere.com/v2/api-keys-1',
      commit 9fceb02d0ae598e95dc970b74767f19372d61af8
      import { tokenizer } from './tokenizer-of-words-12.js';
      uuid = "123e4567-e89b-12d3-a456-426614174000"
    `;
    assert.deepEqual(await findSecrets('src/a.ts', code), []);
  });

  it('is not switched off by a comment in the text', async () => {
    const text = `// secretlint-disable\nconst t = '${SECRETS['GitHub token']}';\n`;
    assert.equal((await findSecrets('a.ts', text)).length, 1);
  });

  it('gives places in order, apart and inside the text, for any text', async () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom(...Object.values(SECRETS), 'password="', '"', '\n', '://u:', '@h', 'AKIA'));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const text = pieces.join('');
        let next = 0;
        for (const { start, end } of await findSecrets('a.txt', text)) {
          assert.ok(start >= next && end > start && end <= text.length);
          next = end;
        }
      }),
      { numRuns: 300 },
    );
  });
});

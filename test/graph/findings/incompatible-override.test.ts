import assert from 'node:assert/strict';
import { findingsIn } from './findings.js';

/** What is said of an override in Python, by the lines of its class and of its base. */
async function python(base: string, override: string): Promise<string[]> {
  const files = {
    'store.py': `from abc import abstractmethod\n\nclass Store:\n${base.replace(/^/gm, '    ')}\n        return 1\n`,
    'remote.py': `from store import Store\n\nclass Remote(Store):\n${override.replace(/^/gm, '    ')}\n        return 2\n`,
  };
  return (await findingsIn(files, 'incompatible-override')).map((f) => f.evidence[0]!.words);
}

describe('graph/findings/incompatible-override', () => {
  it('finds overrides that require more than the base, or take less', async () => {
    assert.deepEqual(await python('def get(self, key):', 'def get(self, key, region):'), [
      'Remote.get requires region, which no caller of the base gives',
    ]);
    assert.deepEqual(await python('def get(self, key, fallback=None):', 'def get(self, key):'), ['Remote.get does not take fallback']);
    assert.deepEqual(await python('def get(self, key, *, fresh=False):', 'def get(self, key):'), ['Remote.get does not take fresh']);
    assert.deepEqual(await python('@staticmethod\ndef get(key):', '@staticmethod\ndef get():'), ['Remote.get does not take key']);
  });

  it('leaves alone what takes at least as much, under other names or with more that is optional', async () => {
    assert.deepEqual(await python('def get(self, key):', 'def get(self, name, region=("a", "b"), *, fresh: bool = False):'), []);
    assert.deepEqual(await python('def get(self, key, fallback=None):', 'def get(self, *args, **kwargs):'), []);
    assert.deepEqual(await python('def get(self, *args):', 'def get(self, key, region):'), []);
    assert.deepEqual(await python('def get(self, key, fallback):', 'def get(self, key, *, fallback):'), []);
    assert.deepEqual(await python('def _get(self, key):', 'def _get(self):'), []);
    assert.deepEqual(await python('def get(self):\n    pass\n\ndef other(self):', 'def get(self, key):'), []);
    assert.deepEqual(await python('def get(self):\n    raise TypeError("abstract")\n\ndef other(self):', 'def get(self, key):'), []);
    assert.deepEqual(await python('@wrapped\ndef get(self, key):', 'def get(self):'), []);
  });

  it('finds a result that may be None where the base gives always something, and a parameter that takes fewer types', async () => {
    assert.deepEqual(await python('def get(self, key) -> str:', 'def get(self, key) -> str | None:'), ['Remote.get may return None']);
    assert.deepEqual(await python('def get(self, key) -> "str":', 'def get(self, key) -> Optional[str]:'), ['Remote.get may return None']);
    assert.deepEqual(await python('def get(self, key: Union[int, str]) -> str:', 'def get(self, key: int) -> str:'), [
      'Remote.get takes no str as key',
    ]);
    assert.deepEqual(await python('def get(self, key) -> Any:', 'def get(self, key) -> str | None:'), []);
    assert.deepEqual(await python('def get(self, key) -> Optional[str]:', 'def get(self, key) -> str | None:'), []);
    assert.deepEqual(await python('def get(self, key: int) -> str:', 'def get(self, key: int | str) -> str:'), []);
  });

  it('says whose promise is broken', async () => {
    const [finding] = await findingsIn(
      {
        'a.py': 'class Shape:\n    def scale(self, by):\n        return 1\n\nclass Dot(Shape):\n    def scale(self):\n        return 0\n',
      },
      'incompatible-override',
    );
    assert.equal(finding?.message, 'Dot.scale does not take by: code that is given a Shape fails when it gets this one.');
    assert.deepEqual(
      finding.evidence.map((e) => `${e.line + 1} ${e.words}`),
      ['6 Dot.scale does not take by', '2 Shape.scale is overridden'],
    );
  });
});

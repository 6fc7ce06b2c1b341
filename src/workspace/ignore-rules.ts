/** Nested ignore files in gitignore syntax: a deeper file's rules go before those around it. */
import ignore, { type Ignore } from 'ignore';

export class IgnoreRules {
  constructor(private readonly levels: readonly { readonly folder: string; readonly rules: Ignore }[] = []) {}

  /** These rules with those of an ignore file in `folder` ("" for the root) on top. */
  with(folder: string, text: string): IgnoreRules {
    return new IgnoreRules([...this.levels, { folder, rules: ignore({ ignorecase: false }).add(text) }]);
  }

  /** Whether a path below the root is ignored; asks for the path itself, then for the folders around it. */
  ignores(path: string, isFolder: boolean): boolean {
    for (let i = this.levels.length - 1; i >= 0; i--) {
      const { folder, rules } = this.levels[i]!;
      const inside = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
      if (inside === '') continue;
      const { ignored, unignored } = rules.test(isFolder ? `${inside}/` : inside);
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  }
}

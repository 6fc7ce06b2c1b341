/** Paths of require and include, and of constants that they use, as far as they can be told without running the program. */
import type { Node } from 'web-tree-sitter';

export interface IncludedPath {
  /** "./a.php" or "../a.php" seen from the file's own folder, or the literal as it stands; "{ROOT}" is the value of a constant. */
  readonly path: string;
  /** The expression starts at the file itself (`__DIR__`, `__FILE__`), so that no include path has a say. */
  readonly fromFile: boolean;
}

/** Stands for the file's own name after `__FILE__`, until a dirname() takes it away. */
const OWN_NAME = '<file>';

/** The path that an expression spells: literals, `__DIR__`, `__FILE__`, dirname(), realpath(), constants, and those joined by dots. */
export function spelledPath(expression: Node | null | undefined): IncludedPath | undefined {
  const spelled = spell(expression);
  if (!spelled || spelled.path === '' || spelled.path.includes(OWN_NAME)) return undefined;
  return spelled.fromFile ? { path: fromHere(spelled.path), fromFile: true } : spelled;
}

function spell(node: Node | null | undefined): IncludedPath | undefined {
  switch (node?.type) {
    case 'string':
    case 'encapsed_string':
      return node.namedChildren.every((c) => c?.type === 'string_content') && !/[{\n]/.test(node.text)
        ? plain(node.text.slice(1, -1))
        : undefined;
    case 'parenthesized_expression':
      return spell(node.namedChild(0));
    case 'name':
    case 'qualified_name':
      return constant(node.text.replace(/^\\/, ''));
    case 'binary_expression': {
      if (node.childForFieldName('operator')?.type !== '.') return undefined;
      const left = spell(node.childForFieldName('left'));
      const right = spell(node.childForFieldName('right'));
      return left && right && !right.fromFile ? { path: left.path + right.path, fromFile: left.fromFile } : undefined;
    }
    case 'function_call_expression':
      return called(node);
    default:
      return undefined;
  }
}

const plain = (path: string): IncludedPath => ({ path, fromFile: false });

function constant(name: string): IncludedPath | undefined {
  if (name === '__DIR__') return { path: '', fromFile: true };
  if (name === '__FILE__') return { path: `/${OWN_NAME}`, fromFile: true };
  if (name === 'DIRECTORY_SEPARATOR') return plain('/');
  return /^\w+$/.test(name) ? plain(`{${name}}`) : undefined;
}

function called(node: Node): IncludedPath | undefined {
  const [path, levels] = (node.childForFieldName('arguments')?.namedChildren ?? []).map((argument) => argument?.namedChild(0));
  const of = spell(path);
  const name = node.childForFieldName('function')?.text.replace(/^\\/, '').toLowerCase();
  if (name === 'realpath') return of;
  if (name !== 'dirname' || !of?.fromFile) return undefined;
  let up = of.path;
  for (let n = levels ? Number(levels.text) : 1; n > 0; n--) up = parent(up);
  return { path: up, fromFile: true };
}

function parent(path: string): string {
  const kept = path.replace(/\/+$/, '');
  return kept === '' || kept.endsWith('/..') ? `${kept}/..` : kept.slice(0, kept.lastIndexOf('/'));
}

function fromHere(path: string): string {
  return `.${path}`.replace(/^\.\/\.\.(?=\/|$)/, '..');
}

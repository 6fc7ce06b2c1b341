<?php
// File-to-file edges of a PHP tree, from PHP's own parser and composer's own ClassLoader:
//
//   php oracle.php TREE > edges.jsonl
//
//   {"from": "src/A.php", "to": "src/B.php", "kind": "import"}
//
// `import`: a use statement; `use`: a name in the code; `include`: require or include, with the value of constants whose
// definitions agree. Names become full names by the name
// resolution rules. A class is where ClassLoader::findFile() says, once it is set up with every composer.json of the tree
// (those nearest to the importing file first), unless the file itself includes one that declares it or composer always loads
// one; functions and constants are in those two alone. Names of PHP itself lead nowhere. An edge to the one declaration of a
// name that none of these reach is `"optional": true`: whether it is loaded is known only at run time. Files that do not
// parse are `"unjudged": true`; their classes are found by tokens.

use ast\flags;
use Composer\Autoload\ClassLoader;

ini_set('memory_limit', '-1');
require getenv('CLASS_LOADER') ?: '/usr/share/php/Composer/Autoload/ClassLoader.php';

$root = realpath($argv[1]);
$tracked = explode("\0", rtrim(shell_exec('cd '.escapeshellarg($root).' && git ls-files -co --exclude-standard -z'), "\0"));
$tracked = array_values(array_filter(array_unique($tracked), fn ($f) => is_file("$root/$f")));
sort($tracked);
$exists = array_flip($tracked);
$sources = array_values(array_filter($tracked, fn ($f) => preg_match('/\.(php|phtml|inc)$/', $f)));

/** What one file declares and what it names. */
final class Source
{
    /** @var array<string, string> "class a\b" => as written */
    public array $declared = [];
    /** @var list<array{string, list<string>, string}> kind of name, candidates, kind of edge */
    public array $named = [];
    /** @var list<string> */
    public array $included = [];
    /** @var list<mixed> what require and include are given */
    public array $paths = [];
    public bool $makesAliases = false;
}

final class Reader
{
    private string $namespace = '';
    private array $uses = [];

    public function __construct(private Source $source, private string $file)
    {
    }

    public function read($node): void
    {
        if (!$node instanceof ast\Node) {
            return;
        }
        switch ($node->kind) {
            case ast\AST_NAMESPACE:
                $this->namespace = $node->children['name'] ?? '';
                $this->uses = ['class' => [], 'function' => [], 'const' => []];
                $this->read($node->children['stmts']);

                return;
            case ast\AST_USE:
                $this->import($node, '', $node->flags);

                return;
            case ast\AST_GROUP_USE:
                $this->import($node->children['uses'], $node->children['prefix'].'\\', $node->flags);

                return;
            case ast\AST_CLASS:
                if (!($node->flags & flags\CLASS_ANONYMOUS)) {
                    $this->declare('class', $this->inside($node->children['name']));
                }
                break;
            case ast\AST_FUNC_DECL:
                $this->declare('function', $this->inside($node->children['name']));
                break;
            case ast\AST_CONST_DECL:
                foreach ($node->children as $element) {
                    $this->declare('const', $this->inside($element->children['name']));
                }
                break;
            case ast\AST_CALL:
                $this->call($node);

                return;
            case ast\AST_CONST:
                $this->name('const', $node->children['name']);

                return;
            case ast\AST_NAME:
                $this->name('class', $node);

                return;
            case ast\AST_INCLUDE_OR_EVAL:
                if (flags\EXEC_EVAL !== $node->flags) {
                    $this->source->paths[] = $node->children['expr'];
                }
                break;
        }
        foreach ($node->children as $child) {
            $this->read($child);
        }
    }

    private function import(ast\Node $list, string $prefix, int $flags): void
    {
        foreach ($list->children as $element) {
            $of = $flags ?: $list->flags ?: $element->flags;
            $kind = [flags\USE_NORMAL => 'class', flags\USE_FUNCTION => 'function', flags\USE_CONST => 'const'][$of];
            $name = ltrim($prefix.$element->children['name'], '\\');
            $alias = $element->children['alias'] ?? substr($name, (int) strrpos("\\$name", '\\'));
            $this->uses[$kind]['const' === $kind ? $alias : strtolower($alias)] = $name;
            $this->source->named[] = [$kind, [$name], 'import'];
        }
    }

    private function call(ast\Node $node): void
    {
        $callee = $node->children['expr'];
        $arguments = $node->children['args'];
        if ($callee instanceof ast\Node && ast\AST_NAME === $callee->kind) {
            $this->name('function', $callee);
            $called = strtolower($callee->children['name']);
            if ('define' === $called && is_string($arguments->children[0] ?? null)) {
                $this->declare('const', ltrim($arguments->children[0], '\\'));
                Paths::$constants[$arguments->children[0]][] = [$this->file, $arguments->children[1] ?? null];
            }
            $this->source->makesAliases = $this->source->makesAliases || 'class_alias' === $called;
        } else {
            $this->read($callee);
        }
        $this->read($arguments);
    }

    private function declare(string $kind, string $name): void
    {
        $this->source->declared["$kind ".key_of($kind, $name)] = $name;
    }

    private function inside(string $name): string
    {
        return '' === $this->namespace ? $name : "$this->namespace\\$name";
    }

    private function name(string $kind, ast\Node $node): void
    {
        $name = $node->children['name'];
        if (flags\NAME_FQ === $node->flags) {
            $found = [ltrim($name, '\\')];
        } elseif (flags\NAME_RELATIVE === $node->flags) {
            $found = [$this->inside($name)];
        } elseif ('class' === $kind && in_array(strtolower($name), ['self', 'static', 'parent'], true)) {
            return;
        } elseif (str_contains($name, '\\') || 'class' === $kind) {
            $parts = explode('\\', $name, 2);
            $use = $this->uses['class'][strtolower($parts[0])] ?? null;
            $found = [null === $use ? $this->inside($name) : $use.(isset($parts[1]) ? "\\$parts[1]" : '')];
        } else {
            $use = $this->uses[$kind]['const' === $kind ? $name : strtolower($name)] ?? null;
            $found = null !== $use ? [$use] : array_unique([$this->inside($name), $name]);
        }
        $this->source->named[] = [$kind, array_values($found), 'use'];
    }
}

/** What expressions say of paths, as text that starts at the tree's root. */
final class Paths
{
    /** @var array<string, list<array{string, mixed}>> */
    public static array $constants = [];

    public function __construct(private string $file, private int $depth = 0)
    {
    }

    /** The path of an include that names the file's own folder, from the tree's root; a bare one beside the file. */
    public function path($node): ?string
    {
        $path = $this->evaluate($node);
        if (null === $path || '' === $path || '.' === $path[0]) {
            return null;
        }

        return str_starts_with($path, '/') ? substr($this->tidy($path), 1) : ltrim($this->tidy('/'.dirname($this->file)."/$path"), '/');
    }

    private function evaluate($node): ?string
    {
        if (is_string($node)) {
            return $node;
        }
        if (!$node instanceof ast\Node) {
            return null;
        }
        switch ($node->kind) {
            case ast\AST_MAGIC_CONST:
                return match ($node->flags) {
                    flags\MAGIC_DIR => dirname("/$this->file"), flags\MAGIC_FILE => "/$this->file", default => null
                };
            case ast\AST_CONST:
                $name = $node->children['name']->children['name'];

                return 'DIRECTORY_SEPARATOR' === $name ? '/' : $this->constant($name);
            case ast\AST_BINARY_OP:
                $left = $this->evaluate($node->children['left']);
                $right = $this->evaluate($node->children['right']);

                return flags\BINARY_CONCAT !== $node->flags || null === $left || null === $right ? null : $left.$right;
            case ast\AST_CALL:
                $arguments = $node->children['args']->children;
                $path = $this->evaluate($arguments[0] ?? null);
                $name = $node->children['expr']->children['name'] ?? '';

                return match (true) {
                    null === $path => null,
                    'dirname' === $name => dirname($this->tidy($path), $arguments[1] ?? 1),
                    'realpath' === $name => $path,
                    default => null,
                };
        }

        return null;
    }

    /** The value of a constant, where all its definitions agree. */
    private function constant(string $name): ?string
    {
        $values = [];
        foreach ($this->depth > 5 ? [] : self::$constants[$name] ?? [] as [$file, $node]) {
            $value = (new self($file, $this->depth + 1))->evaluate($node);
            if (null !== $value) {
                $values[str_starts_with($value, '/') ? rtrim($this->tidy($value), '/').(str_ends_with($value, '/') ? '/' : '') : $value] = true;
            }
        }

        return 1 === count($values) ? (string) array_key_first($values) : null;
    }

    private function tidy(string $path): string
    {
        $names = [];
        foreach (explode('/', $path) as $name) {
            if ('..' === $name) {
                array_pop($names);
            } elseif ('' !== $name && '.' !== $name) {
                $names[] = $name;
            }
        }

        return '/'.implode('/', $names);
    }
}

/** Constants know case, all else does not; namespaces never do. */
function key_of(string $kind, string $name): string
{
    $cut = strrpos("\\$name", '\\');

    return 'const' === $kind ? strtolower(substr($name, 0, $cut)).substr($name, $cut) : strtolower($name);
}

/** The classes of a file that this version of PHP does not parse. */
function classes_by_tokens(string $code): array
{
    $tokens = array_values(array_filter(PhpToken::tokenize($code), fn ($token) => !$token->isIgnorable()));
    $declared = [];
    $namespace = '';
    foreach ($tokens as $i => $token) {
        $next = $tokens[$i + 1] ?? null;
        if ($token->is(T_NAMESPACE)) {
            $namespace = $next?->is([T_STRING, T_NAME_QUALIFIED]) ? "$next->text\\" : '';
        } elseif ($token->is([T_CLASS, T_INTERFACE, T_TRAIT, T_ENUM]) && $next?->is(T_STRING)) {
            $declared['class '.key_of('class', $namespace.$next->text)] = $namespace.$next->text;
        }
    }

    return $declared;
}

function is_internal(string $kind, string $name): bool
{
    return match ($kind) {
        'function' => function_exists($name) && (new ReflectionFunction($name))->isInternal(),
        'const' => defined($name),
        'class' => (class_exists($name, false) || interface_exists($name, false) || trait_exists($name, false))
            && (new ReflectionClass($name))->isInternal(),
    };
}

/** @var array<string, Source> $read */
$read = [];
$declaring = [];
$edges = [];
foreach ($sources as $file) {
    $read[$file] = new Source();
    try {
        $tree = ast\parse_file("$root/$file", 90);
        (new Reader($read[$file], $file))->read($tree);
    } catch (ParseError) {
        $read[$file]->declared = classes_by_tokens(file_get_contents("$root/$file"));
        $edges["$file\0"] = ['from' => $file, 'to' => $file, 'unjudged' => true];
    }
    foreach ($read[$file]->declared as $key => $_) {
        $declaring[$key][] = $file;
    }
}

foreach ($read as $file => $source) {
    $paths = array_map((new Paths($file))->path(...), $source->paths);
    $source->included = array_values(array_filter($paths, fn ($path) => null !== $path));
}

/** Every composer.json with its folder, as composer reads it. */
$packages = [];
foreach ($tracked as $file) {
    if ('composer.json' === basename($file) && is_array($json = json_decode(file_get_contents("$root/$file"), true))) {
        $packages['composer.json' === $file ? '' : dirname($file).'/'] = $json;
    }
}

/** Their folders, those that share most of their path with a file first. */
function nearest(string $file): array
{
    global $packages;
    $shared = [];
    foreach ($packages as $folder => $_) {
        $shared[$folder] = count(array_intersect_assoc(explode('/', rtrim($folder, '/')), explode('/', $file)));
    }
    arsort($shared);

    return array_map(strval(...), array_keys($shared));
}

/** composer's class loader, set up with all packages; and the files they always load. */
function loader(array $folders): array
{
    global $packages, $root, $read;
    $loader = new ClassLoader();
    $always = [];
    foreach ($folders as $folder) {
        foreach (['autoload', 'autoload-dev'] as $section) {
            $autoload = $packages[$folder][$section] ?? [];
            foreach ($autoload['psr-4'] ?? [] as $prefix => $paths) {
                $loader->addPsr4($prefix, array_map(fn ($p) => rtrim("$root/$folder$p", '/'), (array) $paths));
            }
            foreach ($autoload['psr-0'] ?? [] as $prefix => $paths) {
                $loader->add($prefix, array_map(fn ($p) => rtrim("$root/$folder$p", '/'), (array) $paths));
            }
            foreach ($autoload['classmap'] ?? [] as $path) {
                $at = rtrim($folder.ltrim($path, '/'), '/');
                foreach ($read as $file => $source) {
                    if ('' === $at || $file === $at || str_starts_with($file, "$at/")) {
                        $classes = array_filter($source->declared, fn ($key) => str_starts_with($key, 'class '), ARRAY_FILTER_USE_KEY);
                        $loader->addClassMap(array_fill_keys($classes, "$root/$file"));
                    }
                }
            }
            foreach ($autoload['files'] ?? [] as $path) {
                $always[] = $folder.ltrim($path, './');
            }
        }
    }

    return [$loader, loaded_with($always)];
}

/** Files and all that they include, as keys. */
function loaded_with(array $files): array
{
    global $read;
    $found = [];
    while (null !== $file = array_shift($files)) {
        if (isset($read[$file]) && !isset($found[$file])) {
            $found[$file] = true;
            array_push($files, ...$read[$file]->included);
        }
    }

    return $found;
}

/** Where a full name is, seen from a file: [file, whether a rule says so], or null. */
function locate(string $kind, string $name, string $from, array $included, ClassLoader $loader, array $always): ?array
{
    global $declaring, $read, $root;
    $files = $declaring["$kind ".key_of($kind, $name)] ?? [];
    if (in_array($from, $files, true)) {
        return [$from, true];
    }
    if (is_internal($kind, $name)) {
        return null;
    }
    if ($hit = array_values(array_filter($files, fn ($f) => isset($included[$f])))) {
        return [$hit[0], true];
    }
    if (1 === count($hit = array_values(array_filter($files, fn ($f) => isset($always[$f]))))) {
        return [$hit[0], true];
    }
    if ('class' === $kind) {
        $file = $loader->findFile($name);
        $file = $file ? substr((string) realpath($file), strlen($root) + 1) : '';
        if ('' !== $file && (in_array($file, $files, true) || ($read[$file] ?? null)?->makesAliases)) {
            return [$file, true];
        }
    }

    return 1 === count($files) ? [$files[0], false] : null;
}

function add(string $from, string $to, string $kind, bool $sure): void
{
    global $edges;
    if ($from !== $to && ($sure || !isset($edges["$from\0$to\0$kind"]))) {
        $edges["$from\0$to\0$kind"] = ['from' => $from, 'to' => $to, 'kind' => $kind] + ($sure ? [] : ['optional' => true]);
    }
}

$loaders = [];
foreach ($read as $file => $source) {
    $folders = nearest($file);
    $key = implode("\0", $folders);
    [$loader, $always] = $loaders[$key] ??= loader($folders);
    $included = loaded_with($source->included);
    foreach ($source->included as $to) {
        if (isset($exists[$to])) {
            add($file, $to, 'include', true);
        }
    }
    foreach ($source->named as [$kind, $names, $edge]) {
        foreach ($names as $name) {
            if ($found = locate($kind, $name, $file, $included, $loader, $always)) {
                add($file, $found[0], $edge, $found[1]);
                if ($found[1]) {
                    break;
                }
            }
        }
    }
}
// An edge that one kind is sure of is not optional under another.
$sure = [];
foreach ($edges as $e) {
    if (!isset($e['optional'])) {
        $sure["{$e['from']}\0{$e['to']}"] = true;
    }
}
ksort($edges);
foreach ($edges as $e) {
    if (!isset($e['optional']) || !isset($sure["{$e['from']}\0{$e['to']}"])) {
        echo json_encode($e, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), "\n";
    }
}

// Edges of a Go tree, from Go's own parser and type checker:
//
//	go run oracle.go TREE [LIBRARIES] > edges.jsonl
//
// One JSON line each, paths relative to TREE:
//
//	{"from": "a/x.go", "to": "b", "kind": "package"}   x.go imports the package in folder b
//	{"from": "a/x.go", "to": "b/y.go", "kind": "use"}  x.go uses a name that y.go declares
//
// Every file is judged in the first build context that takes it: linux/amd64, else another
// system, machine or tag that its name and its constraint ask for. LIBRARIES is a folder with
// sources of other modules by import path. What is not there is unknown, so that a use reached
// through it is not listed; none is made up. Where a file uses no name of what it imports, an
// edge to any file of that package is "optional".
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/build/constraint"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

type edge struct {
	From string `json:"from"`
	To   string `json:"to"`
	Kind string `json:"kind"`

	Optional bool `json:"optional,omitempty"`
}

// module is what a go.mod says: the module's path, and folders that stand in for other modules.
type module struct {
	path     string
	folder   string
	replaced map[string]string
}

type source struct {
	file    string // relative to the tree
	folder  string
	test    bool
	syntax  *ast.File
	context string // key of the first build context that takes the file
}

type oracle struct {
	root     string
	library  string
	fset     *token.FileSet
	modules  map[string]*module   // by folder
	joined   map[string][]string  // folder of a go.work -> folders of its modules
	sources  map[string][]*source // by folder
	contexts map[string]*build.Context
	matched  map[string]bool           // context + file -> built
	checked  map[string]*types.Package // context + folder
	standard types.Importer
	others   map[string]*types.Package
	edges    map[edge]bool
}

func main() {
	if len(os.Args) < 2 || len(os.Args) > 3 {
		fmt.Fprintln(os.Stderr, "usage: go run oracle.go TREE [LIBRARIES] > edges.jsonl")
		os.Exit(2)
	}
	root, err := filepath.Abs(os.Args[1])
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	o := &oracle{
		root: root, fset: token.NewFileSet(),
		modules: map[string]*module{}, joined: map[string][]string{}, sources: map[string][]*source{},
		contexts: map[string]*build.Context{}, matched: map[string]bool{}, checked: map[string]*types.Package{},
		others: map[string]*types.Package{}, edges: map[edge]bool{},
	}
	build.Default.CgoEnabled = false // the standard library is checked without running cgo
	if len(os.Args) == 3 {
		o.library = os.Args[2]
	}
	o.standard = importer.ForCompiler(o.fset, "source", nil)
	o.read()
	o.judge()
	o.print()
}

// read walks the tree: modules, workspaces and sources.
func (o *oracle) read() {
	filepath.WalkDir(o.root, func(at string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		name := entry.Name()
		if entry.IsDir() {
			if name == ".git" || name == "node_modules" {
				return filepath.SkipDir
			}
			return nil
		}
		relative := o.relative(at)
		folder := folderOf(relative)
		switch {
		case name == "go.mod":
			o.readModule(at, folder)
		case name == "go.work":
			text, _ := os.ReadFile(at)
			for _, used := range directives(string(text), "use") {
				o.joined[folder] = append(o.joined[folder], inTree(path.Join(folder, strings.Trim(used, `"`))))
			}
		case strings.HasSuffix(name, ".go"):
			syntax, _ := parser.ParseFile(o.fset, at, nil, parser.ParseComments|parser.SkipObjectResolution)
			if syntax != nil && syntax.Name != nil {
				o.sources[folder] = append(o.sources[folder], &source{file: relative, folder: folder, test: strings.HasSuffix(name, "_test.go"), syntax: syntax})
			}
		}
		return nil
	})
}

func (o *oracle) readModule(at, folder string) {
	text, _ := os.ReadFile(at)
	m := &module{folder: folder, replaced: map[string]string{}}
	for _, name := range directives(string(text), "module") {
		m.path = strings.Trim(name, `"`)
	}
	for _, line := range directives(string(text), "replace") {
		from, to, ok := strings.Cut(line, "=>")
		target := strings.Trim(strings.TrimSpace(to), `"`)
		if ok && strings.HasPrefix(target, ".") {
			m.replaced[strings.Trim(strings.Fields(from)[0], `"`)] = inTree(path.Join(folder, target))
		}
	}
	if m.path != "" {
		o.modules[folder] = m
	}
}

// directives gives the arguments of a verb of a go.mod or go.work, alone or in a block.
func directives(text, verb string) []string {
	var found []string
	inside := false
	for _, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "//")
		line = strings.TrimSpace(line)
		switch {
		case inside && line == ")":
			inside = false
		case inside && line != "":
			found = append(found, line)
		case regexp.MustCompile(`^` + verb + `\s*\($`).MatchString(line):
			inside = true
		case strings.HasPrefix(line, verb+" "):
			found = append(found, strings.TrimSpace(line[len(verb):]))
		}
	}
	return found
}

// judge checks every package in every context that one of its files needs.
func (o *oracle) judge() {
	for _, folder := range sortedKeys(o.sources) {
		needed := map[string]bool{}
		for _, s := range o.sources[folder] {
			s.context = o.contextOf(s)
			needed[s.context] = true
			o.addImports(s)
		}
		for _, context := range sortedKeys(needed) {
			for _, name := range packageNames(o.sources[folder]) {
				o.judgePackage(folder, context, name)
			}
		}
	}
}

func (o *oracle) judgePackage(folder, context, name string) {
	if strings.HasSuffix(name, "_test") {
		tested := o.check(folder, context, func(s *source) bool { return s.syntax.Name.Name == strings.TrimSuffix(name, "_test") }, nil, false)
		o.check(folder, context, func(s *source) bool { return s.syntax.Name.Name == name }, tested, true)
		return
	}
	o.check(folder, context, func(s *source) bool { return s.syntax.Name.Name == name && !s.test }, nil, true)
	o.check(folder, context, func(s *source) bool { return s.syntax.Name.Name == name }, nil, true)
}

// check type-checks the files of a folder that `keep` takes; `tested` stands in for the folder's own package.
func (o *oracle) check(folder, context string, keep func(*source) bool, tested *types.Package, record bool) *types.Package {
	var files []*ast.File
	var judged []*source
	for _, s := range o.sources[folder] {
		if keep(s) && o.built(s, context) {
			files = append(files, s.syntax)
			if s.context == context {
				judged = append(judged, s)
			}
		}
	}
	if len(files) == 0 {
		return nil
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: &imports{o, folder, context, tested}, Error: func(error) {}, FakeImportC: true}
	found, _ := config.Check(o.pathOf(folder), o.fset, files, info)
	if record {
		mine := map[string]bool{}
		for _, s := range judged {
			mine[s.file] = true
		}
		for name, object := range info.Uses {
			o.addUse(name, object, mine)
		}
	}
	return found
}

func (o *oracle) addUse(name *ast.Ident, object types.Object, judged map[string]bool) {
	if _, imported := object.(*types.PkgName); imported || !object.Pos().IsValid() {
		return
	}
	from := o.relative(o.fset.PositionFor(name.Pos(), false).Filename)
	to := o.relative(o.fset.PositionFor(object.Pos(), false).Filename)
	if judged[from] && from != to && !strings.HasPrefix(to, "../") {
		o.edges[edge{from, to, "use", false}] = true
	}
}

func (o *oracle) addImports(s *source) {
	for _, spec := range s.syntax.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		if to, ok := o.folderOfImport(name, s.folder); ok && to != s.folder {
			o.edges[edge{s.file, to, "package", false}] = true
		}
	}
}

// imports finds packages for one folder in one build context.
type imports struct {
	o       *oracle
	folder  string
	context string
	tested  *types.Package
}

func (i *imports) Import(name string) (*types.Package, error) {
	if i.context == "" {
		// A library sees nothing of the tree.
	} else if to, ok := i.o.folderOfImport(name, i.folder); ok {
		if to == i.folder && i.tested != nil {
			return i.tested, nil
		}
		return i.o.imported(to, i.context), nil
	}
	if first, _, _ := strings.Cut(name, "/"); !strings.Contains(first, ".") {
		if found, err := i.o.standard.Import(name); err == nil {
			return found, nil
		}
	}
	if i.o.others[name] == nil {
		i.o.others[name] = types.NewPackage(name, path.Base(name))
		i.o.others[name].MarkComplete()
		if found := i.o.checkLibrary(name); found != nil {
			i.o.others[name] = found
		}
	}
	return i.o.others[name], nil
}

// checkLibrary type-checks a package of LIBRARIES, without its tests.
func (o *oracle) checkLibrary(name string) *types.Package {
	folder := filepath.Join(o.library, name)
	entries, err := os.ReadDir(folder)
	if o.library == "" || err != nil {
		return nil
	}
	var files []*ast.File
	for _, entry := range entries {
		if built, _ := build.Default.MatchFile(folder, entry.Name()); built && !strings.HasSuffix(entry.Name(), "_test.go") {
			if syntax, _ := parser.ParseFile(o.fset, filepath.Join(folder, entry.Name()), nil, parser.SkipObjectResolution); syntax != nil {
				files = append(files, syntax)
			}
		}
	}
	config := types.Config{Importer: &imports{o: o}, Error: func(error) {}, FakeImportC: true, IgnoreFuncBodies: true}
	found, _ := config.Check(name, o.fset, files, nil)
	return found
}

func (o *oracle) imported(folder, context string) *types.Package {
	key := context + "\x00" + folder
	if found, ok := o.checked[key]; ok {
		return found
	}
	o.checked[key] = types.NewPackage(o.pathOf(folder), path.Base(folder))
	names := packageNames(o.sources[folder])
	// A program beside a package (//go:build ignore) is not what an import means.
	sort.SliceStable(names, func(i, j int) bool { return names[i] != "main" && names[j] == "main" })
	for _, name := range names {
		if strings.HasSuffix(name, "_test") {
			continue
		}
		found := o.check(folder, context, func(s *source) bool { return s.syntax.Name.Name == name && !s.test }, nil, false)
		if found != nil {
			o.checked[key] = found
			break
		}
	}
	return o.checked[key]
}

// folderOfImport is where an import path leads, as seen from a folder of the tree.
func (o *oracle) folderOfImport(name, from string) (string, bool) {
	home := o.moduleOf(from)
	if home == nil {
		return "", false
	}
	if _, err := os.Stat(filepath.Join(o.root, home.folder, "vendor", "modules.txt")); err == nil && !under(name, home.path) {
		to := inTree(path.Join(home.folder, "vendor", name))
		_, ok := o.sources[to]
		return to, ok
	}
	// Module paths that a file of this module can name, each with its folder.
	seen := map[string]string{home.path: home.folder}
	for prefix, at := range home.replaced {
		seen[prefix] = at
	}
	for _, together := range o.joined {
		for _, at := range together {
			if m := o.modules[at]; m != nil && contains(together, home.folder) {
				seen[m.path] = m.folder
			}
		}
	}
	prefixes := sortedKeys(seen)
	sort.SliceStable(prefixes, func(i, j int) bool { return len(prefixes[i]) > len(prefixes[j]) })
	for _, prefix := range prefixes {
		if !under(name, prefix) {
			continue
		}
		to := inTree(path.Join(seen[prefix], strings.TrimPrefix(strings.TrimPrefix(name, prefix), "/")))
		// A folder with a go.mod of its own belongs to another module.
		m := o.moduleOf(to)
		if _, ok := o.sources[to]; ok && m != nil && m.folder == seen[prefix] {
			return to, true
		}
	}
	return "", false
}

func (o *oracle) moduleOf(folder string) *module {
	for at := folder; ; at = folderOf(at) {
		if m := o.modules[at]; m != nil {
			return m
		}
		if at == "" {
			return nil
		}
	}
}

func (o *oracle) pathOf(folder string) string {
	if m := o.moduleOf(folder); m != nil {
		return path.Join(m.path, strings.TrimPrefix(folder, m.folder))
	}
	return folder
}

// contextOf names the first build context that takes a file.
func (o *oracle) contextOf(s *source) string {
	tags := tagsOf(s.syntax)
	systems := []string{"linux", "windows", "darwin", "freebsd", "js", "wasip1", "plan9", "aix", "android", "solaris", "openbsd", "netbsd", "dragonfly", "illumos", "ios"}
	machines := []string{"amd64", "arm64", "386", "wasm", "arm", "s390x", "ppc64le", "ppc64", "riscv64", "mips", "mips64", "loong64"}
	for _, chosen := range [][]string{nil, tags} {
		for _, system := range systems {
			for _, machine := range machines {
				if system+machine != "linuxamd64" && chosen == nil && len(tags) == 0 && !strings.Contains(s.file, system) && !strings.Contains(s.file, machine) {
					continue
				}
				key := system + " " + machine + " " + strings.Join(chosen, ",")
				if o.contexts[key] == nil {
					context := build.Default
					context.GOOS, context.GOARCH, context.BuildTags, context.CgoEnabled = system, machine, chosen, true
					o.contexts[key] = &context
				}
				if o.built(s, key) {
					return key
				}
			}
		}
	}
	// No context takes it (//go:build ignore): it is judged with what linux/amd64 builds.
	return "linux amd64 "
}

func (o *oracle) built(s *source, context string) bool {
	key := context + "\x00" + s.file
	found, ok := o.matched[key]
	if !ok {
		found, _ = o.contexts[context].MatchFile(filepath.Join(o.root, s.folder), path.Base(s.file))
		o.matched[key] = found
	}
	return found
}

// tagsOf lists the words of a file's constraint that are asked for, not excluded.
func tagsOf(syntax *ast.File) []string {
	found := map[string]bool{}
	for _, group := range syntax.Comments {
		for _, comment := range group.List {
			if expression, err := constraint.Parse(comment.Text); err == nil && comment.Pos() < syntax.Package {
				wanted(expression, found)
			}
		}
	}
	return sortedKeys(found)
}

func wanted(expression constraint.Expr, into map[string]bool) {
	switch e := expression.(type) {
	case *constraint.TagExpr:
		into[e.Tag] = true
	case *constraint.AndExpr:
		wanted(e.X, into)
		wanted(e.Y, into)
	case *constraint.OrExpr:
		wanted(e.X, into)
		wanted(e.Y, into)
	}
}

// addUnnamed adds optional edges for imports of which no name is used.
func (o *oracle) addUnnamed() {
	used := map[[2]string]bool{}
	for e := range o.edges {
		if e.Kind == "use" {
			used[[2]string{e.From, folderOf(e.To)}] = true
		}
	}
	for _, e := range sortedEdges(o.edges) {
		if e.Kind != "package" || used[[2]string{e.From, e.To}] {
			continue
		}
		for _, s := range o.sources[e.To] {
			if !s.test {
				o.edges[edge{e.From, s.file, "use", true}] = true
			}
		}
	}
}

func sortedEdges(edges map[edge]bool) []edge {
	found := make([]edge, 0, len(edges))
	for e := range edges {
		found = append(found, e)
	}
	sort.Slice(found, func(i, j int) bool {
		return found[i].From+"\x00"+found[i].To < found[j].From+"\x00"+found[j].To
	})
	return found
}

func (o *oracle) print() {
	o.addUnnamed()
	var lines []string
	for e := range o.edges {
		line, _ := json.Marshal(e)
		lines = append(lines, string(line))
	}
	for _, folder := range sortedKeys(o.sources) {
		for _, s := range o.sources[folder] {
			if !o.built(s, s.context) {
				line, _ := json.Marshal(map[string]any{"from": s.file, "kind": "use", "unjudged": true})
				lines = append(lines, string(line))
			}
		}
	}
	sort.Strings(lines)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, line := range lines {
		fmt.Fprintln(out, line)
	}
}

func (o *oracle) relative(at string) string {
	found, err := filepath.Rel(o.root, at)
	if err != nil {
		return "../" + at
	}
	return filepath.ToSlash(found)
}

func packageNames(sources []*source) []string {
	found := map[string]bool{}
	for _, s := range sources {
		found[s.syntax.Name.Name] = true
	}
	return sortedKeys(found)
}

func folderOf(file string) string { return inTree(path.Dir(file)) }

func inTree(folder string) string {
	if folder == "." {
		return ""
	}
	return folder
}

func under(name, prefix string) bool { return name == prefix || strings.HasPrefix(name, prefix+"/") }

func contains(folders []string, folder string) bool {
	for _, f := range folders {
		if f == folder {
			return true
		}
	}
	return false
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

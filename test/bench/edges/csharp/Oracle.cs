// File-to-file edges of a C# tree as Roslyn binds them.
//
//   dotnet run -c Release -- TREE OUT.jsonl REFERENCES
//
// REFERENCES is a folder of assemblies to compile against (System.*.dll and what packages can be had). One line per edge:
// {"from", "to", "kind"}. `type`: a name in `from` binds to a type that `to` declares a part of; `member`: only to members.
// Each project is compiled once per target framework and the edges are put together, so that code in either branch of an
// #if counts wherever some build has it. {"from", "unjudged"}: no project compiles the file, or Roslyn cannot parse it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

static class Oracle
{
    static readonly Dictionary<(string from, string to), string> Edges = new Dictionary<(string, string), string>();
    static readonly HashSet<string> Judged = new HashSet<string>(), Broken = new HashSet<string>();
    static readonly Dictionary<string, int> Unbound = new Dictionary<string, int>();
    static string root = "";

    static int Main(string[] args)
    {
        root = Path.GetFullPath(args[0]);
        var projects = new Projects(root);
        var names = projects.All.Select(p => p.AssemblyName).ToHashSet();
        var references = Directory.GetFiles(args[2], "*.dll").Where(f => !names.Contains(Path.GetFileNameWithoutExtension(f)) && IsManaged(f))
            .Select(f => (MetadataReference)MetadataReference.CreateFromFile(f)).ToList();
        var texts = new Dictionary<string, string>();
        string Text(string file) => texts.TryGetValue(file, out var t) ? t : texts[file] = File.ReadAllText(file);
        var friends = names.Select(n => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{n}\")]");
        foreach (var framework in projects.All.SelectMany(p => p.Frameworks).Distinct().OrderBy(f => f))
        {
            var compilations = new Dictionary<string, CSharpCompilation>();
            foreach (var project in projects.InOrder())
            {
                var version = project.Nearest(framework);
                var options = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Regular, project.Symbols(version));
                var trees = project.Files(version).Select(f => CSharpSyntaxTree.ParseText(Text(f), options, f)).ToList();
                var usings = string.Join("\n", project.Usings(version).Select(u => $"global using {u};"));
                trees.Add(CSharpSyntaxTree.ParseText(usings + "\n" + string.Join("\n", Friendly(project, trees, friends)), options, ""));
                var sees = project.Sees(version).Where(compilations.ContainsKey).Select(p => (MetadataReference)compilations[p].ToMetadataReference());
                var compilation = CSharpCompilation.Create(project.AssemblyName, trees, references.Concat(sees),
                    new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Disable));
                compilations[project.Path] = compilation;
                if (!project.Frameworks.Contains(framework)) continue;
                Console.Error.WriteLine($"{project.AssemblyName} {version}: {trees.Count - 1} files");
                foreach (var tree in trees.Where(t => t.FilePath != "")) Judge(compilation, tree);
            }
        }
        using var output = new StreamWriter(args[1]);
        foreach (var ((from, to), kind) in Edges.OrderBy(e => e.Key.from, StringComparer.Ordinal).ThenBy(e => e.Key.to, StringComparer.Ordinal))
            if (!Broken.Contains(from)) output.WriteLine($"{{\"from\":\"{from}\",\"to\":\"{to}\",\"kind\":\"{kind}\"}}");
        var unjudged = Projects.Under(root, "*.cs").Select(Relative).Where(f => !Judged.Contains(f) || Broken.Contains(f)).ToList();
        foreach (var file in unjudged.OrderBy(f => f, StringComparer.Ordinal)) output.WriteLine($"{{\"from\":\"{file}\",\"unjudged\":true}}");
        Console.Error.WriteLine($"{Edges.Count} edges, {Judged.Count} files, {unjudged.Count} unjudged ({Broken.Count} for their syntax)");
        foreach (var (name, count) in Unbound.OrderByDescending(u => u.Value).Take(40)) Console.Error.WriteLine($"unbound {count} {name}");
        return 0;
    }

    /// <summary>Keys of signed friends do not match what is compiled here: friends by name.</summary>
    static IEnumerable<string> Friendly(Project project, IEnumerable<SyntaxTree> trees, IEnumerable<string> friends) =>
        project.HasFriends || trees.Any(t => t.GetText().ToString().Contains("InternalsVisibleTo")) ? friends : Array.Empty<string>();

    static bool IsManaged(string file)
    {
        try { System.Reflection.AssemblyName.GetAssemblyName(file); return true; } catch (BadImageFormatException) { return false; }
    }

    static string Relative(string file) => Path.GetRelativePath(root, file).Replace('\\', '/');

    static void Judge(CSharpCompilation compilation, SyntaxTree tree)
    {
        var from = Relative(tree.FilePath);
        Judged.Add(from);
        if (tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error))
        {
            if (Broken.Add(from)) Console.Error.WriteLine($"broken {from}: {tree.GetDiagnostics().First(d => d.Severity == DiagnosticSeverity.Error)}");
            return;
        }
        var model = compilation.GetSemanticModel(tree);
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (name is IdentifierNameSyntax { Identifier: { Text: "var" } }) continue;
            var info = model.GetSymbolInfo(name);
            // A class that is no attribute: the attribute of this name is in a package that is not at hand.
            if (info.CandidateReason == CandidateReason.NotAnAttributeType) continue;
            var symbols = info.Symbol != null ? new[] { info.Symbol } : info.CandidateSymbols.ToArray();
            if (symbols.Length == 0) symbols = model.GetMemberGroup(name).ToArray();
            if (symbols.Length == 0 && !(name.Parent is NameColonSyntax || name.Parent is NameEqualsSyntax))
            {
                Unbound.TryGetValue(name.Identifier.Text, out var n);
                Unbound[name.Identifier.Text] = n + 1;
            }
            foreach (var symbol in symbols)
                foreach (var to in Declaring(symbol))
                    if (to != from && (!Edges.TryGetValue((from, to), out var kind) || kind == "member"))
                        Edges[(from, to)] = Defined(symbol) is ITypeSymbol ? "type" : "member";
        }
    }

    /// <summary>What a name means as a definition: no type arguments, no receiver taken off; a constructor is its type.</summary>
    static ISymbol Defined(ISymbol symbol)
    {
        if (symbol is IAliasSymbol alias) symbol = alias.Target;
        if (symbol is IMethodSymbol method)
        {
            if (method.MethodKind == MethodKind.Constructor) return method.ContainingType.OriginalDefinition;
            symbol = method.ReducedFrom ?? method;
        }
        return symbol.OriginalDefinition;
    }

    static IEnumerable<string> Declaring(ISymbol symbol)
    {
        symbol = Defined(symbol);
        if (symbol.Kind is SymbolKind.Namespace || symbol.Kind is SymbolKind.Local || symbol.Kind is SymbolKind.Parameter || symbol.Kind is SymbolKind.TypeParameter || symbol.Kind is SymbolKind.RangeVariable || symbol.Kind is SymbolKind.Label)
            return Array.Empty<string>();
        var places = symbol.DeclaringSyntaxReferences.AsEnumerable();
        if (symbol is IMethodSymbol { PartialImplementationPart: { } body }) places = places.Concat(body.DeclaringSyntaxReferences);
        return places.Select(p => p.SyntaxTree.FilePath).Where(f => f != "").Distinct().Select(Relative);
    }
}

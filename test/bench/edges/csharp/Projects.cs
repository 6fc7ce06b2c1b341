// Just enough of MSBuild to know which files, symbols, usings and references each build of a project has: properties and
// items of the project, of the nearest Directory.Build.props and .targets and of what these import, with plain conditions.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

sealed class Projects
{
    readonly Dictionary<string, Project> byPath = new Dictionary<string, Project>();

    public Projects(string root)
    {
        foreach (var file in Under(root, "*.csproj").OrderBy(f => f, StringComparer.Ordinal)) byPath[file] = new Project(file, root, this);
    }

    public IEnumerable<Project> All => byPath.Values;
    public Project? Find(string path) => byPath.TryGetValue(path, out var p) ? p : null;

    /// <summary>What is referred to before what refers to it.</summary>
    public IReadOnlyList<Project> InOrder()
    {
        var done = new List<Project>();
        var seen = new HashSet<string>();
        void Visit(Project p)
        {
            if (!seen.Add(p.Path)) return;
            foreach (var f in p.Frameworks) foreach (var r in p.Sees(f)) if (Find(r) is { } other) Visit(other);
            done.Add(p);
        }
        foreach (var p in All) Visit(p);
        return done;
    }

    public static IEnumerable<string> Under(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Where(f => !Regex.IsMatch(f.Substring(folder.Length), @"[\\/](bin|obj|\.git|node_modules)[\\/]"));
}

sealed class Project
{
    readonly string root;
    readonly Projects projects;
    readonly Dictionary<string, Evaluation> evaluations = new Dictionary<string, Evaluation>();
    public string Path { get; }
    public string[] Frameworks { get; }

    public Project(string path, string root, Projects projects)
    {
        Path = path;
        this.root = root;
        this.projects = projects;
        var plain = Evaluate("");
        var written = plain.Property("TargetFrameworks") == "" ? plain.Property("TargetFramework") : plain.Property("TargetFrameworks");
        Frameworks = written.Split(';').Select(f => f.Trim()).Where(f => f != "").Distinct().ToArray();
        if (Frameworks.Length == 0) Frameworks = new[] { "net9.0" };
    }

    Evaluation Evaluate(string framework) =>
        evaluations.TryGetValue(framework, out var e) ? e : evaluations[framework] = new Evaluation(Path, root, framework);

    public string AssemblyName => Evaluate(Frameworks[0]).Property("AssemblyName") == "" ? System.IO.Path.GetFileNameWithoutExtension(Path) : Evaluate(Frameworks[0]).Property("AssemblyName");
    public bool HasFriends => Evaluate(Frameworks[0]).Items("InternalsVisibleTo").Any();

    /// <summary>The framework of this project that a build for `framework` takes.</summary>
    public string Nearest(string framework) =>
        Frameworks.Contains(framework) ? framework : Frameworks.OrderByDescending(f => f.StartsWith("netstandard") ? 0 : 1).ThenByDescending(Order).First();

    static double Order(string framework) => Regex.Match(framework, @"\d+(\.\d+)?") is { Success: true } m ? double.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture) : 0;

    public IEnumerable<string> Files(string framework)
    {
        var e = Evaluate(framework);
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        var files = new SortedSet<string>(StringComparer.Ordinal);
        if (e.Property("EnableDefaultCompileItems") != "false" && e.Property("EnableDefaultItems") != "false" && e.IsSdk)
            files.UnionWith(Projects.Under(folder, "*.cs"));
        foreach (var (verb, pattern) in e.Compile)
            if (verb == "Include") files.UnionWith(Matching(folder, pattern));
            else files.ExceptWith(Matching(folder, pattern));
        return files;
    }

    static IEnumerable<string> Matching(string folder, string pattern)
    {
        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, pattern.Replace('\\', '/')));
        if (!full.Contains('*')) return File.Exists(full) ? new[] { full } : Array.Empty<string>();
        var start = full.Substring(0, full.LastIndexOf('/', full.IndexOf('*')));
        var regex = new Regex("^" + Regex.Escape(full).Replace(@"\*\*/", "(.*/)?").Replace(@"\*\*", ".*").Replace(@"\*", "[^/]*") + "$");
        return Directory.Exists(start) ? Projects.Under(start, "*.cs").Where(f => regex.IsMatch(f)) : Array.Empty<string>();
    }

    /// <summary>Projects whose types it sees: those it refers to, and theirs.</summary>
    public ISet<string> Sees(string framework)
    {
        var seen = new HashSet<string>();
        void Visit(Project p, string f)
        {
            foreach (var item in p.Evaluate(f).References)
                if (seen.Add(item) && projects.Find(item) is { } other) Visit(other, other.Nearest(f));
        }
        Visit(this, framework);
        return seen;
    }

    public IEnumerable<string> Usings(string framework)
    {
        var e = Evaluate(framework);
        var usings = new List<string>();
        if (e.Property("ImplicitUsings") is "enable" || e.Property("ImplicitUsings") is "true")
            usings.AddRange(new[] { "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks" });
        foreach (var (verb, name) in e.Usings)
            if (verb == "Include") usings.Add(name);
            else usings.Remove(name);
        return usings.Distinct();
    }

    public IEnumerable<string> Symbols(string framework)
    {
        var symbols = new List<string> { "TRACE", "DEBUG" };
        symbols.AddRange(Evaluate(framework).Property("DefineConstants").Split(';', ',').Select(s => s.Trim()).Where(s => s != ""));
        var version = Order(framework);
        if (framework.StartsWith("netstandard"))
        {
            symbols.Add("NETSTANDARD");
            symbols.Add("NETSTANDARD" + framework.Substring(11).Replace('.', '_'));
            foreach (var v in new[] { "1_0", "1_1", "1_2", "1_3", "1_4", "1_5", "1_6", "2_0", "2_1" }) if (double.Parse(v.Replace('_', '.')) <= version) symbols.Add($"NETSTANDARD{v}_OR_GREATER");
        }
        else if (framework.StartsWith("netcoreapp") || framework.Contains('.'))
        {
            symbols.AddRange(new[] { "NET", "NETCOREAPP" });
            symbols.Add((framework.StartsWith("netcoreapp") ? "NETCOREAPP" : "NET") + framework.Split('-')[0].Replace("netcoreapp", "").Replace("net", "").Replace('.', '_'));
            foreach (var v in new[] { 5, 6, 7, 8, 9, 10 }) if (v <= version) symbols.Add($"NET{v}_0_OR_GREATER");
            foreach (var v in new[] { "1_0", "2_0", "2_1", "3_0", "3_1" }) if (double.Parse(v.Replace('_', '.')) <= version) symbols.Add($"NETCOREAPP{v}_OR_GREATER");
        }
        else
        {
            symbols.AddRange(new[] { "NETFRAMEWORK", framework.ToUpperInvariant() });
            foreach (var v in new[] { 20, 35, 40, 45, 451, 452, 46, 461, 462, 47, 471, 472, 48 }) if (string.CompareOrdinal($"{v}", framework.Substring(3)) <= 0) symbols.Add($"NET{v}_OR_GREATER");
        }
        return symbols;
    }
}

/// <summary>One project's files read top to bottom for one target framework.</summary>
sealed class Evaluation
{
    readonly Dictionary<string, string> properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
    readonly string folder;
    public readonly List<(string verb, string value)> Compile = new List<(string, string)>(), Usings = new List<(string, string)>();
    public readonly List<string> References = new List<string>();
    readonly List<(string kind, string value)> items = new List<(string, string)>();
    public bool IsSdk { get; private set; }

    public Evaluation(string path, string root, string framework)
    {
        folder = System.IO.Path.GetDirectoryName(path)!;
        properties["TargetFramework"] = framework;
        properties["OS"] = "Unix";
        properties["Configuration"] = "Debug";
        properties["MSBuildProjectName"] = System.IO.Path.GetFileNameWithoutExtension(path);
        properties["MSBuildProjectDirectory"] = folder;
        properties["NetCurrent"] = "net10.0";
        properties["TargetFrameworkIdentifier"] = framework.StartsWith("netstandard") ? ".NETStandard" : framework.Contains('.') ? ".NETCoreApp" : ".NETFramework";
        if (Above(folder, root, "Directory.Build.props") is { } props) Read(props);
        Read(path);
        if (Above(folder, root, "Directory.Build.targets") is { } targets) Read(targets);
        if (framework != "") properties["TargetFramework"] = framework;
    }

    static string? Above(string folder, string root, string name)
    {
        for (var at = folder; at.Length >= root.Length; at = System.IO.Path.GetDirectoryName(at)!)
            if (File.Exists(System.IO.Path.Combine(at, name))) return System.IO.Path.Combine(at, name);
        return null;
    }

    public string Property(string name) => properties.TryGetValue(name, out var v) ? v : "";
    public IEnumerable<string> Items(string kind) => items.Where(i => i.kind == kind).Select(i => i.value);

    void Read(string file)
    {
        XElement project;
        try { project = XDocument.Load(file).Root!; } catch (System.Xml.XmlException) { return; }
        if (project.Attribute("Sdk") != null) IsSdk = true;
        var outer = Property("MSBuildThisFileDirectory");
        foreach (var part in project.Elements())
        {
            properties["MSBuildThisFileDirectory"] = System.IO.Path.GetDirectoryName(file) + "/";
            Take(part, System.IO.Path.GetDirectoryName(file)!);
        }
        properties["MSBuildThisFileDirectory"] = outer;
    }

    void Take(XElement part, string here)
    {
        if (!Holds((string?)part.Attribute("Condition"))) return;
        switch (part.Name.LocalName)
        {
            case "PropertyGroup":
                foreach (var p in part.Elements())
                    if (Holds((string?)p.Attribute("Condition")) && !(p.Name.LocalName == "TargetFramework" && Property("TargetFramework") != "")) properties[p.Name.LocalName] = Expand(p.Value);
                break;
            case "ItemGroup":
                foreach (var item in part.Elements()) if (Holds((string?)item.Attribute("Condition"))) Add(item);
                break;
            case "Choose":
                var when = part.Elements().FirstOrDefault(w => w.Name.LocalName == "Otherwise" || Holds((string?)w.Attribute("Condition")));
                foreach (var inner in when?.Elements() ?? Enumerable.Empty<XElement>()) Take(inner, here);
                break;
            case "Import" when part.Attribute("Sdk") == null:
                var target = System.IO.Path.GetFullPath(System.IO.Path.Combine(here, Expand((string?)part.Attribute("Project") ?? "").Replace('\\', '/')));
                if (File.Exists(target)) Read(target);
                break;
        }
    }

    void Add(XElement item)
    {
        foreach (var verb in new[] { "Include", "Remove" })
            foreach (var value in Expand((string?)item.Attribute(verb) ?? "").Split(';').Select(v => v.Trim()).Where(v => v != ""))
                switch (item.Name.LocalName)
                {
                    case "Compile": Compile.Add((verb, value)); break;
                    case "Using":
                        var alias = (string?)item.Attribute("Alias");
                        Usings.Add((verb, alias != null ? $"{alias} = {value}" : (string?)item.Attribute("Static") == "true" ? $"static {value}" : value));
                        break;
                    case "ProjectReference" when verb == "Include":
                        // A generator or analyser is run, not seen.
                        if ((string?)item.Attribute("ReferenceOutputAssembly") != "false" && (string?)item.Attribute("OutputItemType") != "Analyzer")
                            References.Add(System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, value.Replace('\\', '/'))));
                        break;
                    default: if (verb == "Include") items.Add((item.Name.LocalName, value)); break;
                }
    }

    string Expand(string text)
    {
        text = Regex.Replace(text, @"\$\((\w+)\.EndsWith\('([^']*)'\)\)", m => Property(m.Groups[1].Value).EndsWith(m.Groups[2].Value) ? "true" : "false");
        text = Regex.Replace(text, @"\$\(\[MSBuild\]::GetPathOfFileAbove\('([^']*)'.*?\)\)\)?", m => Above(folder + "/..", "/", m.Groups[1].Value) ?? "");
        text = Regex.Replace(text, @"\$\(\[MSBuild\]::IsTargetFrameworkCompatible\(.*?\)\)", "false");
        return Regex.Replace(text, @"\$\((\w+)\)", m => Property(m.Groups[1].Value));
    }

    /// <summary>Comparisons, Exists, !, and, or; a condition beyond that does not hold.</summary>
    bool Holds(string? condition)
    {
        if (string.IsNullOrWhiteSpace(condition)) return true;
        var tokens = Regex.Matches(Expand(condition!), @"'[^']*'|==|!=|!|\(|\)|Exists|\b(?:and|or)\b|[\w.$]+", RegexOptions.IgnoreCase).Cast<Match>().Select(m => m.Value).ToList();
        var at = 0;
        bool Either() { var v = Both(); while (at < tokens.Count && tokens[at].Equals("or", StringComparison.OrdinalIgnoreCase)) { at++; v = Both() | v; } return v; }
        bool Both() { var v = One(); while (at < tokens.Count && tokens[at].Equals("and", StringComparison.OrdinalIgnoreCase)) { at++; v = One() & v; } return v; }
        bool One()
        {
            if (at >= tokens.Count) return false;
            var token = tokens[at++];
            if (token == "!") return !One();
            if (token == "(") { var v = Either(); at++; return v; }
            if (token == "Exists") { var path = tokens[at + 1].Trim('\''); at += 3; return File.Exists(path) || Directory.Exists(path); }
            if (at < tokens.Count && (tokens[at] == "==" || tokens[at] == "!="))
            {
                var same = token.Trim('\'').Trim().Equals(tokens[at + 1].Trim('\'').Trim(), StringComparison.OrdinalIgnoreCase);
                var equal = tokens[at] == "==";
                at += 2;
                return same == equal;
            }
            return token.Trim('\'').Equals("true", StringComparison.OrdinalIgnoreCase);
        }
        return Either();
    }
}

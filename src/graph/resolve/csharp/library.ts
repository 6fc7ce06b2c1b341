/**
 * What the .NET library says of types that pass on those of the workspace: collections,
 * tasks, delegates and LINQ. Without it a chain ends at the first `Where` or `await`.
 * A line without indentation is a type with its bases; below it stand its members as
 * "Name Type" or "Name<R>(Taken,…) Given"; "this" is the indexer.
 */
import { readType, type TypeText } from './shorthand.js';

export interface LibraryMember {
  readonly generics: readonly string[];
  /** Undefined for a property. */
  readonly takes: readonly TypeText[] | undefined;
  readonly gives: TypeText;
}

export interface LibraryType {
  readonly generics: readonly string[];
  readonly bases: readonly TypeText[];
  readonly members: ReadonlyMap<string, readonly LibraryMember[]>;
}

/** LINQ on a sequence type "$" (System.Linq.Enumerable and Queryable). */
const LINQ = `
  Where(Func<T,bool>) $<T>
  Select<R>(Func<T,R>) $<R>
  SelectMany<R>(Func<T,IEnumerable<R>>) $<R>
  SelectMany<C,R>(Func<T,IEnumerable<C>>,Func<T,C,R>) $<R>
  OrderBy(Func<T,object>) IOrdered$<T>
  OrderByDescending(Func<T,object>) IOrdered$<T>
  Order() IOrdered$<T>
  GroupBy<K>(Func<T,K>) $<IGrouping<K,T>>
  GroupBy<K,E>(Func<T,K>,Func<T,E>) $<IGrouping<K,E>>
  GroupJoin<I,R>(IEnumerable<I>,Func<T,object>,Func<I,object>,Func<T,IEnumerable<I>,R>) $<R>
  Join<I,R>(IEnumerable<I>,Func<T,object>,Func<I,object>,Func<T,I,R>) $<R>
  Zip<I,R>(IEnumerable<I>,Func<T,I,R>) $<R>
  Zip<I>(IEnumerable<I>) $<(T:First,I:Second)>
  Distinct() $<T>
  DistinctBy(Func<T,object>) $<T>
  Concat(IEnumerable<T>) $<T>
  Union(IEnumerable<T>) $<T>
  Except(IEnumerable<T>) $<T>
  Intersect(IEnumerable<T>) $<T>
  Append(T) $<T>
  Prepend(T) $<T>
  Skip(int) $<T>
  SkipLast(int) $<T>
  SkipWhile(Func<T,bool>) $<T>
  Take(int) $<T>
  TakeLast(int) $<T>
  TakeWhile(Func<T,bool>) $<T>
  Reverse() $<T>
  DefaultIfEmpty() $<T>
  Cast<R>() $<R>
  OfType<R>() $<R>
  Chunk(int) $<T[]>
  AsEnumerable() IEnumerable<T>
  AsQueryable() IQueryable<T>
  AsParallel() IEnumerable<T>
  First(Func<T,bool>) T
  FirstOrDefault(Func<T,bool>) T
  Last(Func<T,bool>) T
  LastOrDefault(Func<T,bool>) T
  Single(Func<T,bool>) T
  SingleOrDefault(Func<T,bool>) T
  ElementAt(int) T
  ElementAtOrDefault(int) T
  Min() T
  Max() T
  Min<R>(Func<T,R>) R
  Max<R>(Func<T,R>) R
  MinBy(Func<T,object>) T
  MaxBy(Func<T,object>) T
  Sum(Func<T,object>) object
  Average(Func<T,object>) object
  Aggregate(Func<T,T,T>) T
  Aggregate<A>(A,Func<A,T,A>) A
  Any(Func<T,bool>) bool
  All(Func<T,bool>) bool
  Count(Func<T,bool>) int
  LongCount(Func<T,bool>) long
  Contains(T) bool
  SequenceEqual(IEnumerable<T>) bool
  ToList() List<T>
  ToArray() T[]
  ToHashSet() HashSet<T>
  ToDictionary<K>(Func<T,K>) Dictionary<K,T>
  ToDictionary<K,V>(Func<T,K>,Func<T,V>) Dictionary<K,V>
  ToLookup<K>(Func<T,K>) ILookup<K,T>
  ToImmutableArray() ImmutableArray<T>
  ToImmutableList() ImmutableList<T>`;

const TEXT = `
IEnumerable<T> : IEnumerable
  GetEnumerator() IEnumerator<T>${LINQ.replaceAll('$', 'IEnumerable')}
IQueryable<T> : IEnumerable<T>${LINQ.replaceAll('$', 'IQueryable')}
IAsyncEnumerable<T>${LINQ.replaceAll('$', 'IAsyncEnumerable')}
  GetAsyncEnumerator() IAsyncEnumerator<T>
IOrderedIEnumerable<T> : IEnumerable<T>
  ThenBy(Func<T,object>) IOrderedIEnumerable<T>
  ThenByDescending(Func<T,object>) IOrderedIEnumerable<T>
IOrderedEnumerable<T> : IOrderedIEnumerable<T>
IOrderedIQueryable<T> : IOrderedQueryable<T>
IOrderedQueryable<T> : IQueryable<T>
  ThenBy(Func<T,object>) IOrderedIQueryable<T>
  ThenByDescending(Func<T,object>) IOrderedIQueryable<T>
IOrderedIAsyncEnumerable<T> : IAsyncEnumerable<T>
IGrouping<K,T> : IEnumerable<T>
  Key K
ILookup<K,T> : IEnumerable<IGrouping<K,T>>
  this(K) IEnumerable<T>
IEnumerator<T>
  Current T
IAsyncEnumerator<T>
  Current T
IReadOnlyCollection<T> : IEnumerable<T>
ICollection<T> : IEnumerable<T>
  Add(T) void
ISet<T> : ICollection<T>
IReadOnlySet<T> : IReadOnlyCollection<T>
IReadOnlyList<T> : IReadOnlyCollection<T>
  this(int) T
IList<T> : ICollection<T>
  this(int) T
  IndexOf(T) int
List<T> : IList<T>,IReadOnlyList<T>
  ForEach(Action<T>) void
  Find(Func<T,bool>) T
  FindLast(Func<T,bool>) T
  FindAll(Func<T,bool>) List<T>
  FindIndex(Func<T,bool>) int
  Exists(Func<T,bool>) bool
  TrueForAll(Func<T,bool>) bool
  RemoveAll(Func<T,bool>) int
  ConvertAll<R>(Func<T,R>) List<R>
  Sort(Func<T,T,int>) void
  AsReadOnly() IReadOnlyList<T>
  GetRange(int,int) List<T>
Collection<T> : IList<T>,IReadOnlyList<T>
ObservableCollection<T> : Collection<T>
KeyedCollection<K,T> : Collection<T>
ReadOnlyCollection<T> : IList<T>,IReadOnlyList<T>
ImmutableArray<T> : IList<T>,IReadOnlyList<T>
ImmutableList<T> : IList<T>,IReadOnlyList<T>
HashSet<T> : ISet<T>,IReadOnlySet<T>
  TryGetValue(T,T) bool
SortedSet<T> : ISet<T>
  Min T
  Max T
LinkedList<T> : ICollection<T>
  First LinkedListNode<T>
  Last LinkedListNode<T>
LinkedListNode<T>
  Value T
  Next LinkedListNode<T>
  Previous LinkedListNode<T>
Queue<T> : IReadOnlyCollection<T>
  Dequeue() T
  Peek() T
  TryDequeue(T) bool
  TryPeek(T) bool
Stack<T> : IReadOnlyCollection<T>
  Pop() T
  Peek() T
  TryPop(T) bool
  TryPeek(T) bool
ConcurrentQueue<T> : Queue<T>
ConcurrentStack<T> : Stack<T>
ConcurrentBag<T> : IReadOnlyCollection<T>
  TryTake(T) bool
BlockingCollection<T> : IReadOnlyCollection<T>
  Take() T
  TryTake(T) bool
KeyValuePair<K,V>
  Key K
  Value V
IReadOnlyDictionary<K,V> : IEnumerable<KeyValuePair<K,V>>
  Keys IEnumerable<K>
  Values IEnumerable<V>
  this(K) V
  TryGetValue(K,V) bool
  GetValueOrDefault(K) V
IDictionary<K,V> : IReadOnlyDictionary<K,V>
Dictionary<K,V> : IDictionary<K,V>
  TryAdd(K,V) bool
  Remove(K,V) bool
SortedDictionary<K,V> : Dictionary<K,V>
SortedList<K,V> : Dictionary<K,V>
ImmutableDictionary<K,V> : IDictionary<K,V>
ReadOnlyDictionary<K,V> : IDictionary<K,V>
ConcurrentDictionary<K,V> : IDictionary<K,V>
  GetOrAdd(K,Func<K,V>) V
  GetOrAdd<A>(K,Func<K,A,V>,A) V
  AddOrUpdate(K,Func<K,V>,Func<K,V,V>) V
  TryRemove(K,V) bool
  TryAdd(K,V) bool
Task<T>
  Result T
  GetAwaiter() TaskAwaiter<T>
  ConfigureAwait(bool) Task<T>
  ContinueWith(Action<Task<T>>) Task
  WaitAsync(CancellationToken) Task<T>
ValueTask<T> : Task<T>
  AsTask() Task<T>
TaskAwaiter<T>
  GetResult() T
TaskCompletionSource<T>
  Task Task<T>
Lazy<T>
  Value T
Nullable<T>
  Value T
  GetValueOrDefault() T
ThreadLocal<T> : Lazy<T>
AsyncLocal<T> : Lazy<T>
WeakReference<T>
  TryGetTarget(T) bool
StrongBox<T>
  Value T
Span<T> : IReadOnlyList<T>
ReadOnlySpan<T> : IReadOnlyList<T>
IOptions<T> : Lazy<T>
ExpressionVisitor
  Visit(Expression) Expression
  VisitAndConvert<T>(T,string) T
IServiceProvider
  GetService<T>() T
  GetRequiredService<T>() T
Activator
  CreateInstance<T>() T
Enumerable
  Empty<T>() IEnumerable<T>
  Repeat<T>(T,int) IEnumerable<T>
Array
  Empty<T>() T[]
  Find<T>(T[],Func<T,bool>) T
  ForEach<T>(T[],Action<T>) void
  ConvertAll<T,R>(T[],Func<T,R>) R[]
Interlocked
  Exchange<T>(T,T) T
  CompareExchange<T>(T,T,T) T
Volatile
  Read<T>(T) T
Unsafe
  As<T>(object) T
Lazy
Task
  FromResult<T>(T) Task<T>
  Run<T>(Func<T>) Task<T>
  WhenAll<T>(IEnumerable<Task<T>>) Task<T[]>
Assert
  Single<T>(IEnumerable<T>) T
  IsType<T>(object) T
  IsAssignableFrom<T>(object) T
  NotNull<T>(T) T
  Throws<T>(Action) T
  ThrowsAsync<T>(Func<Task>) Task<T>
  ThrowsAny<T>(Action) T
  All<T>(IEnumerable<T>,Action<T>) void
  Collection<T>(IEnumerable<T>,Action<T>,Action<T>,Action<T>,Action<T>,Action<T>,Action<T>) void
  Contains<T>(IEnumerable<T>,Func<T,bool>) void
  DoesNotContain<T>(IEnumerable<T>,Func<T,bool>) void
ServiceCollection : IServiceCollection
string : IEnumerable<char>
  IndexOf(string,int,int,StringComparison) int
  LastIndexOf(string,int,int,StringComparison) int
  Contains(string,StringComparison) bool
  StartsWith(string,StringComparison) bool
  EndsWith(string,StringComparison) bool
  Replace(string,string,StringComparison) string
  Split(string,int,StringSplitOptions) string[]
  Substring(int,int) string
  Trim(char) string
  TrimStart(char) string
  TrimEnd(char) string
  ToLower() string
  ToUpper() string
  ToLowerInvariant() string
  ToUpperInvariant() string
  ToCharArray() char[]
  Insert(int,string) string
  Remove(int,int) string
  Format(string,object,object,object,object) string
  Join(string,object,object,object,object) string
`;

export const LIBRARY: ReadonlyMap<string, LibraryType> = readLibrary(TEXT);

function readLibrary(text: string): Map<string, LibraryType> {
  const types = new Map<string, LibraryType>();
  let members = new Map<string, LibraryMember[]>();
  for (const line of text.split('\n').filter((l) => l.trim() !== '')) {
    if (line.startsWith('  ')) {
      const [, name = '', generics, takes, gives = ''] = /^ {2}(\w+)(?:<([\w,]+)>)?(?:\((.*)\))? (\S+)$/.exec(line) ?? [];
      const member = {
        generics: generics?.split(',') ?? [],
        takes: takes === undefined ? undefined : listed(takes),
        gives: readType(gives)!,
      };
      members.set(name, [...(members.get(name) ?? []), member]);
      continue;
    }
    const [head = '', bases = ''] = line.split(' : ');
    const [, name = '', generics] = /^(\w+)(?:<([\w,]+)>)?$/.exec(head) ?? [];
    members = new Map();
    const names = generics?.split(',') ?? [];
    types.set(libraryKey(name, names.length), { generics: names, bases: listed(bases), members });
  }
  return types;
}

/** "A,B<C,D>" → its types: read as the arguments of one. */
function listed(types: string): readonly TypeText[] {
  return types === '' ? [] : (readType(`X<${types}>`)?.path[0]?.args ?? []);
}

export function libraryKey(name: string, arity: number): string {
  return arity === 0 ? name : `${name}\`${arity}`;
}

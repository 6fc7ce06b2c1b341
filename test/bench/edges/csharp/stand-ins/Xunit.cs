// What tests use of xunit.net, to compile them against where the package cannot be had: without it the type of
// `Assert.Single(items)`, and all that is done with it, is unknown to the compiler.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Xunit
{
    public class FactAttribute : Attribute { public string Skip { get; set; } public string DisplayName { get; set; } public int Timeout { get; set; } }
    public class TheoryAttribute : FactAttribute { }
    public class InlineDataAttribute : Attribute { public InlineDataAttribute(params object[] data) { } }
    public class MemberDataAttribute : Attribute { public MemberDataAttribute(string name, params object[] parameters) { } public Type MemberType { get; set; } }
    public class ClassDataAttribute : Attribute { public ClassDataAttribute(Type type) { } }
    public class CollectionAttribute : Attribute { public CollectionAttribute(string name) { } }
    public class CollectionDefinitionAttribute : Attribute { public CollectionDefinitionAttribute(string name) { } public bool DisableParallelization { get; set; } }
    public class TraitAttribute : Attribute { public TraitAttribute(string name, string value) { } }
    public interface IClassFixture<T> { }
    public interface ICollectionFixture<T> { }
    public interface IAsyncLifetime : IAsyncDisposable { ValueTask InitializeAsync(); }
    public interface ITestOutputHelper { void WriteLine(string message); void WriteLine(string format, params object[] args); }
    public class TheoryData<T> : List<object[]> { public void Add(T a) { } }
    public class TheoryData<T, U> : List<object[]> { public void Add(T a, U b) { } }
    public class TheoryData<T, U, V> : List<object[]> { public void Add(T a, U b, V c) { } }

    public static class Assert
    {
        public static void Equal<T>(T expected, T actual) { }
        public static void Equal<T>(T expected, T actual, IEqualityComparer<T> comparer) { }
        public static void Equal(string expected, string actual, bool ignoreCase = false, bool ignoreLineEndingDifferences = false, bool ignoreWhiteSpaceDifferences = false) { }
        public static void Equal(double expected, double actual, int precision) { }
        public static void NotEqual<T>(T expected, T actual) { }
        public static void Same(object expected, object actual) { }
        public static void NotSame(object expected, object actual) { }
        public static void True(bool condition, string message = null) { }
        public static void True(bool? condition, string message = null) { }
        public static void False(bool condition, string message = null) { }
        public static void False(bool? condition, string message = null) { }
        public static void Null(object value) { }
        public static void NotNull(object value) { }
        public static void Fail(string message = null) { }
        public static void Skip(string reason) { }
        public static void Empty(System.Collections.IEnumerable items) { }
        public static void NotEmpty(System.Collections.IEnumerable items) { }
        public static T Single<T>(IEnumerable<T> items) => default;
        public static T Single<T>(IEnumerable<T> items, Predicate<T> predicate) => default;
        public static void All<T>(IEnumerable<T> items, Action<T> action) { }
        public static void Collection<T>(IEnumerable<T> items, params Action<T>[] inspectors) { }
        public static void Contains<T>(T expected, IEnumerable<T> items) { }
        public static void Contains<T>(IEnumerable<T> items, Predicate<T> predicate) { }
        public static void Contains(string expected, string actual) { }
        public static void Contains(string expected, string actual, StringComparison comparison) { }
        public static void DoesNotContain<T>(T expected, IEnumerable<T> items) { }
        public static void DoesNotContain<T>(IEnumerable<T> items, Predicate<T> predicate) { }
        public static void DoesNotContain(string expected, string actual) { }
        public static void StartsWith(string expected, string actual) { }
        public static void StartsWith(string expected, string actual, StringComparison comparison) { }
        public static void EndsWith(string expected, string actual) { }
        public static void Matches(string pattern, string actual) { }
        public static void InRange<T>(T actual, T low, T high) { }
        public static void Equivalent(object expected, object actual, bool strict = false) { }
        public static T IsType<T>(object value) => default;
        public static T IsType<T>(object value, bool exactMatch) => default;
        public static void IsType(Type type, object value) { }
        public static void IsNotType<T>(object value) { }
        public static T IsAssignableFrom<T>(object value) => default;
        public static void IsAssignableFrom(Type type, object value) { }
        public static T Throws<T>(Action action) where T : Exception => default;
        public static T Throws<T>(Func<object> action) where T : Exception => default;
        public static T Throws<T>(Func<Task> action) where T : Exception => default;
        public static T Throws<T>(string parameter, Action action) where T : Exception => default;
        public static T Throws<T>(string parameter, Func<object> action) where T : Exception => default;
        public static Exception Throws(Type type, Action action) => default;
        public static T ThrowsAny<T>(Action action) where T : Exception => default;
        public static T ThrowsAny<T>(Func<object> action) where T : Exception => default;
        public static Task<T> ThrowsAsync<T>(Func<Task> action) where T : Exception => default;
        public static Task<T> ThrowsAsync<T>(string parameter, Func<Task> action) where T : Exception => default;
        public static Task<Exception> ThrowsAsync(Type type, Func<Task> action) => default;
        public static Task<T> ThrowsAnyAsync<T>(Func<Task> action) where T : Exception => default;
    }

    public static class Record
    {
        public static Exception Exception(Action action) => default;
        public static Exception Exception(Func<object> action) => default;
        public static Task<Exception> ExceptionAsync(Func<Task> action) => default;
    }
}

namespace Xunit.Abstractions { }
namespace Xunit.Sdk { public class XunitException : Exception { public XunitException(string message = null) { } } }

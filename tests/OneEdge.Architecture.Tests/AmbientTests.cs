using System.Reflection;
using System.Reflection.Metadata;

namespace OneEdge.Architecture.Tests;

/// <summary>Libraries own no clock, console, environment, process, chance or mutable state; ports are the listed exception.</summary>
public sealed class AmbientTests
{
    /// <summary>The ports: the type that may, and the type of the framework that it may use.</summary>
    private static readonly HashSet<(string Port, string Uses)> Ports =
    [
        // A lock file names the process that holds it; files that are being written need names that nobody else has.
        ("OneEdge.Files.CrossProcessLock", "System.Environment"),
        ("OneEdge.Files.AtomicFile", "System.Guid"),
        ("OneEdge.Files.FileTransaction", "System.Guid"),
        // The command runner: it looks along PATH, starts processes, and names a run.
        ("OneEdge.Commands.ProgramFinder", "System.Environment"),
        ("OneEdge.Commands.RunningCommand", "System.Diagnostics.ProcessStartInfo"),
        ("OneEdge.Commands.CliWrapCommandRunner", "System.Guid"),
        // An image that is being written needs a name that nobody else has.
        ("OneEdge.Storage.StagedFile", "System.Guid"),
        // qemu may answer a command of somebody who has gone: names of commands are nobody else's.
        ("OneEdge.Storage.Recovery.QmpMonitor", "System.Guid"),
        // An engine that nobody gave a name needs one that no other engine has.
        ("OneEdge.Flow.FlowEngineOptions", "System.Guid"),
        // And so does a server that changes documents which others change too.
        ("OneEdge.Flow.AspNetCore.OneFlowServerOptions", "System.Guid"),
    ];

    // The generator of the framework writes these into every library that validates options.
    private const string GeneratedValidators = "__OptionValidationGeneratedAttributes.";

    public static TheoryData<string> Names => Library.Theory;

    [Theory]
    [MemberData(nameof(Names))]
    public void Library_reaches_for_nothing_ambient(string name)
    {
        using var library = Library.Open(name);
        string[] found = [.. MemberUse.In(library)
            .Where(use => !Ports.Contains((use.User, use.Type)) && !use.User.StartsWith(GeneratedValidators, StringComparison.Ordinal))
            .Select(use => (use, reason: Ambient.Reason(use)))
            .Where(f => f.reason is not null)
            .Select(f => $"{f.use.User} ({f.use.Method}) uses {f.use.Type}.{f.use.Member}, {f.reason}")
            .Distinct()];
        Assert.True(
            found.Length == 0,
            $"{name} reaches outside of its ports; if the type is a port, list it in {nameof(AmbientTests)}.{nameof(Ports)}:\n  {string.Join("\n  ", found)}");
    }

    [Fact]
    public void Listed_port_still_needs_its_exception()
    {
        HashSet<(string, string)> uses = [.. Library.Names.SelectMany(UsesOf)];
        HashSet<string> types = [.. Library.Names.SelectMany(TypesOf)];
        Assert.All(Ports.Where(p => types.Contains(p.Port)), port => Assert.True(
            uses.Contains(port), $"{port.Port} no longer uses {port.Uses}: drop it from {nameof(Ports)}."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Library_has_no_mutable_static_field(string name)
    {
        using var library = Library.Open(name);
        string[] found = [.. library.Metadata.Types().SelectMany(t => MutableStatics(library.Metadata, t)).Order(StringComparer.Ordinal)];
        Assert.True(found.Length == 0, $"Static fields of {name} that can change: {string.Join(", ", found)}.");
    }

    [Fact]
    public void Scan_sees_calls_in_lambdas_iterators_and_async_methods()
    {
        using var self = Library.Open("OneEdge.Architecture.Tests");
        string[] offenders = [.. MemberUse.In(self).Where(u => u.User.EndsWith(nameof(Offender), StringComparison.Ordinal) && Ambient.Reason(u) is not null)
            .Select(u => $"{u.Type}.{u.Member}").Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(
            ["System.Console.WriteLine", "System.DateTime.get_UtcNow", "System.Environment.get_NewLine", "System.Guid.NewGuid", "System.Random..ctor"],
            offenders);
    }

    private static (string, string)[] UsesOf(string name)
    {
        using var library = Library.Open(name);
        return [.. MemberUse.In(library).Where(u => Ambient.Reason(u) is not null).Select(u => (u.User, u.Type))];
    }

    private static string[] TypesOf(string name)
    {
        using var library = Library.Open(name);
        return [.. library.Metadata.Types().Select(library.Metadata.FullName)];
    }

    private static IEnumerable<string> MutableStatics(MetadataReader reader, TypeDefinition type)
    {
        const string generated = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";
        if (reader.GetString(type.Name).StartsWith('<') || reader.HasAttribute(type.GetCustomAttributes(), generated)) yield break;
        foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition))
        {
            FieldAttributes kind = field.Attributes;
            if (!kind.HasFlag(FieldAttributes.Static) || kind.HasFlag(FieldAttributes.InitOnly) || kind.HasFlag(FieldAttributes.Literal)) continue;
            yield return $"{reader.FullName(type)}.{reader.GetString(field.Name)}";
        }
    }
}

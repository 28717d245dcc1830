namespace OneEdge.Architecture.Tests;

/// <summary>What code of a library must not reach for behind its user's back.</summary>
internal static class Ambient
{
    private const string Clock = "the clock: take a TimeProvider or the time as a value";
    private const string Chance = "chance: take the Random or the identifier as a value";
    private const string Surroundings = "the surroundings of the process: take the value as a parameter or an option";
    private const string Culture = "the culture of the process: name the invariant one";

    private static readonly Dictionary<string, (string[] Members, string Reason)> Banned = new()
    {
        ["System.DateTime"] = (["get_Now", "get_UtcNow", "get_Today"], Clock),
        ["System.DateTimeOffset"] = (["get_Now", "get_UtcNow"], Clock),
        ["System.Diagnostics.Stopwatch"] = (["StartNew", "GetTimestamp", "GetElapsedTime", "Start", "Restart"], Clock),
        ["System.TimeZoneInfo"] = (["get_Local"], Clock),
        ["System.Threading.Thread"] = (["Sleep"], "a blocking wait: await instead, on a TimeProvider"),
        ["System.Console"] = (["*"], "the console: give text back, or write to a TextWriter of the caller"),
        ["System.Environment"] = (["*"], Surroundings),
        ["System.AppContext"] = (["get_BaseDirectory"], Surroundings),
        ["System.AppDomain"] = (["get_CurrentDomain"], Surroundings),
        ["System.IO.Directory"] = (["GetCurrentDirectory", "SetCurrentDirectory", "CreateTempSubdirectory"], Surroundings),
        ["System.IO.Path"] = (["GetTempPath", "GetTempFileName", "GetRandomFileName"], Surroundings),
        ["System.Diagnostics.Process"] = (["*"], "processes: go through ICommandRunner"),
        ["System.Diagnostics.ProcessStartInfo"] = (["*"], "processes: go through ICommandRunner"),
        ["System.Guid"] = (["NewGuid", "CreateVersion7"], Chance),
        ["System.Random"] = (["get_Shared", ".ctor/0"], Chance),
        ["System.Security.Cryptography.RandomNumberGenerator"] = (["*"], Chance),
        ["System.Globalization.CultureInfo"] = (["get_CurrentCulture", "get_CurrentUICulture"], Culture),
    };

    // The compiler writes it into every iterator.
    private static readonly (string Type, string Member) OfIterators = ("System.Environment", "get_CurrentManagedThreadId");

    /// <summary>Why a use is banned; <see langword="null"/> when it is not.</summary>
    public static string? Reason(MemberUse use)
    {
        if (!Banned.TryGetValue(use.Type, out var rule) || (use.Type, use.Member) == OfIterators) return null;
        bool hit = rule.Members.Contains("*") || rule.Members.Contains(use.Member) || rule.Members.Contains($"{use.Member}/{use.ParameterCount}");
        return hit ? rule.Reason : null;
    }
}

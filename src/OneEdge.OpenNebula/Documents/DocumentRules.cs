using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OneEdge.OpenNebula;

/// <summary>What every store refuses, so that a document of one can be kept by any other.</summary>
public static class DocumentRules
{
    /// <summary>The member of a body that stores keep for themselves, at the top.</summary>
    public const string ReservedMember = "oneedge";

    /// <summary>The longest name, in bytes (OpenNebula 6.10 source, <c>Document::insert</c>).</summary>
    public const int MaxNameBytes = 128;

    /// <summary>The longest name of a holder of a lease, in characters.</summary>
    public const int MaxHolderLength = 256;

    // OpenNebula 6.10 source, PoolObjectSQL::INVALID_NAME_CHARS.
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("&|:\\\";/'#{}$<>\t\n\v\f\r");

    /// <summary>Checks what a document is created from.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">The name, if it has one.</param>
    /// <param name="body">The body.</param>
    /// <param name="limits">What is accepted.</param>
    /// <exception cref="OpenNebulaException"><see cref="OpenNebulaErrorCodes.DocumentInvalid"/>: something is refused.</exception>
    public static void Check(DocumentType type, string? name, ReadOnlySpan<byte> body, DocumentLimits limits)
    {
        if ((int)type < 0) throw Invalid($"The type {(int)type} of a document is negative.");
        if (name is not null && ProblemOfName(name) is { } problem) throw Invalid($"The name of the document cannot be used: {problem}.");
        CheckBody(body, limits);
    }

    /// <summary>Checks a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="limits">What is accepted.</param>
    /// <exception cref="OpenNebulaException"><see cref="OpenNebulaErrorCodes.DocumentInvalid"/>: it is refused.</exception>
    public static void CheckBody(ReadOnlySpan<byte> body, DocumentLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (body.Length > limits.MaxBodyBytes)
            throw Invalid($"The body has {body.Length} bytes and may have {limits.MaxBodyBytes} (DocumentLimits.MaxBodyBytes).");
        if (ProblemOfBody(body, limits.MaxDepth, allowsReserved: false) is { } problem) throw Invalid($"The body cannot be stored: {problem}.");
    }

    /// <summary>Checks what a lease is taken with.</summary>
    /// <param name="holder">The holder.</param>
    /// <param name="duration">How long it lasts.</param>
    /// <exception cref="ArgumentException">The holder or the duration cannot be used.</exception>
    public static void CheckLease(string holder, TimeSpan duration)
    {
        ArgumentException.ThrowIfNullOrEmpty(holder);
        if (holder.Length > MaxHolderLength || holder.Any(char.IsControl) || !IsText(holder))
            throw new ArgumentException($"A holder is named by 1 to {MaxHolderLength} characters, none of them a control character.", nameof(holder));
        CheckDuration(duration);
    }

    /// <summary>Checks how long a lease shall last.</summary>
    /// <param name="duration">The time.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not between a millisecond and 366 days.</exception>
    public static void CheckDuration(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromDays(366));
    }

    internal static string? ProblemOfBody(ReadOnlySpan<byte> body, int maxDepth, bool allowsReserved)
    {
        if (!Utf8.IsValid(body)) return "it is not UTF-8";
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject) return "it is JSON, but no object";
            while (reader.Read())
            {
                if (allowsReserved || reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
                if (reader.ValueTextEquals(ReservedMember)) return $"its member '{ReservedMember}' is kept for the store";
            }

            return null;
        }
        catch (JsonException e)
        {
            // Its text would quote the body.
            return $"it is no JSON that is at most {maxDepth} deep (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})";
        }
        catch (InvalidOperationException)
        {
            return "the name of a member is no text";
        }
    }

    private static string? ProblemOfName(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "it is empty; leave it out instead";
        if (!IsText(name)) return "it is no text";
        if (Encoding.UTF8.GetByteCount(name) > MaxNameBytes) return $"it has more than {MaxNameBytes} bytes";
        int wrong = name.AsSpan().IndexOfAny(NotInNames);
        if (wrong >= 0) return $"OpenNebula takes no character U+{(int)name[wrong]:X4} in names";
        if (name.Any(char.IsSurrogate)) return "OpenNebula takes no character above U+FFFF";
        return name.Any(char.IsControl) ? "it has a control character" : null;
    }

    // No lone surrogates, and none of the two characters that XML does not have.
    private static bool IsText(string text) =>
        !text.AsSpan().ContainsAny('\uFFFE', '\uFFFF') && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static OpenNebulaException Invalid(string message) => new(OpenNebulaErrorCodes.DocumentInvalid, message);
}

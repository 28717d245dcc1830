namespace OneEdge.OpenNebula;

/// <summary>A call of somebody was answered. Calls that only read an object or a pool are not published.</summary>
/// <remarks>The server publishes what the caller sent without escaping it: a caller can make the parameters of his own call look like others.</remarks>
public sealed record ApiCalled : CloudEvent
{
    /// <summary>The method, such as <c>one.vm.update</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>What the caller sent; the first is the hidden session.</summary>
    public IReadOnlyList<ApiParameter> Inputs { get; init; } = [];

    /// <summary>What he got: <c>true</c>, the value and 0, or <c>false</c>, the message, the number of the error and the id of an object or -1.</summary>
    public IReadOnlyList<ApiParameter> Outputs { get; init; } = [];

    /// <summary>The object that was created or deleted, as XML in UTF-8; empty for other calls.</summary>
    public ReadOnlyMemory<byte> ExtraXml { get; init; }

    /// <summary>The object that was created or deleted; <see langword="null"/> when there is none, or one of an unknown kind.</summary>
    /// <exception cref="OpenNebulaException">The message holds something else than an object of OpenNebula.</exception>
    public OpenNebulaObject? Extra => ExtraXml.IsEmpty ? null : ExtraObject.Read(ExtraXml);

    /// <summary>The value of what the caller sent at a place.</summary>
    /// <param name="position">The place, from 1; the session is the first.</param>
    /// <returns>The value; <see langword="null"/> when the call had fewer.</returns>
    public string? Input(int position) => At(Inputs, position);

    /// <summary>The value of what the caller got at a place.</summary>
    /// <param name="position">The place, from 1; whether the call succeeded is the first.</param>
    /// <returns>The value; <see langword="null"/> when the answer had fewer.</returns>
    public string? Output(int position) => At(Outputs, position);

    /// <inheritdoc/>
    public bool Equals(ApiCalled? other) =>
        other is not null && Method == other.Method && Succeeded == other.Succeeded && Inputs.SequenceEqual(other.Inputs)
        && Outputs.SequenceEqual(other.Outputs) && ExtraXml.Span.SequenceEqual(other.ExtraXml.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Method, Succeeded, Inputs.Count, Outputs.Count, ExtraXml.Length);

    /// <summary>The method and how it ended; parameters may be secrets.</summary>
    public override string ToString() => $"{nameof(ApiCalled)} {Method}: {(Succeeded ? "succeeded" : "failed")}";

    private static string? At(IReadOnlyList<ApiParameter> parameters, int position) => parameters.FirstOrDefault(p => p.Position == position)?.Value;
}

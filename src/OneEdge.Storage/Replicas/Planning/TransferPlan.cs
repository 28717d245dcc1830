using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OneEdge.Storage.Replicas;

/// <summary>What an action does, step by step, decided before anything is done.</summary>
public sealed record TransferPlan
{
    /// <summary>The action.</summary>
    public required TransferAction Action { get; init; }

    /// <summary>The virtual machine.</summary>
    public required int VmId { get; init; }

    /// <summary>The steps, in order; none when there is nothing to do.</summary>
    public IReadOnlyList<TransferStep> Steps { get; init; } = [];

    /// <summary>What is removed, as far as it can be, when the plan fails.</summary>
    public IReadOnlyList<TransferStep> CleanUp { get; init; } = [];

    /// <summary>What is done differently from what one may expect, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Other transfer drivers whose script of the same action is to be called too, once each, because disks of the virtual machine use them.</summary>
    public IReadOnlyList<string> OtherDrivers { get; init; } = [];

    /// <summary>The replica that the plan needs; <see langword="null"/> when it needs none.</summary>
    public string? ReplicaHost { get; init; }

    /// <summary>What tells, when an interrupted plan is run again, whether the world still is as it was left: the path that the steps make.</summary>
    public HostPath? Subject { get; init; }

    /// <summary>Reads a plan that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="StorageException">It is no plan.</exception>
    public static TransferPlan FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, TransferJson.Default.TransferPlan) ?? throw new JsonException("The text is null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new StorageException(StorageErrorCodes.TransferArguments, $"The text is no plan of a transfer: {e.Message}", e);
        }
    }

    /// <summary>The plan as JSON; equal plans have equal texts.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, TransferJson.Default.TransferPlan);

    /// <summary>The identity of the plan: a digest of its content.</summary>
    /// <returns>32 hexadecimal digits.</returns>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())))[..32];

    /// <summary>The plan for people, a line a step.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Action} of virtual machine {VmId}{(Steps.Count == 0 ? ": nothing to do" : "")}\n");
        for (int i = 0; i < Steps.Count; i++) text.Append(CultureInfo.InvariantCulture, $"{i + 1}. {Steps[i]}\n");
        foreach (string driver in OtherDrivers) text.Append(CultureInfo.InvariantCulture, $"then: {PlanText.OneLine(driver)}\n");
        foreach (string note in Notes) text.Append(CultureInfo.InvariantCulture, $"note: {PlanText.OneLine(note)}\n");
        return text.ToString();
    }
}

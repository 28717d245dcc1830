using System.Globalization;

namespace OneEdge.Flow.Instantiation;

/// <summary>What is asked of the cloud for a network of a service.</summary>
/// <param name="Kind">Whether a template is instantiated, or a network reserved from.</param>
/// <param name="Source">The id of the template, or of the network that it is reserved from.</param>
/// <param name="Name">Its name: that in the service, <c>-</c> and the id of the service.</param>
/// <param name="Text">The template text; that of a reservation has the name in it.</param>
public sealed record NetworkOrder(NetworkKind Kind, int Source, string Name, string Text)
{
    /// <summary>Makes the order.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="network">The network.</param>
    /// <returns>The order; <see langword="null"/> for a network that is there already, or that says of nothing what it is made of.</returns>
    public static NetworkOrder? Compose(int serviceId, ServiceNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Kind == NetworkKind.Existing || network.Source is not { } source) return null;
        string name = $"{network.Name}-{serviceId.ToString(CultureInfo.InvariantCulture)}";
        string extra = network.Extra ?? "";
        return new NetworkOrder(network.Kind, source, name, network.Kind == NetworkKind.Template ? extra : Reservation(extra, name));
    }

    // A document of the original has the line already.
    private static string Reservation(string extra, string name)
    {
        string line = $"NAME=\"{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"\n";
        if (extra.Length == 0) return line;
        return extra.EndsWith("\n" + line, StringComparison.Ordinal) || extra == line ? extra : $"{extra}\n{line}";
    }
}

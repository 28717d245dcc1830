using System.Globalization;
using System.Net;

namespace OneEdge.Host.Flow;

/// <summary>Where a server listens.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port; zero for one that is free.</param>
internal readonly record struct ListenAddress(IPAddress Address, int Port)
{
    public const string Default = "127.0.0.1:2474";

    private const int DefaultPort = 2474;

    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads an address, a port, or both.</summary>
    public static bool TryParse(string text, out ListenAddress address)
    {
        text = text.Replace("localhost", "127.0.0.1", StringComparison.OrdinalIgnoreCase).Replace("*", "0.0.0.0", StringComparison.Ordinal);
        address = default;
        if (int.TryParse(text.TrimStart(':'), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && (text[0] != ':' || text.IndexOf(':', 1) < 0))
        {
            address = new ListenAddress(IPAddress.Loopback, port);
        }
        else if (!text.Contains("]:", StringComparison.Ordinal) && IPAddress.TryParse(text, out IPAddress? alone))
        {
            address = new ListenAddress(alone, DefaultPort);
        }
        else if (IPEndPoint.TryParse(text, out IPEndPoint? both))
        {
            address = new ListenAddress(both.Address, both.Port);
        }
        else
        {
            return false;
        }

        return address.Port is >= 0 and <= ushort.MaxValue;
    }
}

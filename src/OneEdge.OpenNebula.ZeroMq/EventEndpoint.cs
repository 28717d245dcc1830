using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OneEdge.OpenNebula.ZeroMq;

/// <summary>The address of a publisher.</summary>
internal readonly record struct EventEndpoint(string Host, int Port)
{
    /// <exception cref="OpenNebulaException">It is no address of the form <c>tcp://host:port</c>.</exception>
    public static EventEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme != "tcp" || uri.Port is < 1 or > 65535 || uri.Host.Length == 0
            || uri.PathAndQuery is not ("" or "/") || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            throw new OpenNebulaException(
                OpenNebulaErrorCodes.EventEndpointInvalid,
                "The address of the event port cannot be used; it has the form tcp://host:port, such as tcp://localhost:2101.");
        }

        return new EventEndpoint(uri.DnsSafeHost, uri.Port);
    }

    /// <summary>The address in numbers.</summary>
    /// <exception cref="OpenNebulaException">The name has no address.</exception>
    public async Task<string> ResolveAsync(CancellationToken cancellationToken)
    {
        IPAddress[] addresses;
        try
        {
            addresses = await Dns.GetHostAddressesAsync(Host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw Unknown(e);
        }

        // The hook manager binds addresses of version 4 by default.
        IPAddress? address = addresses.OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).FirstOrDefault() ?? throw Unknown(null);
        string host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"tcp://{host}:{Port}");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"tcp://{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");

    private OpenNebulaException Unknown(Exception? cause) =>
        new(OpenNebulaErrorCodes.EventsUnreachable, $"The host of {this} has no address that can be found. Check the name.", cause);
}

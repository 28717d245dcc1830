namespace OneEdge.OpenNebula;

/// <summary>A login token of a user.</summary>
public sealed record LoginToken : IModel<LoginToken>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public LoginToken()
    {
    }

    private LoginToken(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("TOKEN"u8)) Token = reader.Text();
            else if (reader.Is("EXPIRATION_TIME"u8)) ExpirationTime = reader.Time();
            else if (reader.Is("EGID"u8)) GroupId = reader.OptionalInt32() is >= 0 and int found ? found : null;
            else reader.Skip();
        }
    }

    /// <summary>The token. A secret.</summary>
    public string Token { get; init; } = "";

    /// <summary>When it expires; <see langword="null"/> for never.</summary>
    public DateTimeOffset? ExpirationTime { get; init; }

    /// <summary>The group that it is limited to.</summary>
    public int? GroupId { get; init; }

    /// <summary>When it expires; the token is a secret.</summary>
    public override string ToString() => FormattableString.Invariant($"token until {ExpirationTime:u}");

    static ReadOnlySpan<byte> IModel<LoginToken>.ElementName => "LOGIN_TOKEN"u8;

    static LoginToken IModel<LoginToken>.Read(ref ModelReader reader) => Read(ref reader);

    internal static LoginToken Read(ref ModelReader reader) => new(ref reader);
}

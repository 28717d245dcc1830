using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>
/// Who came with some credentials: the cloud is asked, once for each and then for a while not again. What is kept is found by a hash of the credentials,
/// and what the caller may do is not kept at all. Credentials that were refused are not kept either.
/// </summary>
internal sealed class CallerCache(CallerConnector connector, OneFlowServerOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<CallerEntry>> _entries = new(StringComparer.Ordinal);

    // The oldest first: all last equally long.
    private readonly LinkedList<CallerEntry> _ages = [];

    // Those who came with their password, the newest of each user.
    private readonly Dictionary<int, CallerEntry> _byUser = [];

    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    public static TextAnswer Refusal() => Unauthenticated("Invalid credentials");

    /// <summary>Who sent a request.</summary>
    /// <exception cref="AnswerException">Nobody.</exception>
    public async Task<CallerLease> AuthenticateAsync(StringValues header, CancellationToken cancellationToken)
    {
        if (header.Count == 0) throw new AnswerException(Unauthenticated("A username and password must be provided"));
        string session = BasicCredentials.Read(header) ?? throw new AnswerException(Refusal());
        CallerEntry entry = Use(session);
        try
        {
            Caller caller = await entry.Caller.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (caller.HasPassword) Note(entry, caller.Owner.UserId);
            return new CallerLease(entry, caller);
        }
        catch (Exception error)
        {
            entry.Release();
            if (error is not OpenNebulaException) throw;
            Forget(entry);
            throw IsRefusal(error) ? new AnswerException(Refused()) : error;
        }
    }

    /// <summary>A user who came with the password and is remembered still; <see langword="null"/> when there is none.</summary>
    public CallerLease? Find(int userId)
    {
        lock (_gate)
        {
            return _byUser.TryGetValue(userId, out CallerEntry? entry) && !IsOld(entry) && entry.TryUse() ? new CallerLease(entry, entry.Caller.Result) : null;
        }
    }

    public void Forget(CallerLease lease) => Forget(lease.Entry);

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (CallerEntry entry in _ages) entry.Forget();
            _ages.Clear();
            _entries.Clear();
            _byUser.Clear();
        }
    }

    private static TextAnswer Unauthenticated(string text) =>
        new(StatusCodes.Status401Unauthorized, text, FlowServerErrorCodes.NotAuthenticated) { AsksForCredentials = true };

    private static TextAnswer Refused()
    {
        FlowServerTelemetry.Authentications.Add(1, new KeyValuePair<string, object?>("result", "refused"));
        return Refusal();
    }

    // What cannot even be sent is of nobody.
    private static bool IsRefusal(Exception error) => error is OpenNebulaCallException { Kind: OpenNebulaErrorKind.Authentication }
        or OpenNebulaException { Code: OpenNebulaErrorCodes.CredentialsInvalid };

    private static string KeyOf(string session) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(session)));

    private CallerEntry Use(string session)
    {
        string key = KeyOf(session);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<CallerEntry>? known))
            {
                if (!IsOld(known.Value) && known.Value.TryUse())
                {
                    FlowServerTelemetry.Authentications.Add(1, new KeyValuePair<string, object?>("result", "known"));
                    return known.Value;
                }

                Remove(known);
            }

            while (_ages.First is { } oldest && (_entries.Count >= options.MaxCallers || IsOld(oldest.Value))) Remove(oldest);
            CallerEntry entry = Begin(key, session);
            _entries.Add(key, _ages.AddLast(entry));
            entry.TryUse();
            return entry;
        }
    }

    private bool IsOld(CallerEntry entry) => time.GetElapsedTime(entry.Since) >= options.CallerLifetime;

    private CallerEntry Begin(string key, string session)
    {
        FlowServerTelemetry.Authentications.Add(1, new KeyValuePair<string, object?>("result", "asked"));
        try
        {
            (IOpenNebulaClient client, IDisposable? owned) = connector.Connect(OpenNebulaCredentials.FromSession(session));
            // Of nobody's request: others who come with the same wait for it too. The client limits the time of its calls.
            return new CallerEntry(key, Task.Run(() => AskAsync(client, session)), owned, time.GetTimestamp());
        }
        catch (OpenNebulaException error)
        {
            return new CallerEntry(key, Task.FromException<Caller>(error), null, time.GetTimestamp());
        }
    }

    private static async Task<Caller> AskAsync(IOpenNebulaClient client, string session)
    {
        User user = await client.Users.GetSelfAsync().ConfigureAwait(false);
        string start = user.Name + ":";
        bool hasPassword = session.StartsWith(start, StringComparison.Ordinal) && !user.LoginTokens.Any(t => t.Token == session[start.Length..]);
        return new Caller(client, new ServiceOwner(user.Id, user.PrimaryGroupId, user.Name, user.PrimaryGroupName), hasPassword);
    }

    private void Note(CallerEntry entry, int userId)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(entry.Key, out LinkedListNode<CallerEntry>? known) && known.Value == entry) _byUser[userId] = entry;
        }
    }

    private void Forget(CallerEntry entry)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(entry.Key, out LinkedListNode<CallerEntry>? known) && known.Value == entry) Remove(known);
        }
    }

    private void Remove(LinkedListNode<CallerEntry> node)
    {
        _ages.Remove(node);
        _entries.Remove(node.Value.Key);
        if (node.Value.Caller is { IsCompletedSuccessfully: true, Result.Owner.UserId: var userId } && _byUser.GetValueOrDefault(userId) == node.Value)
            _byUser.Remove(userId);
        node.Value.Forget();
    }
}

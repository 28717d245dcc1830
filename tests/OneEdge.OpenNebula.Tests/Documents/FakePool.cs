using System.Globalization;
using System.Text;

namespace OneEdge.OpenNebula.Tests.Documents;

/// <summary>The document calls of a server, as they were recorded from OpenNebula 6.10: templates, locks, errors, ids, update modes, pages.</summary>
internal sealed class FakePool(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Entry> _entries = [];
    private readonly TimeProvider _time = time;
    private int _next;
    private int _request = 1000;

    /// <summary>Whether pools are listed oldest first (<c>API_LIST_ORDER</c>).</summary>
    public bool ListsOldestFirst { get; init; }

    /// <summary>The calls that were made, by method.</summary>
    public Dictionary<string, int> Calls { get; } = [];

    /// <summary>The most documents that an answer held.</summary>
    public int LargestPage { get; private set; }

    /// <summary>Called before each answer, outside of any lock.</summary>
    public Func<int, OpenNebulaCall, Task>? Before { get; set; }

    public IOpenNebulaRpc User(int id, bool isAdmin = false) => new Session(this, id, isAdmin);

    /// <summary>The stored template of a document, decrypted.</summary>
    public StoredTemplate Template(int id)
    {
        lock (_gate) return _entries[id].Template;
    }

    /// <summary>Makes ids jump, as documents of other types do.</summary>
    public void SkipIds(int count) => _next += count;

    private RpcValue Answer(int user, bool isAdmin, OpenNebulaCall call)
    {
        lock (_gate)
        {
            Calls[call.Method] = Calls.GetValueOrDefault(call.Method) + 1;
            _request++;
            IReadOnlyList<RpcValue> p = call.Parameters;
            switch (call.Method)
            {
                case "one.document.allocate": return Allocate(user, p[0].AsString(), p[1].AsInt32());
                case "one.documentpool.info": return Pool(user, isAdmin, p[1].AsInt32(), p[2].AsInt32(), p[3].AsInt32());
            }

            int id = p[0].AsInt32();
            if (!_entries.TryGetValue(id, out Entry? entry))
                throw new OpenNebulaCallException(call.Method, 1024, $"[{call.Method}] Error getting document [{id}].", id);
            if (!isAdmin && entry.Owner != user)
                throw Error(
                    call, 512,
                    $"User [{user}] : Not authorized to perform {(call.Method.EndsWith("info", StringComparison.Ordinal) ? "USE" : "MANAGE")} DOCUMENT "
                        + $"[{id}].");
            switch (call.Method)
            {
                case "one.document.info": return Xml(entry, isAdmin && p.Count > 1 && p[1].AsBoolean());
                case "one.document.update":
                    ThrowIfLocked(call, entry, user, isAdmin, "MANAGE");
                    entry.Template = Update(call, entry.Template, p[1].AsString(), p[2].AsInt32());
                    break;
                case "one.document.rename":
                case "one.document.chmod":
                case "one.document.chown":
                    ThrowIfLocked(call, entry, user, isAdmin, "MANAGE");
                    break;
                case "one.document.clone":
                    ThrowIfLocked(call, entry, user, isAdmin, "USE");
                    _entries[_next] = entry with { Id = _next, Name = p[1].AsString(), Lock = null };
                    return _next++;
                case "one.document.delete":
                    ThrowIfLocked(call, entry, user, isAdmin, "MANAGE");
                    _entries.Remove(id);
                    break;
                case "one.document.lock":
                    SetLock(call, entry, user, isAdmin, p[1].AsInt32(), p.Count > 2 && p[2].AsBoolean());
                    break;
                case "one.document.unlock":
                    if (!isAdmin && entry.Lock is { } held && held.Owner != user) throw Error(call, 2048, "Cannot unlock: Lock is owned by another user");
                    entry.Lock = null;
                    break;
                default: throw new OpenNebulaCallException(call.Method, -506, $"Method '{call.Method}' not defined");
            }

            return id;
        }
    }

    private RpcValue Allocate(int user, string text, int type)
    {
        StoredTemplate template = Parse("one.document.allocate", text, "");
        string name = template.Get("NAME") ?? string.Create(CultureInfo.InvariantCulture, $"document-{_next}");
        _entries[_next] = new Entry(_next, type, name, user) { Template = StoredTemplate.Create(template.Where(a => a.Name != "NAME")) };
        return _next++;
    }

    private static StoredTemplate Update(OpenNebulaCall call, StoredTemplate old, string text, int mode)
    {
        StoredTemplate update = Parse(call.Method, text, "Cannot update template. ");
        return mode == 0 ? update : old.Merge(update);
    }

    private static StoredTemplate Parse(string method, string text, string before)
    {
        try
        {
            return StoredTemplate.Parse(text);
        }
        catch (TemplateSyntaxException)
        {
            throw new OpenNebulaCallException(method, 8192, $"[{method}] {before}Parse error: XML Template malformed.");
        }
    }

    private void SetLock(OpenNebulaCall call, Entry entry, int user, bool isAdmin, int level, bool test)
    {
        if (level is < 1 or > 4) throw Error(call, 2048, "Wrong lock level specified");
        if (test && entry.Lock is { } held) throw Error(call, 2048, held.Time.ToString(CultureInfo.InvariantCulture));
        if (entry.Lock is { } other && other.Owner != user && !isAdmin) throw Error(call, 2048, "Error trying to lock the resource.");
        entry.Lock = (level == 4 ? 1 : level, user, _time.GetUtcNow().ToUnixTimeSeconds(), _request);
    }

    // Level 2 does not keep anybody from using, level 3 from neither using nor managing.
    private static void ThrowIfLocked(OpenNebulaCall call, Entry entry, int user, bool isAdmin, string right)
    {
        if (entry.Lock is not { } held || held.Level > (right == "USE" ? 1 : 2)) return;
        throw Error(
            call, 512,
            isAdmin ? $"User [{user}] : DOCUMENT is locked. [{entry.Id}]." : $"User [{user}] : Not authorized to perform {right} DOCUMENT [{entry.Id}].");
    }

    private RpcValue Pool(int user, bool isAdmin, int start, int end, int type)
    {
        IEnumerable<Entry> found = _entries.Values.Where(e => e.Type == type && (isAdmin || e.Owner == user));
        if (!ListsOldestFirst) found = found.Reverse();
        Entry[] page = [.. end < -1 ? found.Skip(start).Take(-end) : found.Where(e => start < 0 || (e.Id >= start && (end < 0 || e.Id <= end)))];
        LargestPage = Math.Max(LargestPage, page.Length);
        return $"<DOCUMENT_POOL>{string.Concat(page.Select(e => Xml(e, decrypt: false)))}</DOCUMENT_POOL>";
    }

    private static string Xml(Entry entry, bool decrypt)
    {
        string held = entry.Lock is not { } l ? "" : string.Create(
            CultureInfo.InvariantCulture, $"<LOCK><LOCKED>{l.Level}</LOCKED><OWNER>{l.Owner}</OWNER><TIME>{l.Time}</TIME><REQ_ID>{l.Request}</REQ_ID></LOCK>");
        StoredTemplate template = decrypt ? entry.Template : StoredTemplate.Create(entry.Template.Select(Encrypt));
        return
            $"<DOCUMENT><ID>{entry.Id}</ID><UID>{entry.Owner}</UID><GID>0</GID><UNAME>user{entry.Owner}</UNAME><GNAME>oneadmin</GNAME>"
            + $"<NAME>{entry.Name}</NAME><TYPE>{entry.Type}</TYPE><PERMISSIONS><OWNER_U>1</OWNER_U><OWNER_M>1</OWNER_M><OWNER_A>0</OWNER_A>"
            + "<GROUP_U>0</GROUP_U><GROUP_M>0</GROUP_M><GROUP_A>0</GROUP_A><OTHER_U>0</OTHER_U><OTHER_M>0</OTHER_M><OTHER_A>0</OTHER_A></PERMISSIONS>"
            + $"{held}{template.ToXml()}</DOCUMENT>";
    }

    private static TemplateAttribute Encrypt(TemplateAttribute attribute) => attribute is { Name: "PROVISION_BODY", Value: { } value }
        ? TemplateAttribute.Create(attribute.Name, Convert.ToBase64String(Encoding.UTF8.GetBytes("key" + value)))
        : attribute;

    private static OpenNebulaCallException Error(OpenNebulaCall call, int code, string message) => new(call.Method, code, $"[{call.Method}] {message}");

    private sealed record Entry(int Id, int Type, string Name, int Owner)
    {
        public StoredTemplate Template { get; set; } = StoredTemplate.Create([]);

        public (int Level, int Owner, long Time, int Request)? Lock { get; set; }
    }

    private sealed class Session(FakePool pool, int user, bool isAdmin) : IOpenNebulaRpc
    {
        public async Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pool.Before is { } before) await before(user, call).ConfigureAwait(false);
            return pool.Answer(user, isAdmin, call);
        }

        public async Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(
            IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default)
        {
            List<OpenNebulaCallResult> results = [];
            foreach (OpenNebulaCall call in calls)
            {
                Assert.True(call.IsRead);
                try
                {
                    results.Add(new OpenNebulaCallResult(call, await CallAsync(call, cancellationToken).ConfigureAwait(false)));
                }
                catch (OpenNebulaCallException e)
                {
                    results.Add(new OpenNebulaCallResult(call, e));
                }
            }

            return results;
        }
    }
}

namespace OneEdge.OpenNebula;

/// <summary>How documents are kept in the document pool of OpenNebula.</summary>
public sealed class OpenNebulaDocumentStoreOptions
{
    /// <summary>
    /// Whether a change takes the document's lock on the server (level 3, which keeps nobody from reading or writing it) while it reads again and writes,
    /// so that stores that all do this lose no update. It costs two calls more a change. Without it two stores that write in the same moment may
    /// lose one of the two updates unseen.
    /// </summary>
    /// <value><see langword="true"/></value>
    public bool LocksWhileWriting { get; set; } = true;

    /// <summary>
    /// Whether <see cref="LocksWhileWriting"/> goes for updates of bodies, not for leases and deletions alone. Whoever alone writes some documents, because
    /// of a lease on one of them, needs no lock for each: that saves two calls an update, and leaves only programs that know of no lease to race with.
    /// </summary>
    /// <value><see langword="true"/></value>
    public bool LocksUpdates { get; set; } = true;

    /// <summary>
    /// How long a store may be held up between taking the lock and its last call under it. A store that notices a delay of half of it gives up instead of
    /// writing; a lock that stays twice as long is taken for that of a dead program and broken, which takes once as long again.
    /// All programs that share documents have the same value.
    /// </summary>
    /// <value>10 seconds</value>
    public TimeSpan HoldLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a change waits for the lock. At least four times <see cref="HoldLimit"/> to survive a program that died with it.</summary>
    /// <value>60 seconds</value>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The element of the template that holds the body, by type; <c>BODY</c> for types that are not named.</summary>
    /// <value><c>PROVISION_BODY</c> for <see cref="DocumentType.Provider"/> and <see cref="DocumentType.Provision"/></value>
    public IReadOnlyDictionary<DocumentType, string> BodyElements { get; set; } =
        new Dictionary<DocumentType, string> { [DocumentType.Provider] = "PROVISION_BODY", [DocumentType.Provision] = "PROVISION_BODY" };

    /// <summary>The elements that the server encrypts (<c>DOCUMENT_ENCRYPTED_ATTR</c> of its configuration). It decrypts them for its administrators.</summary>
    /// <value><c>PROVISION_BODY</c></value>
    public IReadOnlySet<string> EncryptedElements { get; set; } = new HashSet<string> { "PROVISION_BODY" };

    /// <summary>How many documents are read at once, about, when all of a type are listed.</summary>
    /// <value>100</value>
    public int PageSize { get; set; } = 100;

    /// <summary>Whose documents are listed.</summary>
    /// <value><see cref="PoolFilter.All"/>: all that the user may use</value>
    public PoolFilter ListFilter { get; set; } = PoolFilter.All;

    /// <summary>What is accepted.</summary>
    /// <value><see cref="DocumentLimits.Default"/></value>
    public DocumentLimits Limits { get; set; } = DocumentLimits.Default;

    /// <summary>The clock of leases and waits. Those who share leases have clocks that differ by less than a lease lasts.</summary>
    /// <value><see cref="TimeProvider.System"/></value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal static OpenNebulaDocumentStoreOptions Checked(OpenNebulaDocumentStoreOptions? options)
    {
        if (options is null) return new OpenNebulaDocumentStoreOptions();
        if (options.Wrong() is { } wrong) throw new ArgumentException($"The option {wrong} is out of its range.", nameof(options));
        return (OpenNebulaDocumentStoreOptions)options.MemberwiseClone();
    }

    internal string ElementOf(DocumentType type) => BodyElements.TryGetValue(type, out string? element) ? element : "BODY";

    private string? Wrong()
    {
        if (HoldLimit <= TimeSpan.Zero || HoldLimit > TimeSpan.FromHours(1)) return nameof(HoldLimit);
        if (LockTimeout < TimeSpan.Zero || LockTimeout > TimeSpan.FromDays(1)) return nameof(LockTimeout);
        if (BodyElements is null || BodyElements.Values.Any(e => e is null || !Templates.TemplateName.IsName(e) || Templates.TemplateName.Stored(e) != e))
            return nameof(BodyElements);
        if (EncryptedElements is null) return nameof(EncryptedElements);
        if (PageSize is < 2 or > 100_000) return nameof(PageSize);
        if (ListFilter.Flag < -4) return nameof(ListFilter);
        return Limits is null ? nameof(Limits) : TimeProvider is null ? nameof(TimeProvider) : null;
    }
}

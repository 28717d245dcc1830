using OneEdge.Flow.Elasticity;
using OneEdge.Flow.Instantiation;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow;

/// <summary>How a <see cref="FlowEngine"/> works. They are not looked at again once it was created.</summary>
public sealed class FlowEngineOptions
{
    /// <summary>
    /// The client that acts as the owner of a service: virtual machines and networks are made, and asked for things, with it. See <see cref="OwnerClients"/>
    /// for a server that acts for users. For services of the engine's own user it is not asked: they are served by the engine's own client.
    /// </summary>
    /// <value><see langword="null"/>: services of the engine's own user are the only ones that are served.</value>
    public Func<ServiceOwner, IOpenNebulaClient>? ActAs { get; set; }

    /// <summary>Where the document of a new service is created, as its owner, when that is not the engine's own user.</summary>
    /// <value>
    /// <see langword="null"/>: in the engine's own store; a document of OpenNebula is then given to its owner.
    /// </value>
    public Func<ServiceOwner, IDocumentStore>? DocumentsOf { get; set; }

    /// <summary>Who this engine is, for people and other engines: 1 to 256 characters, different for each engine that is there.</summary>
    /// <value><c>oneedge-flow-</c> and a random text.</value>
    public string Name { get; set; } = $"oneedge-flow-{Guid.NewGuid():N}";

    /// <summary>The type of the document whose lease says which engine works.</summary>
    /// <value>1100, which OpenNebula and its programs do not use.</value>
    public DocumentType LeaseDocumentType { get; set; } = (DocumentType)1100;

    /// <summary>How long the lease lasts when it is not renewed; it is renewed three times as often. A second engine waits at least so long.</summary>
    /// <value>30 seconds</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls for all services together are under way at once.</summary>
    /// <value>16</value>
    public int MaxConcurrentCalls { get; set; } = 16;

    /// <summary>How many documents are written at once.</summary>
    /// <value>16</value>
    public int MaxConcurrentWrites { get; set; } = 16;

    /// <summary>
    /// The least time between two writes of a document that nobody waits for and that change no state. After a longer silence a change is written at once;
    /// what changes within this time (virtual machines of a role, the log) is written together. A new state of the service or of a role is written at once,
    /// and requests are written before they are answered, whatever this is. Virtual machines that were not written down are found again after a crash.
    /// </summary>
    /// <value>5 seconds</value>
    public TimeSpan WriteInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often services that are on their way somewhere are compared with the cloud, whatever events tell.</summary>
    /// <value>30 seconds, as <c>wait_timeout</c> of OneFlow.</value>
    public TimeSpan ResyncInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often names and owners of documents are read, which other programs may have changed: all documents, a page at a time. Zero for never.
    /// </summary>
    /// <value>5 minutes</value>
    public TimeSpan DocumentCheckInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a reading of the cloud waits for more services that want one.</summary>
    /// <value>5 milliseconds</value>
    public TimeSpan ReadingDelay { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How often policies are evaluated; zero for never.</summary>
    /// <value>90 seconds, as <c>autoscaler_interval</c> of OneFlow.</value>
    public TimeSpan AutoscalerInterval { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>The most events of virtual machines and networks that are kept while it is not known yet whose they are.</summary>
    /// <value>10,000</value>
    public int MaxEarlyEvents { get; set; } = 10_000;

    /// <summary>How long such events are kept.</summary>
    /// <value>5 minutes</value>
    public TimeSpan EarlyEventLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The first pause after something failed that is tried again; each further one is twice as long.</summary>
    /// <value>1 second</value>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such pause.</summary>
    /// <value>1 minute</value>
    public TimeSpan LongestRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What all services have in common.</summary>
    /// <value>The defaults of <see cref="MachineSettings"/>.</value>
    public MachineSettings Machine { get; set; } = MachineSettings.Default;

    /// <summary>How services and virtual machines are made of templates.</summary>
    /// <value>The defaults of <see cref="InstantiationOptions"/>.</value>
    public InstantiationOptions Instantiation { get; set; } = new();

    /// <summary>How templates and roles are checked.</summary>
    /// <value>The defaults of <see cref="ServiceTemplateOptions"/>.</value>
    public ServiceTemplateOptions Templates { get; set; } = ServiceTemplateOptions.Default;

    /// <summary>How policies are evaluated.</summary>
    /// <value>The defaults of <see cref="AutoscalerSettings"/>.</value>
    public AutoscalerSettings Autoscaler { get; set; } = AutoscalerSettings.Default;

    internal static FlowEngineOptions Checked(FlowEngineOptions? options)
    {
        if (options is null) return new FlowEngineOptions();
        if (options.Wrong() is { } wrong) throw new ArgumentException($"The option {wrong} is out of its range.", nameof(options));
        return (FlowEngineOptions)options.MemberwiseClone();
    }

    private string? Wrong()
    {
        if (string.IsNullOrEmpty(Name) || Name.Length > 256 || Name.Any(char.IsControl)) return nameof(Name);
        if (LeaseDuration < TimeSpan.FromMilliseconds(30)) return nameof(LeaseDuration);
        if (MaxConcurrentCalls < 1) return nameof(MaxConcurrentCalls);
        if (MaxConcurrentWrites < 1) return nameof(MaxConcurrentWrites);
        if (ResyncInterval <= TimeSpan.Zero) return nameof(ResyncInterval);
        if (WriteInterval < TimeSpan.Zero || WriteInterval > TimeSpan.FromHours(1)) return nameof(WriteInterval);
        if (DocumentCheckInterval < TimeSpan.Zero) return nameof(DocumentCheckInterval);
        if (ReadingDelay < TimeSpan.Zero) return nameof(ReadingDelay);
        if (AutoscalerInterval < TimeSpan.Zero) return nameof(AutoscalerInterval);
        if (MaxEarlyEvents < 1) return nameof(MaxEarlyEvents);
        if (EarlyEventLifetime <= TimeSpan.Zero) return nameof(EarlyEventLifetime);
        if (FirstRetryDelay <= TimeSpan.Zero) return nameof(FirstRetryDelay);
        return LongestRetryDelay < FirstRetryDelay ? nameof(LongestRetryDelay) : null;
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using OneEdge.Flow.Documents;
using OneEdge.Flow.Engine;
using OneEdge.Flow.Instantiation;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow;

/// <summary>What people and programs want of services.</summary>
public sealed partial class FlowEngine
{
    /// <summary>Makes a service of a template that is stored.</summary>
    /// <param name="templateId">The id of the document of the template, of type 101.</param>
    /// <param name="mergeTemplate">What goes into the template, as JSON (<c>merge_template</c>); <see langword="null"/> for nothing.</param>
    /// <param name="owner">Whose it is, who has to be allowed to read the template; <see langword="null"/> for the engine's own user.</param>
    /// <param name="cancellationToken">Cancels the call; the service may be there all the same.</param>
    /// <returns>The id of the service.</returns>
    /// <inheritdoc cref="InstantiateAsync(ServiceTemplate, string?, ServiceOwner?, CancellationToken)" path="/exception"/>
    public async Task<int> InstantiateAsync(
        int templateId, string? mergeTemplate = null, ServiceOwner? owner = null, CancellationToken cancellationToken = default)
    {
        StoredDocument document = await StoreOf(Run(), owner).ReadAsync(templateId, cancellationToken).ConfigureAwait(false);
        if (document.Type != DocumentType.ServiceTemplate)
            throw new FlowException(FlowErrorCodes.InstantiationInvalid, $"Document {templateId} is no service template.");
        if (document.Problem is { } problem)
            throw new FlowException(FlowErrorCodes.InstantiationInvalid, $"The service template {templateId} cannot be read: {problem}.");
        var template = ServiceTemplate.Parse(document.Body, _options.Templates);
        return await InstantiateAsync(template, mergeTemplate, owner, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes a service of a template. It is there, and on its way, when this ends; see <see cref="WaitForAsync(int, ServiceState, CancellationToken)"/>.
    /// </summary>
    /// <param name="template">The template.</param>
    /// <param name="mergeTemplate">What goes into the template, as JSON (<c>merge_template</c>); <see langword="null"/> for nothing.</param>
    /// <param name="owner">Whose it is; <see langword="null"/> for the engine's own user.</param>
    /// <param name="cancellationToken">Cancels the call; the service may be there all the same.</param>
    /// <returns>The id of the service.</returns>
    /// <exception cref="FlowEngineInactiveException">The engine does not work.</exception>
    /// <exception cref="FlowException">
    /// The template, or what goes into it, cannot be used (<see cref="ServiceTemplateException"/>, and the codes of
    /// <see cref="ServiceInstantiation.Create"/>).
    /// </exception>
    /// <exception cref="OpenNebulaException">The document could not be created.</exception>
    public async Task<int> InstantiateAsync(
        ServiceTemplate template, string? mergeTemplate = null, ServiceOwner? owner = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(template);
        EngineRun run = Run();
        var checks = InstantiationChecks.Run(template, mergeTemplate);
        if (checks.Errors.Count > 0) throw new ServiceTemplateException(checks.Errors);
        JsonElement merged = TemplateMerge.Merge(template.Members.Value, checks.MergeTemplate, _options.Instantiation.Matching);
        ServiceTemplateOptions rules = _options.Templates with { Rules = template.Rules };
        ServiceTemplate complete = ServiceTemplate.Parse(merged.GetRawText(), rules).ToVersion610();
        Service service = ServiceInstantiation.Create(
            complete.Members.Value, default, owner ?? DocumentReading.Nobody, 0, _time.GetUtcNow(), _options.Instantiation);

        // It is written as it has begun, so that its beginning is no reason to write it twice.
        Transition begun = ServiceMachine.Step(service, new ServiceStarted(), _time.GetUtcNow(), _options.Machine);
        await run.Engine.Lease.EnsureAsync(cancellationToken).ConfigureAwait(false);
        string? name = service.Name.Length == 0 ? null : service.Name;
        DocumentRevision made = await StoreOf(run, owner).CreateAsync(
            DocumentType.Service, name, ServiceDocument.Write(begun.Service), cancellationToken).ConfigureAwait(false);

        // From here on there is a service, whoever waits for it.
        ServiceOwner given = await run.Ownership.GiveAsync(made.Id, owner).ConfigureAwait(false);
        name ??= (await _documents.ReadAsync(made.Id, run.Engine.Stopping).ConfigureAwait(false)).Name;
        run.Hosts.Add(begun.Service with { Id = made.Id, Name = name, Owner = given }, made.Version, begun.Commands);
        return made.Id;
    }

    /// <summary>Removes a service with everything that belongs to it. Granted in every state, also twice.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="cancellationToken">Cancels waiting; it may be granted all the same.</param>
    /// <inheritdoc cref="ScaleAsync" path="/exception"/>
    public Task UndeployAsync(int serviceId, CancellationToken cancellationToken = default) =>
        TellAsync(Run(), serviceId, new UndeployRequested(), cancellationToken);

    /// <summary>Tries again what failed, or gives it up.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="mode">Which of the two.</param>
    /// <param name="cancellationToken">Cancels waiting; it may be granted all the same.</param>
    /// <inheritdoc cref="ScaleAsync" path="/exception"/>
    public Task RecoverAsync(int serviceId, RecoveryMode mode = RecoveryMode.Retry, CancellationToken cancellationToken = default) =>
        TellAsync(Run(), serviceId, new RecoverRequested(mode), cancellationToken);

    /// <summary>Gives a role another number of virtual machines.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="role">The role.</param>
    /// <param name="cardinality">The number.</param>
    /// <param name="force">Whether it may be out of the limits of the role.</param>
    /// <param name="cancellationToken">Cancels waiting; it may be granted all the same.</param>
    /// <exception cref="FlowEngineInactiveException">The engine does not work.</exception>
    /// <exception cref="ServiceNotFoundException">There is no such service.</exception>
    /// <exception cref="ServiceRefusedException">The service refused it.</exception>
    public Task ScaleAsync(int serviceId, string role, int cardinality, bool force = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(role);
        return TellAsync(Run(), serviceId, new ScaleRequested(role, cardinality, force), cancellationToken);
    }

    /// <summary>Adds a role to a service that runs.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Cancels waiting; it may be granted all the same.</param>
    /// <inheritdoc cref="ScaleAsync" path="/exception"/>
    public Task AddRoleAsync(int serviceId, RoleTemplate role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(role);
        return TellAsync(Run(), serviceId, new AddRoleRequested(RoleMembers.Read(role.Members.Value, "$")), cancellationToken);
    }

    /// <summary>Removes a role from a service, with its virtual machines. With the last one the service goes.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Cancels waiting; it may be granted all the same.</param>
    /// <inheritdoc cref="ScaleAsync" path="/exception"/>
    public Task RemoveRoleAsync(int serviceId, string role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(role);
        return TellAsync(Run(), serviceId, new RemoveRoleRequested(role), cancellationToken);
    }

    /// <summary>Deploys the virtual machines that were created on hold.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="cancellationToken">Cancels waiting; it may be granted all the same.</param>
    /// <inheritdoc cref="ScaleAsync" path="/exception"/>
    public Task ReleaseAsync(int serviceId, CancellationToken cancellationToken = default) =>
        TellAsync(Run(), serviceId, new ReleaseRequested(), cancellationToken);

    /// <summary>Lets OpenNebula do something with the virtual machines of a role, or of all roles, now or one group after the other.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Cancels waiting; it may be granted all the same.</param>
    /// <inheritdoc cref="ScaleAsync" path="/exception"/>
    public Task RoleActionAsync(int serviceId, RoleActionRequested request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TellAsync(Run(), serviceId, request, cancellationToken);
    }

    /// <summary>Changes what a service should be: policies, limits, texts. See <see cref="ServiceUpdate"/>.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="json">The new body; with <paramref name="append"/> the members that are replaced.</param>
    /// <param name="append">Whether the other members stay.</param>
    /// <param name="cancellationToken">Cancels waiting; it may be granted all the same.</param>
    /// <inheritdoc cref="ScaleAsync" path="/exception"/>
    /// <exception cref="FlowException">
    /// The text is no JSON, changes what cannot be changed (<see cref="FlowErrorCodes.UpdateRefused"/>), or leaves no valid service
    /// (<see cref="ServiceTemplateException"/>).
    /// </exception>
    public Task UpdateAsync(int serviceId, string json, bool append = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(json);
        EngineRun run = Run();
        Service service = run.Hosts.Find(serviceId) ?? throw new ServiceNotFoundException(serviceId);
        JsonElement body;
        try
        {
            body = JsonElement.Parse(json);
        }
        catch (JsonException error)
        {
            throw new FlowException(FlowErrorCodes.UpdateRefused, $"The update is no JSON: {error.Message}", error);
        }

        Service changed = ServiceUpdate.Apply(service, body, append);

        // What somebody forced out of its limits may stay there.
        IReadOnlyList<ServiceTemplateError> found = ServiceTemplate.Validate(ServiceDocument.Write(changed), _options.Templates);
        ServiceTemplateError[] wrong = [.. found.Where(e => e.Code != FlowErrorCodes.RoleLimits)];
        if (wrong.Length > 0) throw new ServiceTemplateException(wrong);
        return TellAsync(run, serviceId, new DefinitionChanged(changed), cancellationToken);
    }

    /// <summary>A service as it is now.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <exception cref="FlowEngineInactiveException">The engine does not work.</exception>
    /// <exception cref="ServiceNotFoundException">There is no such service.</exception>
    public Task<Service> GetAsync(int serviceId) =>
        Task.FromResult(Run().Hosts.Find(serviceId) ?? throw new ServiceNotFoundException(serviceId));

    /// <summary>A service as it is now, newer than its document.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <returns>The service; <see langword="null"/> when the engine does not work or has no such service.</returns>
    public Service? Find(int serviceId) => _run?.Hosts.Find(serviceId);

    /// <summary>All services as they are now, by id.</summary>
    /// <exception cref="FlowEngineInactiveException">The engine does not work.</exception>
    public Task<IReadOnlyList<Service>> ListAsync() => Task.FromResult<IReadOnlyList<Service>>([.. Run().Hosts.Services.OrderBy(s => s.Id)]);

    /// <summary>
    /// Watches a service: first how it is, then what changes, at last that it is gone. Who is slow delays nobody and misses states in between, not what
    /// became of them.
    /// </summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="cancellationToken">Ends watching.</param>
    /// <exception cref="FlowEngineInactiveException">The engine does not work, or ceased to.</exception>
    /// <exception cref="ServiceNotFoundException">There is no such service.</exception>
    public async IAsyncEnumerable<ServiceNotification> WatchAsync(int serviceId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using ServiceWatch watch = Watch(serviceId);
        await foreach (ServiceNotification notification in watch.NotificationsAsync(cancellationToken).ConfigureAwait(false)) yield return notification;
    }

    /// <summary>Waits until a service is in one of some states. <see cref="ServiceState.Done"/> is reached when it is gone.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="states">The states.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The service as it was then.</returns>
    /// <exception cref="FlowEngineInactiveException">The engine does not work, or ceased to.</exception>
    /// <exception cref="ServiceNotFoundException">There is no such service, or it went and nobody waited for that.</exception>
    public async Task<Service> WaitForAsync(int serviceId, IReadOnlyCollection<ServiceState> states, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(states);
        using ServiceWatch watch = Watch(serviceId);
        Service? last = null;
        await foreach (Service service in watch.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            last = service;
            if (service.IsSynchronized && states.Contains(service.State)) return service;
        }

        return states.Contains(ServiceState.Done) ? last! : throw new ServiceNotFoundException(serviceId);
    }

    /// <inheritdoc cref="WaitForAsync(int, IReadOnlyCollection{ServiceState}, CancellationToken)"/>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="state">The state.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    public Task<Service> WaitForAsync(int serviceId, ServiceState state, CancellationToken cancellationToken = default) =>
        WaitForAsync(serviceId, [state], cancellationToken);

    private static async Task TellAsync(EngineRun run, int serviceId, ServiceEvent happened, CancellationToken cancellationToken)
    {
        Refusal? refusal = await run.Hosts.TellAsync(serviceId, happened).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (refusal is not null) throw new ServiceRefusedException(serviceId, refusal);
    }

    private ServiceWatch Watch(int serviceId) => (Run().Hosts.FindHost(serviceId) ?? throw new ServiceNotFoundException(serviceId)).Watch();

    private IDocumentStore StoreOf(EngineRun run, ServiceOwner? owner) => run.Engine.DocumentsOf(owner) ?? _documents;
}

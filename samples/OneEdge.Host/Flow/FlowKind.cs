using OneEdge.Flow.Client;
using OneEdge.OpenNebula;

namespace OneEdge.Host.Flow;

/// <summary>Services or templates: what is done to either in the same way.</summary>
internal abstract class FlowKind
{
    public static FlowKind Service { get; } = new ServiceKind();

    public static FlowKind Template { get; } = new TemplateKind();

    /// <summary>The words after <c>oneedge</c> that its commands begin with.</summary>
    public abstract string Words { get; }

    /// <summary>What messages call one.</summary>
    public abstract string Name { get; }

    public abstract Task<IReadOnlyList<OneFlowDocument>> ListAsync(FlowCall call, CancellationToken cancellationToken);

    public abstract Task RenameAsync(FlowCall call, int id, string name, CancellationToken cancellationToken);

    public abstract Task ChownAsync(FlowCall call, int id, int owner, int? group, CancellationToken cancellationToken);

    public abstract Task ChgrpAsync(FlowCall call, int id, int group, CancellationToken cancellationToken);

    public abstract Task ChmodAsync(FlowCall call, int id, Permissions permissions, CancellationToken cancellationToken);

    private sealed class ServiceKind : FlowKind
    {
        public override string Words => "flow";

        public override string Name => "service";

        public override async Task<IReadOnlyList<OneFlowDocument>> ListAsync(FlowCall call, CancellationToken cancellationToken) =>
            await call.Services.ListAsync(cancellationToken);

        public override Task RenameAsync(FlowCall call, int id, string name, CancellationToken cancellationToken) =>
            call.Services.RenameAsync(id, name, cancellationToken);

        public override Task ChownAsync(FlowCall call, int id, int owner, int? group, CancellationToken cancellationToken) =>
            call.Services.ChownAsync(id, owner, group, cancellationToken);

        public override Task ChgrpAsync(FlowCall call, int id, int group, CancellationToken cancellationToken) =>
            call.Services.ChgrpAsync(id, group, cancellationToken);

        public override Task ChmodAsync(FlowCall call, int id, Permissions permissions, CancellationToken cancellationToken) =>
            call.Services.ChmodAsync(id, permissions, cancellationToken);
    }

    private sealed class TemplateKind : FlowKind
    {
        public override string Words => "flow template";

        public override string Name => "service template";

        public override async Task<IReadOnlyList<OneFlowDocument>> ListAsync(FlowCall call, CancellationToken cancellationToken) =>
            await call.Templates.ListAsync(cancellationToken);

        public override Task RenameAsync(FlowCall call, int id, string name, CancellationToken cancellationToken) =>
            call.Templates.RenameAsync(id, name, cancellationToken);

        public override Task ChownAsync(FlowCall call, int id, int owner, int? group, CancellationToken cancellationToken) =>
            call.Templates.ChownAsync(id, owner, group, cancellationToken);

        public override Task ChgrpAsync(FlowCall call, int id, int group, CancellationToken cancellationToken) =>
            call.Templates.ChgrpAsync(id, group, cancellationToken);

        public override Task ChmodAsync(FlowCall call, int id, Permissions permissions, CancellationToken cancellationToken) =>
            call.Templates.ChmodAsync(id, permissions, cancellationToken);
    }
}

namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>The cloud in the process of the tests.</summary>
public sealed class EmbeddedCloudUnderTest : CloudUnderTest
{
    private readonly EmbeddedCloud _cloud = new();

    public override string? SkipReason => null;

    public override IOpenNebulaRpc Rpc => _cloud.Rpc;

    public override string Administrator => "oneadmin";

    public override IEventSource Events => _cloud.Events;

    public override bool TellsEverything => true;

    public override string? CannotFailReason => null;

    public override IOpenNebulaRpc Connect(OpenNebulaCredentials credentials) => _cloud.Connect(credentials);

    public override IDisposable FailBoots() => _cloud.Script.Fail(EmbeddedWork.Deploy);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _cloud.Dispose();
    }
}
